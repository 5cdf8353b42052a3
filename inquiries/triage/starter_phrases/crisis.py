# ruff: noqa: E501 one way of saying it a line, however long
"""How people say that they think of suicide, in English and Spanish. How a line is read: inquiries/triage/urgency.py."""

from inquiries.triage.starter_phrases.english import CANT, SELF

LABEL = "Thoughts of suicide or self-harm"
PATTERNS = f"""
suicid*/sucid*/suicde/suiside
kill/killing/shoot/shooting/hang/hanging/drown/drowning/stab/"blow my" {SELF}/brains/"brains out"/"head off"
want/wants/wanted/wanna/wish/wishes/wishing/gonna/rather/ready/praying/pray/hope/hoping die/"to die"/dead/"be dead"/"was dead"/"were dead"/"to be gone"/dying
end/ending/ended/take/taking/took/finish/finishing/"put an end" life/"my own life"/"my misery"/"his own life"/"her own life"/myself
"end it"/"end it all"/"ending it"/"end things"/"ending things"/"end everything"/"ending everything"/"end all this"/"end all of this"/"finish it all"/"be the end of me and"
"off myself"/"do myself in"/"done myself in"/unalive*/"kms"/"take myself out"/"check out for good"/"check out permanently"/"put me down"/"put myself down"/"put me out of my misery"/"out of my misery"
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
god/lord/jesus/him "takes me"/"just takes me"/"helping him along"/"help him along"
god/lord/jesus "take me"/"take him"/"take her"/"call me home"/"bring me home"/"let me go"/"would take"/"come get"
ready/time "to meet"/"to go"/"meet my maker"/"go home"/"to die"/"join him"/"join her"/"join my"/"be with my" god/lord/maker/husband/wife/jesus/heaven/him/her
jump/jumping/jumped/step/stepping/walk/walking/drive/driving/crash/crashing bridge/roof/window/train/traffic/cliff/balcony/truck/tree/overpass/tracks/semi off/into/front/thought/think*/from/end
bridge/roof/train/tracks/cliff/balcony think/thinking/thought/thoughts/stood/standing/jump*
bought/have/got/tied/found rope/gun/razor/noose myself/end/die/use/ready/plan
ready/decided/want/wanna/going/time "be with my"/"be with him"/"be with her"/"go be with"/"to join my"/"to join him"/"to join her"/"be with mom"/"be with my wife"
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
"how many"/"how much" pills/oxy*/hydrocodone/morphine/tablets/percocet*/norco*/tylenol/gabapentin/xanax/fentanyl take/takes/die/kill/lethal/fatal/overdose/"never wake"/sleep
lethal/fatal/"deadly" dose/amount/pills/how
"lived long enough"/"long enough on this earth"/"had a good run"/"had my time"/"overstayed"/"outlived my"/"time is up"/"my time has come"/"time to go"
nobody/"no one"/noone/who miss/misses me/him/an/old/us
papers/affairs/will/things/everything order/arranged/finances/funeral/"taken care of" "in order"/put/putting/getting/got/cat/dog/niece/kids/goodbye/gone
"dont plan on being"/"not planning on being"/"dont plan to be"/"wont be needing"/"will not be needing"/"wont need it"/"wont need the appointment"/"be needing it"/"be needing the" here/anymore/it/long/appointment/any/more/christmas
shoot me/us horse/dog/like/gun/please/misery
planning/plan/planned/thinking lay/lie/night/awake/dark/know/bed it/"my death"/how/end
"im done"/"i am done"/"im finished"/"done with you" if/done/fighting/trying/everything/life/all/it/anymore/"with this life"
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
"""
