# ruff: noqa: E501 one way of saying it a line, however long
"""By the phrase's label: how people say it in English. How a line is read: inquiries/triage/urgency.py."""

from inquiries.triage.starter_phrases.english_words import (
    CANT,
    HARDLY,
    LIMB,
    NEWLY,
    NO_FEELING,
    NO_LONGER,
    NUMB,
    OPIOID,
    PRIVATE,
    SELF,
    SIDE,
    SITE,
    STOOL,
    TOILET,
    URINE,
)

PATTERNS = {
    "Something new that may be serious": f"""
numb*/nummb*/tingl*/weak*/fever*/chills/shaking/clumsy/stumbling/dizzy/confused/swollen/swelling/bleeding/double/winded/unsteady/wobbly/fainted {NEWLY}
no/havent/hasnt/nothing urine/pee/peed/urinated/"bowel movement"/pooped {NEWLY}
both feet/legs/hands/arms numb*/weak*/tingl*/rubber/dead/heavy
sciatica "both legs"/"both sides"/"each leg"/"the other leg" now/new/used/today/since/started
{CANT} stand/walk/move/"get up"/"get out" {NEWLY}
"dont notice"/"didnt notice"/"without noticing"/"too late"/"didnt know"/"dont know" diarrhea/urine/stool/bowel/pee/poop/bathroom/pants
itching/itchy/thick/rash tongue/throat/dye/breathing/contrast
belly/stomach/abdomen/tummy rigid/"rock hard"/pulsat*/pulsing/"hard as"
tearing/ripping/ripped/torn/tore pain/chest/back/"shoulder blades"/belly/inside
pale/gray/grey/clammy/sweating/"cold sweat" chest/pain/faint*/weak/dizzy/back
"never felt"/"never had" pain/worst/like/this today/suddenly/sudden/tonight
"er"/"emergency room"/"911"/ambulance should/call/go/need/"do i" now/today/tonight
""",
    "Loss of bladder or bowel control": f"""
forever/strain/straining/"get going"/"my urine going"/"pee going"/"start peeing"/"stream started" pee/peeing/urine/urinate/stream since/back/now/new/numb/sudden*/feel
lost/gone/losing/no feeling/urge/sensation "need to poop"/bowel/"bowel movement"/stool/stools/"needing to poop"
lost/lose/loses/losing/loss/ran/without/zero control/controll {URINE}/{STOOL}/{TOILET}
"no control" {URINE}/{STOOL}/when/{TOILET}/over
{CANT}/hard/trouble control/controlling/controll/hold/holding/held {URINE}/{STOOL}/"it in"/"it anymore"/"number one"/gas
{HARDLY} urinate/urinating/pee/peeing/pea/piss/tinkle/void/"go number"/"pass water"/"pass urine"/"make water"/"make pee"
{HARDLY} pass/passing/empty/emptying/start/starting {URINE}
{CANT} go {TOILET}/pee/poop/hours/days/"number one"
nothing/wont/doesnt/not/only "comes out"/"come out"/"coming out"/"will come"/"come" {URINE}/{TOILET}/strain*/push*/sit/try/when/pressure/hours/drinking/drink/drops/"other end"
{CANT}/dont/didnt/doesnt/never/without/not feel/feeling/tell/know/sense/notice {URINE}/{STOOL}/full/{TOILET}/going/went/"have to go"/"need to go"/"had gone"
hasnt/havent/didnt/"has not"/"have not" peed/pee/urinated/urinate/"gone pee"/"passed urine"/voided hours/today/yesterday/since/night/morning/all
retention/catheter/retaining {URINE}/{CANT}/blocked/clogged/new/since/now
leak*/dribbl*/trickl*/drip*/squirt*/seep* {URINE}/{STOOL}/underwear/underpants/myself/pants/constantly/"down there"
dribbl*
"no idea"/"without knowing"/"never knew" went/going/pee/peed/poop/pooped/"number two"/came
push/pushing/press/pressing/strain/straining urine/pee/bladder tummy/belly/stomach/drops/out/bladder/empty/trickle
stream stops/weak/starts/stopping/dribble/thin
depends/diapers since/suddenly/now/"this week"
burned/burnt/burn/scalded/cut never/didnt/"without feeling"/not felt/feel
keep/keeps/having/had/been accidents accidents
soaked/soaking/wet/wetting/peed/pee/peeing/pissed/pissing/messed/messing/soiled/soiling/crapped/pooped/poop/shit/"went in" pants/pant/underwear/underpants/drawers/bed/sheets/mattress/couch/chair/recliner/floor/car/{SELF}/diaper/nightgown/pajamas/trousers/shorts/scrubs/jeans/skirt/dress/uniform/clothes/seat
"messed my"/"messed his"/"messed her"/"made a mess"/"dirtied my"/"soiled my" pants/bed/{SELF}/underwear/bathroom/know/feel/drawers
accident/accidents {TOILET}/{URINE}/{STOOL}/pants/bed/underwear/store/"in my"/"in her"/"in his"/"on myself"/diaper*/time/make
diaper/diapers/depends/pads/pullups "have to"/"had to"/need/needs/wearing/wear/started/now/buy/bought {NEWLY}/never/because/suddenly
pee/urine/poop/stool/{STOOL} "by itself"/"on its own"/"comes out"/"coming out"/"slips out"/"slip out"/"running down"/"runs down"/"just comes"/"just came"/"fell out"/"falls out"
bladder/bowels/bowel/blader quit/stopped/"not working"/"doesnt work"/"wont work"/"dont work"/"not emptying"/"shut down"/gone/useless/paraly*/issues/problems/trouble now/since/new/suddenly/sudden/started/after/leg/legs/numb*/week/today/stopped/quit/working
incontinen*/incontenen*/"overactive suddenly"
{CANT}/lost/no/stopped/unable erection*/erect/orgasm*/climax/"get hard"/"get it up" numb*/since/sudden*/week/back/days/feel/now/after/new
erection*/sex numb*/"no feeling"/{CANT} back/groin/penis/since/feel
"havent peed"/"hasnt peed"/"not peed"/"cant pee"/"couldnt pee"/"cant urinate"/"not urinated"/"havent urinated"/"hasnt urinated"/"able to urinate"/"able to pee"/"cant go pee"/"havent gone pee"/"nothing comes"/"nothing will come"/"only dribbles"/"only drips"/"just dribbles"/"just drips" since/yesterday/hours/hrs/belly/bladder/night/morning/day/stomach/full/drum/rock
"number one"/pee/urine/urinate gone/comes/come/nothing/cant belly/bladder/drum/rock/hours/hrs/since tight/hard/yesterday/full/bursting/numb*/tingl*
wet/wets/wetting/wetted/soiled/soils/soiling/pooped/messed myself/himself/herself/"the bed"/"the chair"/"his pants"/"her pants"/"my pants"/"her bed"/"his bed" feel/felt/know/knew/coming/numb*/weak*/legs/since/yesterday/today/suddenly/new/never/monday/tuesday/sunday/wednesday/thursday/friday/saturday
""",
    "Numbness between the legs": f"""
{NUMB}/tingl*/dead/frozen/burning/weird/funny/different {PRIVATE} feel*/is/are/numb*/{NUMB}/gone/went/since/been/got/tingl*/dead
{NUMB}/tingl*/dead/rubbery {PRIVATE}
{CANT}/lost/losing/lose/loss/no/dont/didnt/doesnt/without/zero/barely/hardly/not feel/feeling/sensation/feelings/sense {PRIVATE}/{TOILET}/sitting/paper/"toilet paper"/seat/sex/intercourse
{CANT}/no/without/dont/zero feeling/feel/sensation touch/touches/touched/touching
numb* thighs/thigh inside/inner/both/sitting
numb* spread*/creep*/rising/moving/climb*/travel*/"going up"/"moving up"/"working its way"/higher/upward*
"going numb"/"went numb"/"gone numb" waist/hips/{PRIVATE}/"both legs"/belly
""",
    "New weakness or paralysis": f"""
weak*/clumsy/limp/jelly/jello/noodle*/spaghetti/rubber*/rubbery/mush/pudding/buckl*/collaps*/wobbl*/floppy/flop/flops/flopping/useless/dead/paper/cotton/"like lead"/"like wood"/wooden/cement/concrete/"like water"/"gave out"/"gives out"/"giving out"/"give out"/"gave way"/"give way"/"gives way"/"giving way"/"went out from"/"goes out from"/"go out from"/"out from under"/"went out"/"folded up"/folds/folded/"gave up"/"given up"/"shut off"/"shut down"/"fell asleep and"/quit/quits {LIMB}
folded/crumpled/crumbled/buckled like/chair/legs/floor
{NO_LONGER} work/working/works/respond/responding/listen/listening/cooperat*/obey/obeying/"do what"/"hold me"/"holding me"/"hold my"/support/supporting/"carry me"/function*/cooperate/"bear weight"/"take weight" {LIMB}
{HARDLY}/wont/wouldnt/"would not"/"will not" move/moving/feel/lift/lifting/raise/raising/hold/carry/support/bend/wiggle/control/straighten/pick/close/open/squeeze/grip/use/using {LIMB}
wont/wouldnt/doesnt/cant come toe/toes/foot up
wont/wouldnt/doesnt/dont/"will not"/"would not" move/lift/bend/obey/work/hold/grip/go/pick/wiggle {LIMB}
{NO_FEELING} strength/power/feeling/sensation/feel/control/use/movement/grip {LIMB}
lift/lifting/pick/picking/move/moving/drag/dragging leg/foot/legs/arm "with my hands"/"with her hands"/"with his hands"/"by hand"/"with both hands"/"using my hands"/"with my hand"/"with my other"
trip/trips/tripped/tripping/stumbl*/catch/catches/catching toe/toes/foot/feet/carpet/rug/curb/floor/nothing/air/own
keep/keeps/kept/been/always/constantly falling/tripping/stumbling/dropping/toppling/buckling
toes/foot/feet up/lift/raise/pull/flex {CANT}/wont/hardly/barely/trouble
{CANT}/hardly/barely/unable tiptoe*/"tip toe"/"tip toes"/heels/"on my toes"/heel stand/walk/rise/raise/go/push/lift
{CANT}/hardly/barely/trouble "get up"/"get out"/stand/rise/climb/"go up" chair/bed/toilet/tub/stairs/car/recliner/couch/sofa legs/leg/weak*/today/sudden*/suddenly/since/now/work/collapse*/yesterday/morning
leg/legs heavy numb*/weak*/tingl*/dead/down
both legs/arms/feet/hands numb*/tingl*/weak*/heavy/rubber*/asleep
leg/legs/arm/arms/foot/feet/hand/hands numb* completely/suddenly/sudden/whole/entire*/falling/totally/since/today/yesterday/morning/now/worse/new/woke/night/after/spreading
leg/legs/arm/arms/foot/feet dead/"went dead"/"gone dead"/"is dead"/"are dead"
{CANT} walk/stand/"bear weight"/"put weight" sudden/suddenly/today/yesterday/morning/fell/fall/since/tonight/now/all/anymore/overnight/woke
"foot drop"/"drop foot"/"dropped foot"/footdrop
foot/leg/feet/toe/toes drag/drags/dragging/slap/slapping/slaps/flop*/scuff*/scrap*/hang*
drop/dropping/drops/dropped everything/things/cup/cups/plates/dishes/phone/keys/coffee/stuff/fork/pen/glass hand/hands/keep/kept/grip/today/week/lately/numb*/weak/all/day/keeps/suddenly
{HARDLY} button/buttons/buttoning/zip/zipper/write/writing/type/typing/key/keys/fork/spoon/grip/grab/jar/pen/signature hand/hands/fingers/shirt/anymore/now/lately/suddenly/clumsy/hold/my
fingers/hands/hand clumsy/fumbl*/"dont cooperate"/"not cooperating"/"wont do"/"not working"/"dont work"/useless
handwriting/writing changed/worse/scribble*/awful now/since/suddenly/week/lately/hand
electric/electrical/shock/shocks/zap/zaps/lightning/jolt/jolts spine/back/arms/legs/body/neck bend/bending/look/looking/chin/nod/neck/down
walk/walking/walks/gait/stagger*/balance/wobbl* drunk/drunken/sailor/robot/wobbl*/unsteady/stagger*/stiff/zigzag/"off balance"/sideways/penguin/frankenstein/"bumping into"/lopsided
balance/"off balance"/unsteady/wobbly/staggering lost/losing/gone/terrible/sudden*/worse/new/since/now/today/falling/fall/legs/numb*/hands/week
{SIDE} numb*/asleep/sleep/weak*/dead/paraly*/move/feel/tingl*/heavy/limp/gone/"not working"/{CANT}
strength/power/feeling/weak*/numb* {SIDE}
{CANT}/wont/doesnt "put weight"/"bear weight"/"put any weight"
{CANT} feel/move {SIDE}/anything/body/"a thing"
"waist down"/"neck down"/"chest down" cant/cannot/numb*/feel/move/paraly*/dead/nothing/gone/tingl*
paraly*/paralis*/paralized/paralyzed today/tonight/morning/sudden*/woke/now/hours/"cant move"/yesterday/help/since leg/legs/arm/arms/side/body/hand/feet/foot/face/half/cant/move
xarelto/eliquis/warfarin/coumadin/plavix/thinner*/pradaxa/brilinta/apixaban leg/legs/back/feet tight*/numb*/weak*/"to sleep"/asleep/"stand up"/heavy/worse injection/shot/epidural/block/procedure/hours/hrs/morning/since/today
"legs come back"/"legs havent come back"/"legs have not come back"/"lift either"/"cant lift them"/"still cant feel"/"still cant move"/"still cant lift"/"legs still numb"/"legs are still"
leaning/listing/tilting left/right/"one side"/"to the side" wall/walls/spinning/slur*/slurry/walk*/woke/since/up
""",
    "Signs of infection after a procedure": f"""
rigors
fever*/feverish/chills/chill/shiver*/temperature/temp/temps/"burning up"/"the shakes"/rigor*/sweats {SITE}/back/spine/days/neck/port
fever*/temperature/temp/temps/thermometer 99*/100*/101*/102*/103*/104*/105*/38*/39*/40*/41*/high/hundred
"hundred and one"/"hundred and two"/"hundred and three"/"hundred one"/"hundred two"/"hundred three" fever*/temp*/degrees/hot/back/shot
shiver*/shaking/chills/"teeth chattering"/sweating/"the shakes"/sweats/"night sweats" temperature/fever*/{SITE}/back/pain/hot/cold/night/drench*/soak*
fever*/"night sweats"/"drenching sweats" back/spine/neck/pain/worse
drain*/discharg*/weep*/ooz*/leak*/seep*/drip*/fluid/liquid/goo/gunk/stuff/puss/pus/crust*/"wet" {SITE}
yellow/green/greenish/yellowish/white/milky/cloudy/brown stuff/fluid/liquid/gunk/goo/drainage/discharge/matter/coming/oozing/leaking/pus
smell*/stink*/stinks/stinky/foul/rotten/odor/funky {SITE}
soaked/soaking/soaks dressing*/bandage*/gauze/shirt/sheets wound/incision*/back/blood/fluid/clear/through/thru
water/fluid/clear coming/comes/leaking/pouring/dripping spot/hole/back/site/incision*
red/redness bigger/spread*/past/beyond/growing/outside line/drew/marker/incision*/wound/pen/site
incision*/wound/site/scar mad/angry/ugly/nasty/gross/awful looks/look/red/hot
stitches/wound/incision*/cut/staples/scar/sutures/surgery split/opened/open/burst/busted/"came apart"/"coming apart"/gap*/gaping/"pulled apart"/"came out"/"popped open"/popped/separated
see/seeing/showing/"poking out"/"sticking out"/"poking through"/"coming through"/"pushing through"/exposed wire/wires/lead/mesh/hardware/bone/metal/battery/device/plastic/screw
pus/puss/abscess*/absess/oozing
red/redness/reddish/pink/purple/dark hot/warm/swollen/swelling/streak*/line/lines/spreading/bigger/hard/tender/puffy/angry {SITE}/back/skin/neck
hot/warm/burning/throb*/swollen/swelling/swelled/lump/bump/bulge/knot/puffy/hard/blister* {SITE} hot/red*/fever*/bigger/painful/swollen/swelling/growing/golf/egg/grapefruit/worse/touch/tender/throb*/sore/spreading/fluid/hard
golf/egg/grapefruit/plum/baseball/orange size/ball/sized/big {SITE}/back/neck/swell*/lump
streak*/stripe*/"red line"/"red lines" {SITE}/leg/arm/back/skin/red/up
infected/infection/sepsis/septic/cellulitis {SITE}/think/looks/spread*/might/worse/back/blood/smell*
spine/back/disc/bone/blood infection now/think/new/fever*/since/sepsis
confused/confusion/delirious fever*/hot/shaking/infection
"stiff neck"/"neck is stiff"/"neck stiff"/"neck so stiff"/"neck is so stiff" fever*/headache/light/lights/chin/sick/vomit*/shot/epidural/{CANT}/nausea*
chin chest/down/touch {CANT}/hurts/stiff neck/stiff
light/lights/bright* hurt/hurts/bother*/{CANT} eyes/headache/head/neck/stiff
pressure/bp/cuff "80 over"/"82 over"/"84 over"/"86 over"/"78 over"/"70 over"/"75 over"/"over 40"/"over 44"/"over 45"/"over 48"
hot/fever*/feverish/shaking/shakes/chills confused/"mixed up"/"picking at"/"out of her head"/"out of his head"/delirious/rambling
""",
    "Chest pain or trouble breathing": f"""
chest/breastbone/sternum/breast pain/pains/tight*/pressure/hurt*/heav*/squeez*/crush*/burning/burns/ach*/sharp/stab*/discomfort/weight/elephant/brick/vice/vise/band/anvil/sitting/cramp*/funny/weird/flutter*/thump*
elephant sitting/sits/chest/"on me"
pressure/bp/"blood pressure" 18*/19*/20*/21*/22*/23*/24*
"heart attack" having/think/feel*/might/maybe/mild/now/today/sure
"left arm"/jaw/"my arm" chest/pain/hurt*/ach*/numb*/heavy/tingl* chest/sweat*/jaw/breath*/pressure/nause*/shoulder
heart racing/pounding/hurts/hurting/flutter*/stopping/skipp*/beating/irregular*/crazy/fast/"out of my chest"/weird/jump*/thumping/galloping/pause*/stop
palpitation*
gasping/suffocat*/choking/smother*/wheez*/winded/panting
{HARDLY}/short/shortness/out/catch/catching/fight*/gasp*/losing/lost/labored/shallow/cant breath/breathe/breathing/breaths/breth/breathe/breathin
breathe/breathing/breath straw
breath/breathe/breathing/breaths hurts/hurt/winded/worse/sharp/stab*/pain/painful/{CANT}/deep/short
{CANT}/not/enough/hungry/gasp*/trouble/hard/fight* "get air"/air/"enough air"/"any air"/oxygen
oxygen/"pulse ox"/oximeter/sats/o2 low/80*/81*/82*/83*/84*/85*/86*/87*/88*/89*/drop*/dropping/down
lips/fingertips/face/nails blue/bluish/purple/gray/grey/dusky
talk/walk/speak/stairs/sentence/room {CANT}/without/hardly/barely breath/breathe/breathing/winded/air
lips/fingertips gray*/grey*/blue*/bluish/purple*
swallow*/water choke/choking/chokes breath*/voice/hoarse/worse/harder/since/morning
foot/leg/hand/toes white/pale/blue/gray cold/pulse pulse/numb*/painful/sudden*/pain/feel
oxygen/"pulse ox"/sats/meter 60/62/64/65/66/68/70/71/72/73/74/75/76/77/78/79
slumped/unresponsive/"wont respond"/"not responding"/collapsed gray/grey/gurgl*/gurgle/breath*/blue/drool*
""",
    "Signs of a stroke": f"""
stroke
face/mouth/smile/lip/lips/eyelid/cheek/grin droop*/crooked/numb*/lopsided/fallen/falling/hang*/sag*/twist*/uneven/slid*/slip*/slack/pulled/pulling/"one side"/"to the side"/weird/funny/paraly*/"wont move"/tingl*/melt*
slur*/garbl*/mumbl*/gibberish
speech/speak/speaking/speaks/talk/talking/talks/words/word/sentences/sentence strange/weird/funny/confused/garbl*/gibberish/jumbl*/scrambl*/mush*/mixed/wrong/nonsense/slow/thick/drunk/"make sense"/"making sense"/"makes sense"/"come out"/"coming out"/"come out right"/"get out"/{CANT}/stuck/twisted/backward*
{CANT} speak/talk/"get the words"/"get my words"/"get words"/"find words"/"find my words"/"find the words"/"say words"/"form words"/"understand him"/"understand her"/"understand what"/"put a sentence"
{CANT}/suddenly/sudden/lost/losing/lose/gone/no see/vision/sight/eyesight/blind
eye/eyes/vision/sight/eyesight black/dark/gone/blind/double/curtain/shade/"half of"/foggy/cloudy/blurr*/blur/blurry/gray/grey/lost sudden*/since/today/yesterday/now/one/left/right/went/morning/both/after/shot/night/steroid/everything/woke/my/is
see/seeing/sees/seen double/two/spots/"nothing"/black
"went black"/"went dark"/"gone black"/"tunnel vision"/"double vision"/"vision loss"/"loss of vision"/"goes black"/"lost vision"/"lost sight"/"lost my sight"
"worst headache"/"worst head ache"/"worst headace"
dizzy/spinning/vertigo/"room spins"/"room is spinning" sudden*/walk/stand/vomit*/face/arm/speech/fall/falling/numb*/{CANT}
blind/vision/sight/see eye/eyes/"one eye"/"left eye"/"right eye" suddenly/sudden/lost/gone/morning/cant/curtain/shade/black/blurr*/woke/temple*/jaw
jaw chewing/chew/chews temple/temples/headache/vision/blind/eye/scalp
""",
    "Swelling or allergic reaction": f"""
throat/tongue/lips/lip/face/eyes/mouth/neck swell*/swollen/swole/swelled/clos*/tight/tightening/tightness/puff*/fat/thick/itch*/balloon*/huge/blow*/lump/big
{CANT}/hard/trouble/hurts swallow/swallowing
hives/welts/anaphyla*/epipen/"allergic reaction"
rash/spots/bumps/itch*/red/blotch* "all over"/spreading/body/face/everywhere/head/torso dye/contrast/shot/injection/steroid/medicine/medication/new/pill/antibiotic/today/since/hours/breath*/after/minutes
""",
    "Too much medicine": f"""
overdos*/"over dose"/"over dosed"/"odd on"/"od on"
"too many"/"too much"/extra/more/"way more"/wrong {OPIOID} took/taken/taking/takes/swallowed/ate/gave/had/by/accident*/mistake*/today/sleepy/dizzy/feel/feeling
double/twice/doubled/triple/two/extra/again/second/third dose/doses/{OPIOID} mistake/accident/accidentally/wrong/forgot/confused/mixed/error/oops/sleepy/dizzy/today/morning/took
took/taken/taking/swallowed/ate/popped/gave/downed/had/takes/drank "all of my"/"all his"/"all her"/"whole bottle"/"bottle of"/extra/"too many"/handful/"a bunch"/double/triple/twice/"the rest of"/six/seven/eight/nine/ten/twelve/fifteen/twenty/6*/7*/8*/9*/10/12/15/20/30/several {OPIOID}
took/taken/gave/swallowed/drank/used "by mistake"/mistake/accidentally/"by accident"/"thought it was"/"thought they were"
kid/kids/child/toddler/baby/boy/girl/son/grandson/granddaughter/dog/he/she pills/pill/patch/patches/meds/medicine/oxy* "got into"/"got hold"/swallowed/ate/chewed/"got in to"/found
seeing/sees bugs/spiders/things/people/ants shaking/walls/out/there/floor/withdraw*/pills/meds/patch
"wrong dose"/"wrong pill"/"wrong pills"/"wrong medicine"/"wrong medication"/"mixed up my" took/gave/taken/pills/sleepy/dizzy/meds/today
eyes/pupils pin*/tiny/pinpoint
mixed/gave "in one go"/"all at once"/"at once"/weeks/wrong/whole/3x/4x/three/double/four/several {OPIOID}
put/putting/wearing/wore/had two/2/both/three/extra/old patch/patches
misread/mismeasured/miscounted/miscalculated dropper/dose/label/syringe/pills/gave/took
wrong/stronger strength/dose/milligrams/mg took/taken/pill/pills/label/pharmacy
eyes open/shut {CANT}/keep/keeping pump/patch/pills/meds/refill/dose/medicine/gray/grey/drunk
drunk/stoned/floaty/loopy pump/patch/patches/refill/pills/dose
missing/gone/open pills/tramadol/oxy*/bottle/patch/medicine toddler/kid/baby/child/boy/girl/grandson/granddaughter/sleepy/dog
took/taken/takes/gave two/three/four/five/3x/4x/5x/2x/several {OPIOID} "at once"/sleepy/drowsy/mistake/today/together/dizzy/pin/pinpoint/confused
rousable/arousable/unrousable/unarousable
"hard to wake"/"wont wake up"/"wont wake"/unresponsive/"not responding"/"doesnt respond"/"cant wake"/"wont respond"/"not waking"/"barely wakes"/"cant wake him"/"cant wake her"/"cant get him up"/"cant get her to wake"/"hardly wakes"/"difficult to wake"/"cant rouse"/"wont open her eyes"/"wont open his eyes"/"wont open eyes"/"barely breathing"/"hardly breathing"/"slow breathing"/"not breathing"
{HARDLY}/wont wake/rouse/arouse/waken/awake/awaken him/her/mom/dad/husband/wife/up/mother/father/them
sleepy/drowsy/"out of it"/staring/stares/confused/groggy/nodding/"nods off"/"nodding off"/"falling asleep"/"falls asleep"/"fell asleep"/snor*/gurgl*/zombie/limp/stupor/loopy/slumped/sluggish/lethargic/"so tired"/"sleeping all"/"sleeps all"/"keeps sleeping"/"mid sentence"/"pinpoint" {OPIOID}
{OPIOID} "cut me off"/"cut off"/"took me off"/"ran out"/"run out"/"ran outta"/"out of"/without/stopped/quit/"cold turkey"/missed/lost/stolen/none shak*/sweat*/puk*/vomit*/sick/crawl*/diarrhea/withdraw*/throwing/chills/shivering/restless/jittery/cramps/climbing/hell
"ran out"/"out of"/"cold turkey"/stopped {OPIOID} shak*/sweat*/puk*/vomit*/crawl*/diarrhea/withdraw*/throwing/chills/shivering/jittery/seizure*/sick
withdrawal/withdrawals/withdrawl/withdrawls/"cold turkey"/dopesick/"dope sick"
narcan/naloxone gave/give/used/need/should/him/her/me
pump/intrathecal withdrawal/empty/beep*/alarm*/chirp*/screech*/stopped/quit/"not working"/malfunction*/flipped/moved/leaking/error/ringing/sound*/siren/screaming/"ran dry"/dry
stimulator/stim/scs/device/implant/unit/generator/battery/remote shock*/zapp*/zap/jolt*/electrocut*/"wont turn off"/"wont shut off"/"cant turn off"/"cant turn it off"/burn*/hot/overheat*/poking/stabbing/"sticking out"/exposed
sugar/sugars/glucose/dexcom/libre/cgm/"blood sugar"/"blood sugars"/meter/"a1c" 35*/36*/37*/38*/39*/40*/41*/42*/43*/44*/45*/46*/47*/48*/49*/50*/51*/52*/53*/54*/55*/56*/57*/58*/59*/60*/hi/"reads high"/"says high"/"so high"/"off the chart"/"off the charts"/"through the roof"/"sky high"/skyrocket*/"wont come down"/"over 300"/"over 400"/"over 500"/spiked/spiking/"very high"/"too high"/300*/31*/32*/33*/34*
cant/cannot/wont/hard/trouble/barely/hardly/couldnt/shake/shaking/shook/"have to shake"/"had to shake" wake/waking/roused/rouse/awake/wakeup/stir patch*/meds/pills/pill/pump/snor*/gurgl*/breath*/blue/fentanyl/morphine/methadone/oxy*/groggy/naloxone/narcan/pupils/whiskey/wine/xanax
snor*/gurgl*/breath*/breathing weird/funny/gurgl*/slow/slowly/shallow/stops/stopped/"a minute"/pauses perc*/pill/pills/patch*/meds/pump/drank/drunk/wine/whiskey/vodka/beer/fentanyl/morphine/oxy*/methadone/xanax/wake/dose
pupils pinpoint/pinpoints/tiny/pin/pins/dots
narcan/naloxone gave/used/sprayed/need/awake/again/once/twice/blue/breath*
"two patches"/"2 patches"/"three patches"/"both patches"/"extra patch"/"old patch"/"heating pad" fentanyl/groggy/sleepy/wake/breath*/off/forgot/drowsy/awake
tylenol/acetaminophen vomit*/"throwing up"/yellow/"under the ribs"/liver weekend/tablets/days/since/20/25/30/40/counted/eyes
~took/takes/taken/ate/eating/eaten/swallowed "10 of"/"12 of"/"15 of"/"20 of"/"ten of"/"twenty of"/"all of"/"whole bottle"/"rest of the bottle"/"handful of"/"a handful" pill*/tablet*/them/meds/tylenol/perc*/norco*/tramadol/gabapentin/bottle
pump alarm/alarming/beep*/beeping/chirp* itch*/stiff/burning/fever*/confused/spasm*/hot/sick/withdraw*/shaking
breathes/breathing/breaths/breath "a minute"/"per minute"/"times a minute"/gaps/pauses/"long gaps" morphine/fentanyl/dose/patch/pump/meds/wake/lips/five/six/slow
~bottle empty/gone dementia/mints/candy/confused/forgot/memory
""",
    "Fainting or a seizure": """
"passed out"/"passing out"/"pass out"/"almost passed out"/faint/fainted/fainting/"blacked out"/"blacking out"/"black out"/blackout*/unconscious/"lost consciousness"/"loss of consciousness"/"keeled over"/"went unconscious"/"knocked out"/"out cold"/"came to"/"hit the floor"
collapsed floor/kitchen/bathroom/suddenly/shower/today/yesterday/morning/mom/dad/husband/wife/he/she/just/house
seizure*/seisure*/siezure*/convuls*/epilep*
"had a fit"/"having a fit"/"having fits"/"shaking all over"/"jerking all over"/"eyes rolled"/"rolled back"/"foaming"/"bit his tongue"/"bit her tongue"/"bit my tongue"/"whole body shaking"/"body jerking"
confused/confusion/disorient*/delirious/delirium/hallucinat*/"seeing things"/"hearing things"/"makes no sense"/"making no sense"/"not making sense"/"not making any sense"/"talking crazy"/"talking out of"/nonsense/incoheren*/"doesnt recognize"/"didnt recognize"/"doesnt know me"/"doesnt know where"/"dont know where i am"/"doesnt know who"/"not herself"/"not himself"/"not acting right"/"acting strange"/"acting weird"/"doesnt know what day" since/today/sudden*/night/yesterday/morning/mom/mother/dad/father/husband/wife/he/she/grandma/grandpa/pills/medicine/after/surgery/fever*/patch
""",
    "Bleeding": f"""
bleeding/bleeds/blood/bleed wont/"not stop"/"not stopping"/stop/lot/heavily/"a lot"/soak*/gush*/pour*/bandage/dressing/everywhere/squirt*/puddle/dripping/through/hours/"keeps coming"/towel* bleed*/blood/stop/wont/keeps/{SITE}/through/soak*/lot/hours/everywhere/still
bleeding/bleed wont/"will not"/"doesnt"/"not"/keeps/"does not"/{CANT}/still stop/stopping/quit/coming/clot
cough*/vomit*/throwing/threw/spit*/puk*/barf*/hack* blood/bloody/coffee/"dark stuff"/"black stuff"/red
black/tar/tarry/"like tar"/bloody/maroon/"dark red"/"jet black"/blood/"coffee ground"/"coffee grounds" stool/stools/poop/poo/bm/bowel/"bowel movement"/toilet/diarrhea/rectum/pooping/shit
"peeing blood"/"pissing blood"/"blood in my urine"/"blood in my pee"/"blood in urine"/"bloody urine"
bruis*/hematoma/swelling huge/spreading/growing/purple/hard/whole/black thinner*/eliquis/xarelto/coumadin/warfarin/plavix/{SITE}
belly/stomach/abdomen/gut hard/tight/swelled/swollen/basketball/watermelon/drum/bloated vomit*/"throwing up"/"pass gas"/"smells like"/poop
vomit*/"throwing up"/puking blood/coffee/"smells like poop"/black/"like poop"
""",
    "A blood clot": """
calf/calfs/calves hot/hard/lump/swollen/swelling/red*/warm/purple/knot
leg/legs/foot purple/sausage/balloon
calf/leg/thigh/legs/ankle swollen/swelling/swelled/swole/swells/bigger/huge/"twice the"/"twice as"/"twice its"/puffy/fat/tight/balloon* hot/red*/warm/breath*/sore/hurt*/pain*/tender/purple/blue/hard/shiny/after/surgery/flight/one/only/side/size/other/since/sudden*
calf sore/pain*/hurt*/cramp*/tender/hard/lump/knot/hot/red*/warm/swollen/swelling surgery/procedure/after/since/days/flight/red*/hot/swollen/touch/walk/breath*/bed/warm/hard/charley
clot/clots/dvt/embolism think/might/worried/leg/lung/new/having/maybe/could/calf/swollen/sign*
""",
    "A fall or accident just now": f"""
car/motorcycle/bike/truck/auto/vehicle/traffic/atv/mva accident/wreck/crash/crashed/collision/hit/wrecked/totaled hour/hours/today/yesterday/morning/tonight/night/sudden*/just/numb*/tingl*/{CANT}/now/neck/since/weekend
"rear ended"/rearended/"t boned"/"hit by" hour/hours/today/yesterday/morning/tonight/night/just/numb*/tingl*/arms/legs/{CANT}/weekend/neck
fell/fall/fallen/falls/slipped/slip/tripped/tumbled/thrown/dropped/landed/toppled stairs/ladder/roof/steps/tub/shower/ice/bed/horse/porch/curb/{SITE}/floor/bathroom/driveway/backward*/hard {CANT}/terrible/severe/crack/pop/popped/snap*/scream*/today/yesterday/tonight/morning/hour/hours/night/worse/move/moving/straighten/walk/stand/breath*/"get up"/numb*/tingl*/weak*/horrible/excruciating/awful/now/just/bad/cry*/broke*/unbearable/agony/head
fell/fall/fallen/slipped/tripped/tumbled/fallin {CANT}/hardly/barely stand/move/walk/"get up"/straighten/sit/breathe/roll/turn/lift/feel
fell/fall/fallen/slipped/tripped/tumbled today/tonight/yesterday/"last night"/"this morning"/"an hour ago"/"hours ago"/"just now"/"few minutes"/"minutes ago"/"this afternoon"/weekend pain/hurt*/back/hip/neck/head/worse/bad/cry*/scream*/spine/numb*/{CANT}/terrible/severe/shorter
scream*/screem*/holler*/yell*/howl*/moan* move/moves/lift/touch/roll/turn/sit/stand/try/pain/back/hip "every time"/when/whenever/if/since/today/{CANT}
"got run over"/"threw me"/"bucked"/"car hit"/"truck hit"
mom/mother/dad/father/wife/husband/grandma/grandmother/grandpa/she/he fell/fallen/slipped scream*/cry*/cries/crying/moan*/{CANT}/wont/move/moves/confused/head/pain/hip/floor
heard/felt/hear/feel crack/pop/snap/crunch/popping/cracked/popped back/spine/neck/hip/something {CANT}/pain/since/now/sudden*/lifting/bent/bending/move/terrible/severe/excruciating/agony/lifted/straighten/walk/worst
hit/bumped/banged/struck/smacked/cracked head/skull xarelto/eliquis/warfarin/coumadin/plavix/night/stairs/fell/fall/dizzy/confused/thinner*/vomit*/headache/today/yesterday/blood/sleepy/floor/hard
broke/broken/fractured/snapped/shattered hip/back/neck/leg/vertebra*/spine/bone today/yesterday/tonight/morning/think/just/now/"last night"/fell/feel
sneez*/cough*/lifting/lifted/bent/bending sudden*/crack/pop/snap/popped/snapped {CANT}/excruciating/agony/scream*/move/straighten/breathe/worst/floor/terrible
excruciating/unbearable/agony/"10 out of 10"/"worst pain"/"ten out of ten"/screaming {CANT}/sudden*/suddenly/today/tonight/morning/hours/now move/walk/stand/sudden*/suddenly/since/breathe/back/sit/fell/get
erection/priapism/"hard on" hours/hrs/"go down"/"go away"/painful/"wont go"
pupil/pupils bigger/different/uneven/unequal
"same question"/"same thing"/"same story" over/repeating/again head/bonked/hit/eliquis/fell/since
""",
    "Headache after a spinal procedure": """
"worst headache"/thunderclap
headache/headaches/headake/headace/"head ache"/migraine/"head hurts"/"head is pounding"/"head is killing"/"head is splitting"/"head pounding"/"head pounds"/"pain in my head"/"head feels" spinal/epidural/puncture/injection/shot/myelogram/tap/block/procedure/surgery/"steroid"/"sit up"/"sitting up"/"stand up"/"standing up"/upright/standing/"get up"/"lie down"/"lying down"/"laying down"/"lay down"/flat/stiff/worst/explod*/explosive/sudden*/vomit*/light/lights/unbearable/ever/thunder*/confus*/vision/fever*/"throwing up"/blinding
head explod*/explode/burst/"split open"/splitting/"top of my head"/"blow off" sit/stand/upright/up/since/shot/epidural/sudden*/worst/pain
""",
    "Cancer with new back pain": f"""
cancer/tumor/tumors/metasta*/myeloma/lymphoma/chemo new/severe/night/nights/fever*/worse/weak*/numb*/legs/leg/spread*/sudden*/worsening/{CANT} back/pain/spine/legs/leg/walk/weak*/numb*/bone*/neck
~lost/losing/lose/dropped pounds/lbs/weight/kilos back/spine/bone*/ribs night/nights/trying/appetite/dieting
~cancer/tumor/tumors/chemo/myeloma/lymphoma/metasta* new/night/nights/worse back/spine/bone*/legs
"losing weight"/"lost weight"/"weight loss" back/pain/night/spine fever*/night/nights/worse/sweats/trying/pounds/cancer
""",
    "A child may have taken medicine": """
baby/babies/toddler/infant/grandson/granddaughter/grandkid/grandbaby/grandchild/kid/child/son/daughter/nephew/niece/3yo/2yo/4yo/"year old" ate/swallowed/chewed/"got into"/"got ahold"/"got hold"/"got in my"/"put in his mouth"/"put in her mouth"/drank pill/pills/patch/patches/gabapentin/tramadol/percocet*/norco*/medicine/meds/tablets/bottle/purse/morphine/hydrocodone/oxy*/baclofen
""",
}
