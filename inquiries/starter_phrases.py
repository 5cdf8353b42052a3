# ruff: noqa: E501 one way of saying it a line, however long
"""The warning phrases that a new site starts with. Managers keep them from then on.

English first, then Spanish. How a line is read: inquiries/urgency.py.
"""

EMERGENCY, CRISIS = "emergency", "crisis"

CANT = 'cant/cannot/couldnt/unable/"can not"/"not able"/"not been able"/"havent been able"/"hasnt been able"/"no longer"'
LIMB = "leg/legs/knee/knees/foot/feet/arm/arms/hand/hands/toes/fingers"
LIMB_ES = "pierna/piernas/rodillas/pie/pies/brazo/brazos/mano/manos/dedos"
PRIVATE = (
    "saddle/groin/bottom/rear/butt/buttock*/genital*/privates/private/crotch/rectum/anus/anal/vagina*/penis/scrotum"
    '/perine*/pelvis/waist/tailbone/"down there"/"between my legs"/"between his legs"/"between her legs"/wiping'
)

NEWLY = (
    "since/today/tonight/yesterday/suddenly/sudden/now/after/morning/hours/overnight"
    "/monday/tuesday/wednesday/thursday/friday/saturday/sunday"
)
NEWLY_ES = "desde/hoy/ayer/anoche/repente/despues/lunes/martes/miercoles/jueves/viernes/sabado/domingo"

PHRASES = [
    (
        "Something new that may be serious",
        EMERGENCY,
        f"""
numb*/tingl*/weak*/fever*/chills/shaking/clumsy/stumbling/dizzy/confused/swollen/bleeding/double/winded {NEWLY}
no/havent/hasnt urine/pee/peed/urinated/"bowel movement" {NEWLY}
both feet/legs/hands/arms numb*/weak*/tingl*/rubber
legs/knees rubber/buckle/buckled/folded/collapsed catch/fell/fall/falling/way
{CANT}/catching/catches/tripping toes/foot up/lift/raise/carpet/floor
sleepy/took/taken/swallowed/used patches/pills/tablets once/together/many/bottle
"dont notice"/"didnt notice"/"without noticing"/"too late" diarrhea/urine/stool/bowel/pee/poop
fell/fallen/dropped/crashed yesterday/today/tonight screams/shorter/move/stand/walk
breath/breathing/breathe hurts/winded/worse
itching/itchy/thick/rash tongue/throat/dye/breathing
nonsense/hangs/hanging/drooping mouth/talking/side
entumecid*/hormigueo/debil*/fiebre/escalofrios/calentura/mareado/mareada/hinchad*/sangr* {NEWLY_ES}
no siento/siente bano/orinar/defecar
{LIMB_ES} doblan/dobla/fuerza/responden/caigo
pecho duele/doliendo/aprieta
""",
    ),
    (
        "Thoughts of suicide or self-harm",
        CRISIS,
        """
suicid*/sucid*
kill/killing myself/himself/herself/themselves/"my self"
want/wants/wanted/wanna/wish/gonna die/"to die"/"be dead"/"was dead"
end/ending/take/taking "my life"/"his life"/"her life"/"my own life"
"end it"/"end it all"/"ending it"
dont/doesnt/not/no want/wants/wanting live/living/"be here"/"be alive"/exist
"better off" dead/without/die
harm/harming/cutting/hurting myself/himself/herself
hurt/cut want/going/think/thinking/thoughts myself/himself/herself
take/taking/took/swallow "all my pills"/"all the pills"/"all of my pills"/"whole bottle"
"no reason to live"/"not worth living"/"nothing to live for"/"no point in living"
"rather be dead"/"rather die"/"wish i was dead"/"wish i were dead"
no/dont/cant/any "go on living"/"keep living"/"keep on living"
cant "go on" myself/anymore/"any more"/like/life
"to be over"/"be done with" all/life/everything
pills/rope/gun ready
something/anything "to myself"/"to himself"/"to herself"
tired/done/sick/fed "of living"/"of life"/"with life"/"with living"
"hate my life"/"give up on life"/"giving up on life"/"no way out"/"no reason to be here"/"disappear forever"
nothing "live for"
wants/want/wish/wishes/told die/"to die"
god/lord "take me"/"take him"/"take her"
miss/notice nobody/"no one" gone/dead
jump/jumping bridge/roof/window/train
bought/have/got rope/gun myself/end/die
bought rope
planning/plan/planned "how to do it"/"do it" live/pain/die
"not wake up"/"never wake up"/"go to sleep forever"
suicidio/suicidarme/suicidarse/suicida
quiero/quisiera/quiere/voy/va matar/matarme/matarse
prefiero/preferiria/prefiere/mejor muerto/muerta/morir/morirme
pienso/pensado/pensando/pensar matarme/morirme/morir
razon/motivo/sentido/ganas vivir no/sin
cansado/cansada/harto/harta "de vivir"/"de la vida"
"sentido a la vida"/"sentido la vida"/"ganas de vivir"/"seguir viviendo" no/sin/ya
quiero/quisiera/quiere/ganas morir/morirme/morirse/matarme/"estar muerto"/"estar muerta"
no quiero/quiere vivir/"seguir viviendo"/viviendo/"estar aqui"
quitarme/quitarse/quitar "la vida"
"no vale la pena vivir"
hacerme/hacerse/lastimarme/cortarme dano/lastimarme/cortarme
""",
    ),
    (
        "Loss of bladder or bowel control",
        EMERGENCY,
        f"""
lost/lose/loses/losing/loss/ran control bladder/bowel/bowels/urine/stool/stools
"no control" bladder/bowel/bowels/urine
{CANT} control/controlling/hold/holding bladder/bowel/bowels/urine/pee/stool/stools/poop
{CANT}/trouble/difficulty urinate/urinating/pee/peeing
{CANT}/trouble/difficulty pass/passing/empty/emptying urine/water/bladder
{CANT} feel/tell bladder/pee/urine/full
{CANT} feel bathroom/toilet
"no control" over/when/bathroom/toilet
leak* urine/pee/bladder/stool
messed/soiled/crapped/peed/pooped pants/underwear/bed
accidents toilet/pee/bladder/bowel
se me sale/salio/sale/escapa orina/pipi/popo
pooped/peed/peeing/wet/wetting/soiled/pissed myself/himself/herself/pants
incontinence/incontinent
perdi/perdio/pierdo/perder/perdida/perdido control vejiga/intestino/intestinos/esfinter/esfinteres/orina
no puedo/puede/aguanto/aguanta/controlo/controla/controlar orinar/orina/vejiga/intestino/intestinos/pipi/popo
hice/hago/hizo/hace encima/"sin darme cuenta"/"sin darse cuenta"
incontinencia
""",
    ),
    (
        "Numbness between the legs",
        EMERGENCY,
        f"""
numb*/asleep/anesthesia/dead/tingl*/"pins and needles"/"no feeling"/"no sensation"/"lost feeling" {PRIVATE}
numb* spread*/creeping/rising/moving
numb* thighs inside/inner
{CANT}/lost/losing feel/feeling/sensation {PRIVATE}
entumecid*/entumecimiento/adormec*/dormid*/duerme/"no siento" entrepierna/genital*/nalga*/ingle/"silla de montar"/"partes intimas"
""",
    ),
    (
        "New weakness or paralysis",
        EMERGENCY,
        f"""
weak*/weaker/clumsy/limp/jelly/buckl*/collaps*/"gave out"/"gives out"/"giving out"/"gave way"/"give way" {LIMB}
{CANT}/wont/wouldnt/"would not"/"will not"/trouble/hardly/barely move/moving/feel/lift/raise/hold/carry/work/support/obey/do {LIMB}
lost/loss/losing/lose/gone/less/no/without strength/power/feeling/sensation/feel {LIMB}
keep/keeps/kept falling/tripping/stumbling/dropping
both legs numb*/tingl*
leg/legs/arm/arms numb* completely/suddenly/sudden/whole/falling
{CANT} walk/stand sudden/suddenly/today/yesterday/morning/fell/fall
paraly*
"foot drop"/"drop foot"/"dropped foot"
foot/leg drag/drags/dragging/slap/slapping/slaps
drop/dropping/drops everything/things hand/hands
debil/debiles/debilidad/floja/flojas {LIMB_ES}
no/sin/perdi/perdido/perdida/menos fuerza/fuerzas {LIMB_ES}
no siento/siente/puedo/puede/mueve/mueven/mover/muevo/responde/responden {LIMB_ES}
arrastro/arrastra/arrastrando pie/pierna
paraliz*/paralisis
""",
    ),
    (
        "Signs of infection after a procedure",
        EMERGENCY,
        """
fever*/chills/shivering/temperature injection*/shot/shots/epidural/procedure/surgery/operation/kyphoplasty/block/wound/incision/back
fever*/temperature/temp/fiebre/calentura 100/101/102/103/104/105/38/39/40/41/high/alta
shivering/shaking/chills temperature/fever*
drain*/discharge/weep*/green/yellow/smell*/stink* wound/incision/stitches/cut/drainage
stitches/wound/incision split/opened/open/burst
pus/abscess/oozing
leak* wound/incision/site/fluid
red/redness hot/warm/swollen/streak* injection/shot/incision/wound/site/place/needle/back/spot
infected/infection wound/incision/site/stitches
confused/confusion fever*
fiebre/escalofrios/calentura inyeccion/inyectaron/pusieron/procedimiento/operacion/cirugia/espalda/herida
pus/absceso/supura*
herida huele/abrio/abierta
rojo/roja caliente/hinchado/hinchada inyeccion/herida/lugar
""",
    ),
    (
        "Chest pain or trouble breathing",
        EMERGENCY,
        f"""
chest pain/pains/tight/tightness/pressure/hurts/heavy/squeez*
"heart attack"
heart racing/pounding/hurts/hurting/fluttering/stopping
gasping/suffocating/choking
barely/hardly breath/breathe
{CANT}/trouble/hard/difficult*/short/struggl*/slow/shortness breathe/breathing/breath
lips blue
dolor/presion/opresion pecho
"falta el aire"/"falta de aire"/"me ahogo"/"se ahoga"
no puedo/puede respirar
cuesta respirar
infarto
""",
    ),
    (
        "Signs of a stroke",
        EMERGENCY,
        f"""
stroke
face droop*/drooping/crooked/numb/lopsided/fallen
slurr*/garbled
speech/speak/talk strange/weird/funny/confused/garbled
{CANT} speak/talk
{CANT}/suddenly/sudden/lost see/vision/sight/blind
"derrame cerebral"
cara caida/torcida
hablo/habla raro
no puedo/puede hablar
""",
    ),
    (
        "Swelling or allergic reaction",
        EMERGENCY,
        f"""
throat/tongue/lips/face/eyes swell*/swollen/closing/tight/puffy
{CANT} swallow
hives
garganta/lengua hinch*/cierra/cerrando
""",
    ),
    (
        "Too much medicine",
        EMERGENCY,
        """
overdos*
"too many"/"too much" pill/pills/morphine/oxycodone/tablets/opioid*
double/twice dose mistake/accident/accidentally
"hard to wake"/"wont wake up"/unresponsive/"not responding"/"cant wake"/"wont respond"
sleepy/drowsy/"out of it"/staring/stares/confused patch/opioid*/morphine/oxycodone/dose/pills/medicine
took/taken/taking "all of my"/"whole bottle"/extra/"too many" pills/tablets/oxycodone/morphine
pump withdrawal/empty/beeping
sobredosis
demasiadas pastillas
no despierta
""",
    ),
    (
        "Fainting or a seizure",
        EMERGENCY,
        """
"passed out"/"passing out"/faint*/"blacked out"/"blacking out"/blackout*/unconscious/collapsed
seizure*/convulsion*
desmaye/desmayo/desmaya
""",
    ),
    (
        "Bleeding",
        EMERGENCY,
        """
bleeding/bleeds/blood wont/stop/lot/heavily/"a lot"/soak*/gush*/pouring/bandage/dressing
coughing/vomiting/throwing blood
black stool/stools
sangra/sangrando/sangre mucho/mucha/para
tosiendo/vomitando/vomito sangre
""",
    ),
    (
        "A blood clot",
        EMERGENCY,
        """
calf/leg swollen/swelling hot/red/warm/breath
pantorrilla/pierna hinchada caliente/roja
""",
    ),
    (
        "A fall or accident just now",
        EMERGENCY,
        f"""
car/motorcycle/bike accident hour/today/yesterday/morning
fell/fall/fallen stairs/ladder/roof {CANT}/terrible/severe
fell/fall {CANT} stand/move/walk/"get up"
caida/cai/cayo/accidente "no puedo levantarme"/"no se puede levantar"/hoy
""",
    ),
    (
        "Headache after a spinal procedure",
        EMERGENCY,
        """
"worst headache"
headache "stiff neck"
headache spinal/epidural/puncture
""",
    ),
    (
        "Cancer with new back pain",
        EMERGENCY,
        """
cancer new/severe/night/fever back/pain
""",
    ),
]
