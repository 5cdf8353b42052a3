# ruff: noqa: E501 one way of saying it a line, however long
"""How people say that they think of suicide. How a line is read: inquiries/triage/urgency.py."""

from inquiries.triage.starter_phrases import veiled
from inquiries.triage.starter_phrases.english_words import CANT, SELF

LABEL = "Thoughts of suicide or self-harm"
PATTERNS = f"""
suicid*/sucid*/suicde/suiside
kill/killing/shoot/shooting/hang/hanging/drown/drowning/stab/"blow my" {SELF}/brains/"brains out"/"head off"
want/wants/wanted/wanna/wish/wishes/wishing/gonna/rather/ready/praying/pray/hope/hoping die/"to die"/dead/"be dead"/"was dead"/"were dead"/"to be gone"/dying
end/ending/ended/take/taking/took/finish/finishing/"put an end" life/"my own life"/"my misery"/"his own life"/"her own life"/myself
"end it"/"end it all"/"ending it"/"end things"/"ending things"/"end everything"/"ending everything"/"end all this"/"end all of this"/"finish it all"/"be the end of me and"
"off myself"/"do myself in"/"done myself in"/unalive*/"kms"/"take myself out"/"check out for good"/"check out permanently"/"put myself down"/"put me out of my misery"/"out of my misery"
dont/doesnt/not/no/didnt want/wants/wanting/wanna/care live/living/"be here"/"be alive"/exist/existing/"be around"/"wake up"/"keep living"/"go on"
dont/doesnt/not care/matter live/die/dies/alive/happens live/die/alive/me
{CANT}/dont/not "do this anymore"/"do it anymore"/"do this any more"/"do this no more"/"go on anymore"/"go on like this"/"go on living"/"go on any longer"/"keep going like this"/"keep doing this"/"live like this"/"live this way"/"live with this anymore"/"face another"/"face tomorrow"
"better off"/better without/dead/die/gone/"not here"/"out of the way" me/im/dead/i/him/her
everyone/everybody/family/kids/wife/husband/they/them/world/you better "without me"/"off without"/"if i was gone"/"if i were gone"/"if i wasnt"/"if i died"/"when im gone"/"once im gone"
burden everyone/everybody/family/kids/them/wife/husband/daughter/son better/gone/dead/die/anymore/over/tired/"no more"/"stop being"/free/relieved
harm/harming/cutting/hurting/hurt/injure/injuring {SELF}
hurt/cut/harm want/wants/going/think/thinking/thoughts/urge/urges/afraid/scared/will/might myself/himself/herself/something
cut/cutting/cuts/slit/slash* wrist/wrists/veins/"his arms"/"her arms"/"my arms"
something/anything/stupid/drastic/desperate/foolish/crazy/rash "to myself"/"to himself"/"to herself"/"with myself" do/doing/dont/might/will/gonna/going/could
do/doing something stupid/drastic/desperate/permanent/terrible
take/taking/took/swallow/swallowing/drink "all my pills"/"all the pills"/"all of my pills"/"all of the pills"/"all of them"/"the whole bottle"/"whole bottle"/"every pill" end/sleep/over/done/dream/tempt*/think*/want/just/could/peace/might/tonight
pills/bottle/oxy*/morphine think/thinking/thought/look/looking/stare/staring/count/counting/counted/saving/saved/stash*/hoard*/collect*/hiding enough/night/nights/it/about/up/end/them
pills/rope/gun/pistol/rifle/shotgun ready/loaded/drawer/nightstand/closet/thinking/looking/hand/head/mouth/bought/cleaning/found
no/any/see/dont/cant/doesnt/what/whats/lost/isnt/without/nothing/not point/purpose/reason/meaning/sense living/"to live"/alive/"going on"/"being here"/"to be here"/"to go on"/"keep going"/"of it all"/"of anything"/"in anything"/life/"of waking"/tomorrow/anymore/continuing
"whats the point"/"what is the point"/"what for anymore"/"why bother living"/"why am i still here"/"why go on"/"why keep going"/"why live"
life/living/it/this "not worth"/"isnt worth"/"aint worth"/worthless/meaningless/pointless/"no longer worth"/"worth living"/"worth it anymore" life/living/livin/anymore/breathing
"nothing to live for"/"nothing left to live"/"nothing left for me"/"nothing left"/"nobody needs me"/"no reason to stay"/"no reason to get up"/"no future"
wish/wishing/hope/hoping/want/wanna/pray/praying/rather/could/please/if never/not/dont/didnt/wouldnt/wont wake/waking/"woken up"
sleep/asleep/bed never/forever/"not wake"/"dont wake"/"and not"/"wont wake" wake/forever/again/up wish/want/wanna/hope/pray/just/like/peaceful
"go to sleep forever"/"sleep forever"/"go to sleep and never"/"fall asleep and never"/"fall asleep and not"/"fall asleep for good"/"not wake up"
disappear/vanish/gone want/wish/wanna/just/could/rather/better forever/world/earth/everybody/everyone/people/"from this"/existence/notice/miss
nobody/"no one"/noone/who miss/notice/care gone/dead/died/die/me
god/lord/jesus "takes me"/"just takes me"/"helping him along"/"help him along"
god/lord/jesus "take me"/"take him"/"take her"/"call me home"/"bring me home"/"let me go"/"would take"/"come get"
ready/time "to meet"/"to go"/"meet my maker"/"go home"/"to die"/"join him"/"join her"/"join my"/"be with my" god/lord/maker/husband/wife/jesus/heaven/him/her
jump/jumping/jumped/step/stepping/walk/walking/drive/driving/crash/crashing bridge/roof/window/train/traffic/cliff/balcony/truck/tree/overpass/tracks/semi off/into/front/thought/think*/from/end
bridge/roof/train/tracks/cliff/balcony think/thinking/thought/thoughts/stood/standing/jump*
bought/have/got/tied/found rope/gun/razor/noose myself/end/die/use/ready/plan
ready/decided/want/wanna/time "go be with"/"to join my"/"to join him"/"to join her"/"be with my late"/"be with my wife again"/"be with my husband again"/"be with him again"/"be with her again"/"be with him in"/"be with her in"
permanent/permanently fix/end/solution/out/stop/myself
car/engine running/exhaust/hose garage/closed/hose/night
burden daughter/son/wife/husband/family/kids/everyone/them/her/him time/free/"off the hook"/relief/without
burn/burning/cut/cutting/hit/hitting/scratch* myself/himself/herself purpose/deserve*/"on purpose"/feel/better
drift/swerve/swerving/steer/drive/turn lane/traffic/oncoming/truck/wheel/ditch easy/other/just/into/think/thought/want
painless/quick/quickest/easiest way/ways go/die/end/out
if/when im/i gone/dead sorry/care/dog/kids/find/note
tracks/ledge/bridge/overpass look/looking/stare/staring/standing every/longer/day/night/think*/just
"one bullet"
"want to be over"/"wants to be over"/"just be over"
goodbye/goodbyes posted/text/texted/facebook/insta/instagram/sent/voicemail/message
took/swallowed "all of them"/"whole month"/"entire bottle"/"every last one"
note/letter/letters found/mattress/pillow/desk/drawer/closet/box sorry/goodbye/life/ruined/after/gone
"if i jump"/"if i jumped"
"got a plan"/"have a plan"/"made a plan"/"got a date"
garage sleep/peaceful/running/fumes car/on/closed
"way out than"/"gentler way"/"way out of this life"
insulin/pills/meds/eating purpose/"on purpose" stopped/stop/skip*/quit
world/they/family lighter/happier/easier "without me"
barrel/muzzle mouth/head/chin/temple
handed/hand/give/gave rope/noose/gun/bullet me "might as well"/me
"my own doing"/"my own hand"/"my own hands"/"by my own"
"not be around"/"wont be around"/"will not be around" for/anymore/to/much
swallow*/took/taken/ate bottle/pills/all/handful "on purpose"/purpose
gun/pistol/rifle/revolver/shotgun/glock/38/357/"9mm"/bullets/bullet pillow/bed/tired/table/lap/hand/closet/safe/key/keys/cabinet/loaded/mouth/head/night/asked/took/out/cleaning/chamber
saving/saved/save/stockpil*/piling/lined/"lined up" pills/hydrocodone/oxy*/morphine/tablets/meds/norco*/percocet* enough/now/up/bed/all/until
~"how many"/"how much" pills/oxy*/hydrocodone/morphine/tablets/percocet*/norco*/tylenol/gabapentin/xanax/fentanyl take/takes/die/kill/lethal/fatal/overdose/"never wake"/sleep
lethal/fatal/"deadly" dose/amount/pills/how
"lived long enough"/"long enough on this earth"/"had a good run"/"had my time"/"overstayed"/"outlived my usefulness"/"time is up"/"my time has come"/"time to go"
nobody/"no one"/noone/who miss/misses me/him/an/old/us
papers/affairs/things/everything order/arranged/finances/funeral/"taken care of" "in order"/put/putting/getting/got/cat/dog/niece/kids/goodbye/gone
"dont plan on being"/"not planning on being"/"dont plan to be"/"wont be needing"/"will not be needing"/"wont need it"/"wont need the appointment"/"be needing it"/"be needing the" here/anymore/it/long/appointment/any/more/christmas
shoot me/us horse/dog/like/gun/please/misery
planning/plan/planned/thinking lay/lie/night/awake/dark/know/bed it/"my death"/how/end
"im done"/"i am done"/"im finished"/"done with you" if/done/fighting/trying/everything/life/anymore/"with it all"/"with this life"
insurance/"insurance money"/"life insurance" kids/family/wife/husband/they better/money/gone/dead/"worth more"
"worth more dead"/"worth more to them dead"
bought/tied rope/noose
planning/plan/planned/know/figured/researched/googled/googling/looked/searching "how to do it"/"do it"/"how id do it"/"how i would do it"/"painless way"/"ways to die"/"way out" live/pain/die/end/already/when/myself/tonight
"no way out"/"only way out"/"easy way out"/"way to end"/"one way to stop"/"permanent solution"/"only way this ends"/"only thing that will stop"
wrote/written/write/writing/left/leaving letter/letters/note/notes/goodbye/goodbyes/will kids/family/wife/husband/children/everyone/time/goodbye/bye/affairs/gone/grandkids/grandchildren/grand*/son/daughter/sons/daughters/each/drawer
saying/said/say/this goodbye/goodbyes/farewell everyone/family/kids/world/all/cruel/forever/last
giving/gave/given/give away things/dog/cat/belongings/stuff/guns/tools
"wont be here"/"wont be around"/"not be here much longer"/"not going to be around"/"wont have to worry about me"/"wont bother you anymore"/"last time you hear"/"last message"/"this is goodbye"
tired/done/sick/fed/over/finished/through/exhausted living/life/"with life"/"of life"/"of living"/"of being alive"/"with living"/"with everything"/"of existing"/existing/"of fighting"/"of breathing"/"of it all"/"being here"/"with this world"
hate/hating "my life"/"being alive"/living/"waking up"/"myself so much"
give/giving/gave/given up life/living/everything/hope/"on myself"
"lost all hope"/"lost hope"/"no hope"/hopeless/"no hope left"/"cant see a way"/"cant see any way"/"dont see a way"/"dont see any way"/"lost the will"/"no will to"/"lost my will"/"will to live"
dark/bad/scary/ugly/awful/terrible/morbid/intrusive thoughts/thought/place night/nights/having/mind/head/die/dying/ending/lately/again/where/think/in
rather be/die dead/die/"than live"/"six feet under"/"in the ground"/"in a box"/"in my grave"
"six feet under"/"in the ground"/"in my grave"/"my own funeral"/"planning my funeral"
it/this/everything/pain/all stop/over/end/done/"be over" forever/"for good"/permanently/"one way or another"/"either way"/"my own way"/"my own hands"
"wasnt born"/"never been born"/"never was born"/"hadnt been born"
overdose/od want/wants/thinking/thought/think/tempted/purpose/try/tried/could/might/just/going
"on purpose" pills/took/crash/cut/overdose/hurt
talks/talking/talked/says/said/saying/threaten*/mention* dying/"being dead"/"wanting to die"/"killing himself"/"killing herself"/"not being here"/"not wanting to be here"/"ending it"/suicide/"better off"/"wants to die"/"end it"
suicidio/suicidar*/suicida*
quiero/quisiera/quiere/voy/va/vas/piensa/pienso/pensando/dice/diciendo/amenaza matar/matarme/matarse/"me mato"/"se mata"/ahorcar*/colgarme/colgarse/tirarme/tirarse/aventarme/aventarse/dispararme/"pegarme un tiro"/"darme un tiro"/"pegar un tiro"
ahorcarme/ahorcarse/"pegarme un tiro"/"darme un tiro"/"pegarse un tiro"/"cortarme las venas"/"cortarse las venas"/"cortar las venas"
prefiero/preferiria/prefiere/mejor/ojala/quisiera/quiero/quiere muerto/muerta/morir/morirme/morirse/muriera/"estar muerto"/"estar muerta"/muero/moriera
pienso/pensado/pensando/pensar/piensa/pense/idea/ideas matarme/morirme/morir/matarse/muerte/tirarme/desaparecer/"no estar"/"hacerme dano"/malas
razon/motivo/sentido/ganas/caso/chiste vivir/vida/seguir/nada/viviendo no/sin/ya/perdi/que/ni
"no tiene caso"/"para que seguir"/"para que vivir"/"pa que seguir"/"pa que vivir"/"para que sigo"/"para que vivo"/"pa que sigo"/"de que sirve vivir"
cansado/cansada/harto/harta/aburrido/aburrida/canse vivir/"de la vida"/vida/"de existir"/"de vivir"/"de luchar"/"de seguir"
no/ya/sin quiero/quiere/quisiera/puedo/aguanto/ganas/aguanta/deseo/deseos/soporto vivir/viviendo/"seguir viviendo"/"estar aqui"/seguir/vida/existir/"estar viva"/"estar vivo"/"despertar"/"seguir aqui"
"ya no quiero seguir"/"ya no quiero nada"/"no quiero seguir"/"ya no quiero estar"/"ya no quiero despertar"
no/nunca/"ya no"/jamas despertar/despertarme/despierte/desperar quisiera/quiero/ojala/gustaria/dormir/dormirme/prefiero/pido/espero
dormir/dormirme/acostarme "para siempre"/"no despertar"/"nunca despertar"/"ya no despertar"/"y no despertar"
acabar/terminar/acabe/termine/acabarme/terminarlo/acabarlo "con todo"/"con mi vida"/"con esto"/"de una vez"/vida/"con este sufrimiento"/todo
quitarme/quitarse/quitar/quito/quite "la vida"/"de en medio"/"del medio"/"de encima"
"no vale la pena vivir"/"no merece la pena"/"vida no vale"/"no vale nada mi vida"/"mi vida no vale"/"no vale la pena"/"no vale la pena seguir"
hacerme/hacerse/lastimarme/lastimarse/cortarme/cortarse/hago/haga/haria dano/lastimarme/lastimarse/cortarme/cortarse/locura/tonteria
locura/tonteria/barbaridad hacer/haga/hago/cometer
tomarme/tomarse/tome/tomo/tomar/tragarme todas/todo/bote/frasco/monton/"un punado" pastillas/pildoras/pastiyas/frasco/medicina
cansado/cansada/harto/harta "de todo"/todo vida/ya/seguir/regal*/no/mas/adios
regale/regalando/regalo/llaves cosas/plantas/perro/gato/ropa/todo/vecina cita/falta/ya/adios/llamen
estorbo/carga/molestia familia/hijos/todos/esposa/esposo/mejor/nadie/ellos sin/mejor/muerto/muerta/ya/soy/mas/morir
mejor/bien "sin mi"/"si no estuviera"/"si me muero"/"si yo no estoy"
desaparecer/desaparezca quiero/quisiera/ganas/mejor/mundo/siempre
despedirme/despidiendo/despedi/despedida/despido carta/cartas/hijos/familia/todos/ustedes/dios/adios
dios/senor/diosito "me lleve"/"me recoja"/"me llame"/"que me lleve"/llevarme/recogerme/"ya me lleve"/"se acuerde de mi"
"perdi las ganas"/"sin ganas de vivir"/"ganas de vivir"/"sin esperanza"/"no hay salida"/"no le veo salida"/"no veo salida"/"unica salida"/"perdi la esperanza"/"nada me importa"/"ya nada me importa"/"nadie me va a extranar"/"nadie me extranaria"
puente/techo/balcon/azotea/tren/carretera tirarme/aventarme/brincar/saltar/pienso/pensado/lanzarme/tirarse
"lo tengo pensado"/"lo tengo decidido"/"lo tengo planeado"/"ya lo decidi"/"ya lo pense"/"ya tengo todo listo"
"me voy con"/irme/"reunirme con"/"me quiero ir con" descanse/cielo/viejita/viejito/dios/difunt*/madre/padre/esposo/esposa
muero/muera/muriera/morir/muerto/muerta descansan/mejor/todos/nadie/descanso/paz/alivio
corta/cortando/cortes/corto/lastima hija/hijo/ella/esposa/navaja/brazos/piel dolor/brazos/proposito/piel/navaja/sola/solo
frasco/bote/pastillas/pastiyas viendo/mirando/entero/juntando/guardando/contando quedo/dia/noches/veces/todas/entero/pienso/ya
arregl*/listo/listos/orden papeles/testamento/casa/perro/gato/seguro busquen/ya/adios/familia/prima/todo/vecina
muere/muero/morir/morirme/muera rapido/pronto/estorbar/estorbo/"de una vez"/descansar
quemo/corto/pego/golpeo/rasguno cigarro/pared/navaja/brazo/brazos/cabeza dolor/sentir/dolencia/alivio/proposito
"no me busquen"/"no me esperen"/"ya no me busquen"
pistola/arma/soga/cuerda/veneno tengo/tiene/agarro/encerro/mano/saco/compre/guardada/pienso/pensando/cargada/lista/buscar
"pain won"/"pain wins"/"pain has won"/"pain is winning"/"the pain beat me"
rope/noose/hang/hung/hanging barn/tree/rafters/rafter/beam/garage/shed/basement/attic himself/herself/found/back/talked/in/out/went/pain
razor/blade/"box cutter" bath/bathtub/tub/wrist*
hid/lied/lying "on the form"/"on the questionnaire"/"on the survey"/"nine questions"/phq/"depression form"/"that sheet" truth/every/night/zero/think/isnt/wasnt
phq/"nine questions"/questionnaire/survey/"mood form"/"depression form"/"last question"/"that question" lied/"isnt zero"/"not zero"/"wasnt honest"/"not honest"/"the truth"/"isnt true"
"isnt zero"/"wasnt zero"
have/has/got/picked/chosen/chose/set day/date/"a time" "picked out"/mine/rifle/gun/pills/loaded/graduat*/funeral/"no one knows"/"nobody knows"/"the truth"/braver/ready/die
"worked out how"/"figured out how"/"know how id"/"know how i would"/"thought about how id"/"how i would do it" night/pain/never/tell/want/know/it/die
helium/ld50/"ld 50"/"ways to die"/"ending your life"/"end your life"/"how to die"/"lethal dose"/"painless death"
stock*/stash*/hoard*/squirrel*/saving/saved/hiding/collect*/"put away" pill*/med/meds/medicine/bottle/bottles/norco*/oxy*/morphine/tablets exit/enough/out/mattress/sock/drawer/shoebox/"just in case"/patient/he/she/day
"for the exit"/"my exit"/"his exit"/"my way out"/"an exit plan"
turn/turning/jerk*/yank*/steer*/let wheel think/thought/thinking/overpass/bridge/truck/guardrail/trees/go
roof/ledge/edge/"top floor"/railing/overpass/bridge/deck sat/stood/standing/sitting/stand/sit "come back down"/stairs/noticed/jump*/minutes/hour/railing/over/almost
took/swallowed/take handful woke/again/mad/thoughts/spring/back thoughts/bottle/full/same
"same thoughts"/"those thoughts"/"thoughts are back"/"thoughts again"/"thoughts came back"/"bad thoughts" back/again/since/night/pain/full/bottle/gun/scared
"sorry for everything"/"forgive me for everything"/"tell them im sorry"/"tell your mom im sorry"/"tell your dad im sorry"/"tell the kids im sorry" text*/phone/off/goodbye/love/pain/meds/answer*/password/pills/gone/gun
"tell my doctor bye"/"tell the doctor bye"/"say bye to"/"bye for me"/"tell everyone bye"/"tell everyone goodbye"/"tell them goodbye"/"tell the doctor goodbye"
"by the time you get this"/"by the time you read this"/"when you get this"/"when you read this" gone/over/matter/"too late"/wont/fault/sorry/monday/dead/done
cutting/cut/cuts "on my thigh"/"on my arm"/"on my arms"/"on my leg"/"on my legs"/"on my wrist"/"my thigh"/"my thighs"/"my wrist"/"my wrists"/"different pain"/again pain/mom/tell/because/relief/again/night/know
burn/burning/burned/burnt arm/arms/thigh/leg/skin/myself lighter/cigarette/iron mind/pain/off/distract*/only/myself/takes/because
"till im braver"/"until im braver"/"til im braver"/"brave enough"/"find the nerve"/"get the nerve"/"the nerve to do it"/"have the guts"/"got the guts"/"not brave enough" end/do/die/pills/gun/stronger/razor/wait/it/yet
"be better off"/"easier on everybody"/"easier on everyone"/"easier for everybody"/"easier for everyone" without/gone/dead/im/if/when
"wrote the note"/"written the note"/"wrote a goodbye"/"wrote my goodbye"/"goodbye note"/"goodbye letter"/"goodbye letters"/"suicide note"/"the note is"
found/find note/letter/journal/diary addressed/goodbye/family/guitar/truck/room/"when im gone"/sorry/funeral
"killed myself"/"killing my self"/"kill my self"/"if i killed"
"handling my stuff"/"handle my things"/"take over my things"/"wherever im going"/"where im going" cancel/appt*/appointment*/goodbye/"hard feelings"/records/need
cancel all/everything/future/appts/appointments goodbye/"hard feelings"/"at peace"/"made my peace"/"in peace"/"wont be around"/"wont be here"/"not be here"/"be needing"
"made my peace"/"made his peace"/"made her peace"/"at peace with it"/"at peace with god" done/ready/tired/means/cancel/end/going/gun/pills/it
"chosen mine"/"choose their own day"/"choose my own day"/"my own terms"/"on my terms" day/pain/end/people/die/spine/go
pain/burning/"this pain" "ends tonight"/"ends today"/"end tonight"/"over tonight"/"be over soon"/"over soon"/"last night"/"one last"/"soon be over"
"se va a colgar"/"me voy a colgar"/"se quiere colgar"/"me quiero colgar"/"colgar del arbol"/"colgar de un"/"se iba a colgar"/colgarse/"se colgo"
mecate/soga/lazo/reata/cuerda arbol/patio/garaje/cochera/cuello/viga/escondi/encontre/colgar*
pistola/arma/rifle/escopeta/navaja/cuchillos cabeza/boca/cajon/escondi/escondio/mano/cargada/guarda*/pienso/sien
escribi/escribio/deje/dejo/encontre/halle/escribiendo carta/nota/papel hijos/familia/despedida/despidien*/adios/cuarto/perdon/explic*/dolor
despidiendo*/despidio/despedirse/despide/despedirme/despedi audio/mensaje/carta/familia/todos/hijos/perro/hermanos/whatsapp/llamo/raro/nietos
junto/juntando/juntado/guardando/guardado/guarde/guardo/escondio/escondido/escondidas/escondidos/juntado pastilla*/frasco/pildora*/morfina descansar/siempre/suficient*/lleno/almohada/mucha*/quite/encontre/colchon/dar
descansar/dormir/dormirme "para siempre"/"de una vez por todas"
cancele*/cancelen/cancelar cita/citas/todo dios/paz/orden/adios/llaves/"mis cosas"/perdon/"estoy en paz"/"ya no voy a estar"/"ya no voy a necesitar"/casa
"ya no les voy a dar lata"/"dejar de dar lata"/"dejarles de dar lata"/"ya no voy a dar lata"/"ya no voy a molestar"/"dejar de molestar"/"dejar de ser carga"/"dejar de estorbar"/"ya no voy a ser carga"
puente/techo/azotea/balcon/barranco/edificio avente/aventaba/tire/tiraba/brinque/salte/tirara/aventara/aventarme/tirarme/pare
"como hacerlo"/"la manera de hacerlo"/"el dia escogido"/"ya escogi el dia"/"tengo fecha"/"ya tengo el dia"/"ya decidi cuando" pense/pensado/carta/pastilla*/dolor/hijos/solo/sola/se/nadie
corto/cortando/cortarme/corte/quemo/quemando brazo/brazos/piernas/muslo/muslos/munecas cuando/dolor/porque/quita/alivia/siento/pega
"no le veo caso"/"no le encuentro caso"/"no le hallo sentido"/"no le encuentro sentido"/"no le veo sentido"/"no le hallo caso"/"ya no le veo caso" vivir/seguir/vida/esto/nada/levantar*/dolor/corto
quitar/quito/quitarme/quitarmelo/"yo mismo" dolor vez/siempre/mismo/estorbo/vivir "de una vez"/mismo/vivir/estorbo
mejor matar/mata/muere/matarse/matarme/morir/morirse/"se mata"/"me mato"/"me muero" seguro/dinero/familia/dolor/asi/vivir/dice
"quero morrer"/"queria morrer"/"me matar"/"tirar minha vida"/"acabar com a minha vida"/"acabar com tudo"/"nao quero mais viver"/suicidio/"ser um peso"/"escolhi o dia"
"vle mouri"/"touye tet"/"pa vle viv"/"anvi mouri"/"mwen pito mouri"
"envie de mourir"/"veux mourir"/"me suicider"/"me tuer"/"en finir avec la vie"/"envie de vivre"/"mettre fin a mes jours"/suicide
"muon chet"/"chet cho xong"/"tu tu"/"khong muon song"/"chet di cho roi"
自杀/不想活/想死/活着没意思/活不下去/轻生/"了结生命"/安眠药藏
суицид*/самоубий*/"покончить с собой"/"не хочу жить"/"хочу умереть"/"не хочется жить"/"всем станет легче"/"всем будет легче"/завещание
"gusto ko nang mamatay"/"gusto ko ng mamatay"/"ayoko nang mabuhay"/"ayoko na mabuhay"/magpakamatay/"mag pakamatay"/"wala nang silbi"
"said goodbye"/"said good bye"/"said his goodbyes"/"said her goodbyes"/"says goodbye"/"like he meant it"/"like she meant it" brother/son/husband/wife/dad/mom/friend/picking/answer*/phone/2/am/meant/called/hung/night
bottle/pills/meds "so it can be over"/"get it over with"/"be done with it"/"make it stop"/"be over"
"other side"/"going home soon"/"see you all on the"/"see yall on the"/"meet my maker"/"meet jesus" tonight/soon/body/beat/lord/tired/husband/wife/ready
bridge blocks/middle/walked/stood/railing twice/week/out/stood/night/water
virgencita/virgen/dios/diosito "que me lleve"/"no me lleva"/"me recoja"/"me lleve" ayudar/ayudo/pido/noches/dolor/pronto
"lame horse"/"put down a horse"/"put a horse down"/"shoot a horse"/"own dog live"/"put a dog down"/"let a dog"
shells/bullets/ammo bought/buy/buying/loaded
"life insurance"/"insurance money" out/better/get/guns/gun/worth/more/off me/him/her/than/without/dead/gone
look/looking/stare/staring/looked pill/pills/bottle/bottles/gun easier/everybody/everyone/end/over/quiet/enough
"is there any point"/"is there a point"/"any point in"/"no point anymore"/"what is the point" kids/lost/pain/living/going/end/anymore/serious/this
"after im gone"/"when im gone"/"once im gone"/"after i go"/"when im not here" file/stuff/meds/wrong/kids/wife/blame/dog/house/fault/guys/cat
"if something happened to me"/"if something happens to me"/"if anything happens to me" meds/blame/wife/kids/trouble/investigate/insurance/fault
"the one pistol"/"kept the pistol"/"kept the gun"/"except the gun"/"but the gun"/"sold everything"/"gave everything away"
"be around much longer"/"around much longer"/"here much longer"/"around for much longer"
"sleep for good"/"asleep for good"/"sleep and not wake"/"sleep and never wake"
soltar/solte/soltando/girar/voltear volante/timon/carretera
cartas/carta "cada uno"/escondio/"por si acaso"/"a cada" hijos/ninos/caja/hijo/nietos
"went quietly"/"go quietly"/"just went quiet"/"slip away"/"slipped away"/"drift off" night/week/life/daughter/pills/back/nobody/easier
"anybodys problem"/"anyones problem"/"nobodys problem"/"have a nice life"/"be a problem anymore"/"be your problem"
"the long way out"/"long way out"/"take the way out"/"way out for me"
"planned out"/"have it planned"/"got it planned"/"have a plan"/"it all planned" where/how/day/when/end/myself/pain
"another mom"/"different mom"/"better mom"/"deserve a mom"/"deserve a better"/"better mother"/"without their mom" kids/baby/shed/hed/they/deserve/disappear/around
disappear/disappearing/vanish lake/ocean/woods/river/walk/should/just
rope animal/horse/dog/myself/end/closet/truck/bought
~"end of my rope"/"end of my tether"/"cant take it anymore"/"cant do this anymore"/"cant take much more"
"her last night"/"his last night"/"my last night"/"last night alive"/"last night on" thank*/posted/alive/earth/everybody/everyone
escondi/escondio/quite cuchillos/pistola/medicinas/pastillas/soga/mecate/navaja mata/morir/dolor/dice/miedo/el/ella/papa/mama/esposo
"told me goodbye"/"goodbye instead"/"tell you goodbye"/"telling everyone goodbye"
"put away to do it"/"what i need put away"/"what i need to do it"/"have what i need to"
"already decided"/"decided not to go on"/"decided not to live"/"decided to go" trial/thats/done/end/pills/sunday/heart/blame/myself
dead by/before weekend/monday/chart/tomorrow/morning/friday/night
"in front of" step/stepping/jump/jumping/walk/run/throw freight/train/bus/truck/traffic/semi/car
bridge/height/roof "get used to"/"used to the height"/"look down"/"over the rail"/"looked down"
"where ill be"/"where i will be"/"where i am going"/"where im headed" pain/no/need/birthday/peace
"last shift"/"last sunday"/"last supper" quit/freight/tonight/told/gonna/front
"gave me the title"/"gets the boat"/"gets the truck"/"gets my tools"/"gave away his"/"gave away her"/"gave away my" brother/truck/rent/goodbye/birthday/answer*/dog/said/told
"use the others"/"stopped my heart pills"/"stopped taking my heart" blame/sunday/decided/go/end
"picked how"/"number nine"/"question nine" lied/every/day/sheet/answer
guardada/guardadas/guardados/junte/juntadas pastilla*/frasco/bastantes/cajita
pistola/arma "para mi"/guantera/papa/"contra nadie"
perdone/perdonen/perdoname/perdonenme audio/llorando/cuide/cuiden/carta/contesta
"жить так не буду"/"не буду жить"/похороны/"жить больше не"
"انتحار"/"اريد ان اموت"/"لا اريد ان اعيش"
burden much/longer/soon/after/rid "wont be"/"not be"/"no longer be"/"stop being"/"rather than be"/"be free of"/"not going to be"
tired/weary/sick/done "of being here"/"being here"/"of being alive"/"of waking up"/"of existing"/"of this life"/"of my life"/"with this life"/"of breathing"
point/use/sense/reason "waking up"/"of waking"/"to wake up"/"getting up anymore"/"to be alive"/"of staying"/"to stay"/"of me"/"in me being" no/whats/what/any/dont/not/see
"dont want to be alive"/"dont want to wake"/"not wake up"/"not want to wake"/"dont want to live"/"dont wanna live"/"dont want to exist"/"rather not exist"/"rather not be here"/"rather not be alive"/"dont want to be on this earth"/"dont want to be in this world"/"dont belong in this world"
"go in my sleep"/"die in my sleep"/"close my eyes and not"/"close my eyes and never"/"close my eyes forever"/"not open them again"
"please tell my daughter"/"please tell my son"/"please tell my wife"/"please tell my husband"/"please tell my kids"/"tell my daughter it"/"tell my kids i"/"tell my wife i"/"tell my family i" fault/love*/loved/sorry/proud/goodbye/tried
saying/says/said/say goodbye/goodbyes/"good bye" people/everyone/everybody/us/family/brother/sister/kids/friends/neighbors
husband/wife/son/daughter/dad/father/mom/mother/brother/sister/he/she/roommate/friend "giving away"/"gave away"/"giving his"/"giving her"/"giving me her"/"giving me his"/"gave his"/"gave her" things/stuff/watch/ring/jewelry/tools/guns/boat/truck/dog/plants/belongings goodbye/"love you"/"love us"/"loves us"/worried/scared/afraid/sleep/never/pain/failed/bye
"have the means"/"have a means"/"i have a gun"/"own way out"/"my own hand"/"my own hands"/"by my own hand"/"his own hand"/"her own hand"/"your own hand"
"how many"/"how much"/"what dose"/"what amount" "too many"/fatal/lethal/deadly/"kill me"/"kill you"/"kills you"/"kill a person"/"kill someone"/"do it"/"would do it"/"never wake"/"not wake" pills/oxy*/hydrocodone/morphine/tramadol/gabapentin/tylenol/fentanyl/patch*/tablets/xanax/methadone/milligrams/mg/of
"picked the day"/"picked a day"/"picked my day"/"chosen the day"/"set a date"/"made up my mind" ruin/goodbye/die/end/done/after/reschedule/pain/birthday/funeral
"wont be around"/"not be around"/"wont be here"/"not be here"/"not going to be here"/"wont see christmas"/"not see christmas"/"no tomorrow for me"/"wont be a monday"/"not be a saturday"
"done trying"/"done fighting"/"cant fight anymore"/"stopped fighting"/"no fight left"/"letting go now"/"ready to let go"/"ready to go"/"time for me to go" anymore/pain/everything/nothing/lord/god/tired/bye/now/family/life
"nobody would miss me"/"no one would miss me"/"nobody will miss me"/"no one will miss me"/"no one would notice"/"nobody would notice"/"would not miss me"/"wont miss me"
"wish the accident had"/"wish it had killed"/"should have died"/"shouldve died"/"wish i had died"/"wish id died"/"wish i hadnt survived"/"finished the job"/"wish i hadnt woken"/"wish i never woke"
"thoughts of not being"/"thoughts of ending"/"thoughts of dying"/"thoughts of hurting myself"/"thinking about dying"/"think about dying"/"thinking of dying"/"thinking about death"/"think about death"/"thoughts are back"/"planning it"/"almost did it"/"nearly did it"
gun/pistol/rifle/rifles/revolver/handgun/sidearm/firearm/safe love/scared/worried/alone/night/tired/hand/shaking/calm*/peace/key/afraid/drawer/thinking
"wrote letters"/"written letters"/"written my letters"/"writing letters"/"written the letters"/"wrote my letters"/"wrote the letters"/"note done"/"my note" kids/each/boys/goodbye/trying/wife/after/read
quit/stopped/stop/refuse*/skipping/skipped eating/insulin/"heart pills"/dialysis/"heart medicine"/"blood pressure pills" purpose/die/over/faster/sooner/let/go/end/living/alive/nobody
"no reason to stay"/"dont have a reason"/"no reason to keep"/"no reason left"/"nothing to stay for"/"only staying"/"only here because"/"only reason im here"/"only reason im alive"
"ways to go"/"googling ways"/"googled ways"/"looking up ways"/"looked up ways"/"searching ways"/"know exactly what it would take"/"not in pain when you go"
"dont care if i wake"/"dont care if i live"/"dont care whether i"/"dont care if i die"/"care if i make it"
"hold on much longer"/"hang on much longer"/"cant hold on"/"cant hang on"/"cant do another day"/"cannot do another day"/"cant do this life"
"end my suffering"/"end the suffering"/"end his suffering"/"end her suffering"/"end this suffering"/"put an end to it"/"stop existing"/"cease to exist"
"hurt my arm on purpose"/"hurting myself"/"hurt myself"/"harm myself"/"harming myself"/"cut myself on purpose"
"ya no quiero vivir"/"no quiero vivir"/"ya no quiero estar aqui"/"no quiero estar en este mundo"/"ya no quiero despertar"/"no quisiera despertar"/"ya no despertar"/"y no despertar"/"no despertara"/"no amanecer"/"ya no amanecer"
carga familia/hijos/esposa/esposo/nadie/pronto/todos "dejar de ser"/"ya no voy a ser"/"ya no sere"/"no sere"/"no quiero ser"/cansado/cansada/pronto
dile/digale/diganle/avisen hija/hijo/hijos/esposa/familia/mama/esposo culpa/quiero/quise/perdon*/adios/amo
cuantas/cuanto pastillas/tramadol/morfina/gabapentina/miligramos demasiadas/morir/mortal/mortales/matan/mata/muera/muere/"no despertar"/peligrosas
regalo/regalando/regala/repartio/repartiendo herramientas/cosas/ropa/perro/reloj/anillo/joyas/todo despid*/adios/triste/miedo/dolor/pronto/solo/raro
"que ya me recoja"/"ya me recoja"/"me lleve dios"/"que me lleve"/"irme de una vez"/"me voy de una vez"/"hasta aqui llego"/"hasta aqui llegue"/"ultimo dia que aguanto"
"hacerme dano"/"hacerse dano"/"quitarme la vida"/"quitarse la vida"/"me quito la vida"/"acabar con mi vida"/"acabar con todo"/"como morir"/"manera de morir"
"no aguento mais viver"/"nao aguento mais viver"/"nao quero viver"/"vontade de viver"/"vontade de morrer"/"dormir e nao acordar"/"me matar"/"tirar a vida"/"tirar a propria vida"/"nao quero mais acordar"/"se despedindo de todos"/"se despedindo da familia"
"ne veux plus vivre"/"veux plus vivre"/"plus envie de vivre"/"envie d en finir"/"envie den finir"/"en finir"/"ne plus me reveiller"/"plus me reveiller"/"dit adieu"
"pa vle viv anko"/"bouke viv"/"bouke ak lavi"/"vle fini ak lavi"/"touye tet li"/"touye tet mwen"/"vle mouri"
"khong muon song nua"/"khong bao gio thuc day"/"loi tu biet"/"ket thuc cuoc doi"/"tu sat"/"khong con muon song"/"song khong con y nghia"
结束这一切/不想再活/不想活/没有活下去/死了算了/告别/拖累/自尽/不如死
"уснуть и не проснуться"/"не проснуться"/"нет смысла жить"/"устал жить"/"устала жить"/"не хочу больше жить"/"больше не хочу жить"/"прощается со"/"в тягость"
"ayoko na sa buhay"/"pagod na akong mabuhay"/"ayaw ko nang mabuhay"/"ayaw ko na mabuhay"/"nagpapaalam na"/"sana hindi na ako magising"/"gusto ko na mamatay"
자살/"죽고 싶"/죽고/"살고 싶지"
"لا اريد العيش"/"تعبت من الحياة"/"اقتل نفسي"/"اتمنى الموت"/الانتحار
"nie chce zyc"/"nie chce juz zyc"/samobojstw*/"zabic sie"/"ich will nicht mehr leben"/"nicht mehr leben"/umbringen/selbstmord/suizid/lebensmude
"easier if"/"better if"/"simpler if"/"happier if"/"better off if"/relieved/relief "i wasnt here"/"i werent here"/"i was gone"/"i were gone"/"i wasnt around"/"i werent around"/"i just died"/"i was dead"/"i disappeared"/"i didnt wake"/"he was gone"/"she was gone"
"not sure i want to be"/"dont know if i want to be"/"dont know that i want to be"/"dont really want to be"/"dont see myself being" here/alive/around
"cant see a future"/"dont see a future"/"no future for me"/"cant see tomorrow"/"nothing to look forward to"/"nothing left to look forward"/"no life left"
"want it all to end"/"just want it to end"/"want it all to be over"/"ready for it to be over"/"make it all stop"/"want everything to stop"/"wish it would all end"
"take care of my"/"look after my"/"who takes care of my"/"who takes my" dog/cat/dogs/cats/wife/kids/husband/mother "if something happens"/"when im gone"/"if im gone"/"once im gone"/"after im gone"/"im not here"/"no longer here"
"life insurance"/policy/insurance pay/pays/cover/covers/void/"still pay" suicide/"own hand"/"takes their own"/"took my own"/"take my own"/"kills himself"/"did it myself"/"on purpose"
"sin mi estarian"/"estarian mejor sin"/"estaran mejor sin"/"si yo no estuviera"/"si ya no estuviera"/"si yo no existiera"/"descansarian de mi"/"ya vivi suficiente"/"ya vivi bastante"/"ya vivi lo que"
"no le veo sentido a nada"/"no le veo sentido a la vida"/"no le encuentro sentido a"/"ya no tiene sentido vivir"/"no tengo ganas de vivir"/"ganas de seguir viviendo"/"no tengo motivos"/"no tengo razones para"/"ya no hay motivo"
"he pensado en hacerlo"/"he pensado en acabar"/"he pensado en quitarme"/"he pensado en tirarme"/"he pensado en la muerte"/"no se si quiero seguir"/"ya no quiero nada"/"ya no veo futuro"/"no veo futuro"
{veiled.PATTERNS.strip()}
"""
