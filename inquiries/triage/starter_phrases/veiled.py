# ruff: noqa: E501 one way of saying it a line, however long
"""How people hint at suicide without naming it: goodbyes, letters, things given away, pills put aside."""

PATTERNS = """
everyone/everybody/they/family "better off w o"/"better off wo"
"want to jump"/"wanna jump"/"going to jump"/"gonna jump"
"we go together"/"go together"/"irnos juntos"/"nos iremos los dos"/"nos vamos los dos" decided/neither/both/wife/misma/noche/decidimos/medicinas
"stop living"/"quit living"/"done living"/"dead by"/"decided to die"/"choose to die"/"dont plan to live"/"not going to live like"
letter/letters/note/notes "one for each"/"for each of"/"for the grandkids"/"for my kids"/"to each of" wrote/written/writing/drawer/mail/after/son/daughter/wife/doctor/boys/girls/grandkids
"kids bye"/"grandkids bye"/"neighbors bye"/"everybody bye"/"everyone bye"/"telling us bye"/"said bye to" last/hid/kiss*/pills/never/like/crying/strange
"tell my"/"tell the"/"tell them"/"let my" "i tried"/"i love them"/"i loved them"/"i love her"/"i love him"/"im sorry"/"it wasnt them"/"it wasnt him"/"it wasnt her"
rope/noose/belt/cord/soga/mecate/reata/cinto/lazo neck/garage/tree/rafters/closet/beam/again/pescuezo/cuello/silla/garaje/arbol/viga/mano/troca/noche
hung/hanged/hang himself/herself/myself
~bridge/causeway/overpass/railing/ledge/cliff/balcony stood/standing/sat/sitting/parked/pulled/again/evening/water/looked/looking/third
saving/saved/putting/stashed/stashing/hoarding/collected pills/tablets/tramadol/norcos/hydros/oxys/patches/morphine/them plenty/"quite a few"/"a comfort"/drawer/jar/"coffee can"/sock/mattress/easter/case
"me and my wife"/"me and my husband"/"my wife and i"/"my husband and i"/"both of us"/"the two of us" "go together"/"leave together"/"same night"/"neither of us"/"neither one"/"go at the same"/"enough medicine"
~"quit eating"/"stopped eating"/"stop eating"/"quit dialysis"/"stopped dialysis"/"going to dialysis"/"eating and drinking" purpose/ready/die/wants/decided/nobody/finishing/out/water/noticed
"plan to be"/"plan on being"/"planning to be"/"planning on being"/"expect to be" here/around/alive dont/doesnt/not/christmas/birthday/longer
"when they find"/"when you find"/"before they find"/"so nobody i love"/"has to find me"/"finds me first" me/kids/explain/garage/note/find
"blood on your hands"/"on your conscience"/"read about me in"/"signed my death"/"hope you can live with"/"my blood is on"
"22 a day"/"one of the 22"/"todays 22"/"one of those 22"
"wont be a chore"/"take care of me much longer"/"wont have to drive me"/"out of everyones way"/"out of everybodys way"/"out of their way for good"/"out of the way for good"/"done the decent thing"/"do the decent thing"
"where im going"/"where i am going"/"where hes going"/"where shes going"/"where he is going" need/wont/wouldnt/pain
"hands off the wheel"/"let go of the wheel"/"letting go of the wheel"/"let the wheel go"/"closed my eyes" driving/drove/drive/overpass/freeway/highway/counted/lane/see
"lied on"/"checked no"/"put no"/"put not at all"/"real answer"/"honest answer"/"true answer" nine/9/tablet/form/questionnaire/yes/thoughts/every
took/swallowed/taken "rest of the bottle"/"rest of her"/"rest of his"/"rest of my"/"everything in the bottle"/"all at once"/handful purpose/sorry/over/locked/disappointed/mad/"woke up"/nobody
~"meant to"/intentionally/"on purpose" pills/took/wreck/crash/insulin/cut/overdose/hospital
"cut my leg"/"cut my arm"/"cut my thigh"/"cutting my leg"/"cutting my arm"/"cuts on my"/"cuts there"/"been cutting"/"cutting again"/"i have cuts" feel/pain/burns/razor/deep/did/hide/myself/me/lecture/instead/thigh*
"give my slot"/"give my spot"/"my slot to"/"my spot to"/"give it to somebody"/"give it to someone" living/live/life/road/"live for"/hope
~obituary/"burial suit"/"my own service"/"my casket" own/wrote/typed/picked/date/joke
texted/text/posted/message/sent goodbye/"tell my"/"take care of my"/"look after"/"love u"/"loves everybody"/"been an honor"/"im sorry" phone/voicemail/"pick up"/"picking up"/answer*/logged/off
"one more night"/"another night" cant/done/wont "im done"/sorry/anymore/over/through
"had enough of this life"/"ready to be done"/"dont want to see"/"not see another"/"not do another" winter/birthday/year/life/christmas/living/it
"after what he did"/"after what she did"/"what i did to myself"/"what he did to himself"/"what she did to herself" pills/hospital/wrists/cut/neck/lock/home
"be with my husband"/"be with my wife"/"be with him"/"be with her"/"join my brother"/"be with my baby"/"along before" soon/christmas/anniversary/saturday/sunday/tonight/promise*/waiting/"one way"
"life insurance" "no matter how"/"still pays"/"pay out if"/exclusion/"two years"/"comes out ahead"/"better off"/"uno mismo"/"se la quita"/"mano propia"
"se quiso colgar"/"se quiso matar"/"me quise matar"/"se quiso quitar"/"me quise quitar"/"intento colgarse"/"intento matarse"/"quiso ahorcarse"/"se cuelga"/"se colgo"/"me cuelgo"/"me ahorco"/"lo bajamos de"
"me mato"/"se mata"/"me voy a matar"/"se va a matar"/"me tiro al" receta/dolor/cuchillo/dan/facil/amenaza/dice/tren/fuerzas/niegan/hoy
"me tome todas"/"me las tome todas"/"se tomo todas"/"se las tomo todas"/"me tome todo el frasco"/"se tomo todo el frasco"/"tomarmelas todas"/"me las voy a tomar todas"
"dios me perdone"/"perdonenme"/"perdoname"/"perdonen todos" puedo/aguanto/llegue/voy/hijos/hacer/descanso/doler/adios/hija/intente
"hasta aqui llegue"/"hasta aqui llego"/"aqui termino"/"aqui se acaba" puedo/dios/rencores/dolor/adios/intente/vida/pregunta/cansad*
"no voy a estar"/"ya no estare"/"cuando ya no este"/"cuando yo no este"/"si ya no estoy"/"ya no la voy"/"no las voy a ocupar"/"no las voy a necesitar" hijos/perro/gracias/domingo/adios/cuiden/regale/deje/cosas/citas
"irme con"/"se quiere ir con"/"me quiero ir con"/alcanzarlo/alcanzarla/"reunirme con"/"ir con mi" viejo/difunto/difunta/diosito/"paz descanse"/cielo/murio/fallecio/tumba/acuerde
"estan los papeles"/"seguro de vida"/"papeles de la casa"/"puso la casa" despidi*/raro/miedo/cuide/soga/cuerda/pistola/callado/llorando/perdon/pronto
pastilla*/frasco*/medicinas/pildoras/morfina juntando/junte/juntado/guardadas/guardando/apartando/apartado/escondid*/sobraron/suficientes/bastantes descans*/noche/lleno/llena/listo/cajon/buro/colchon/tranquil*/consuelo/fin/adios/regalo
"pido a dios"/"pido a la virgen"/"pido a la virgencita"/"pedi a la virgencita"/"pedi a dios" recoja/lleve/amanecer/despertar/morir/amanezca
"mejor me voy"/"mejor me muero"/"mejor muerto"/"mejor muerta"/"me voy de este mundo"/"irme de este mundo"/"dejar este mundo"/"de este mundo"
"se despidio"/"se esta despidiendo"/"anda despidiendose"/despidiendose/"se despide" raro/llorando/familia/nietos/carta/perdon/vecinos/papa/mama/hijos/contesta/viaje
"sus llaves"/"las llaves"/"me dio su"/"me dio sus"/"regalo sus"/"regalo todo"/"repartio sus"/"entrego su" llorando/adios/perdon/tranquilo/callado/raro/abrazo/despid*/puerta/falta
"tengo todo listo"/"ya tengo con que"/"ya compre lo que"/"veneno comprado"/"tengo el veneno"/"lo que necesitaba en la" doler/dolor/duerman/noche/descans*/sigo/adios/nunca
~"ultimo dia"/"ultima noche"/"no pasa de" vivir/aguanto/vida/canse/dolor/adios/todo
~puente/balcon/azotea/piso paro/asomo/mirando/viendo/zapatos/regresar/rato/estacione
"deje de comer"/"dejado de comer"/"dejo de comer"/"dejo la insulina"/"deje la insulina"/"tomar la insulina"/"tirando la comida" proposito/quiere/morir/decidi*/adrede/agua/calladito/asi/acaba
"me corto"/"volvi a cortar"/"se corta"/"esta cortando"/"tengo cortadas" brazo*/pierna*/muslo*/munecas/navaja/siente/siento/ardor/misma/mismo/dolor
"cerre los ojos"/"solte el volante"/"soltar el volante"/estrellarme/"me estrello" manejando/carro/freeway/carretera/casi/pensando
"mi velorio"/"mi entierro"/"foto para mi"/"el velorio"/"lo del entierro" escogi/vestido/mensaje/pague/deje/martes/proximo/dice
"por mi propia mano"/"mano propia"/"con mis propias manos"/"por cuenta propia"
"abrir el gas"/"abri el gas"/"turn on the gas"/"turned on the gas" pense/casi/acost*/lay/lie/sleep/thought/kids/dormir
遗书/攒够/攒药/"不想拖累"/"不想再拖累"/"就到这里了"/跳下去/"走了就轻松"
유서/농약/"짐이 되고 싶지"/"약도 모아"/"약을 모아"
"viet thu de lai"/"thu de lai"/"de danh du thuoc"/"song lam gi nua"/"la ganh nang"/"thuoc bac de danh"
"sumunod kay"/"sumunod na kay"/"naipon ko"/"iinumin ko na lahat"/"tinatago nya yung mga gamot"
"bwe tout grenn"/"pran tout grenn"/"bouke ak lavi"/"mete grenn"
"partir tranquille"/"mis de cote assez"/"plus la force de vivre"/"lettre d adieu"
"deixei carta"/"guardando os comprimidos"/"por conta propria"/"separei os remedios"/"precisar de mais nada"
"горсть таблеток"/"сил жить"/"покончит с собой"/"попросил прощения"/"прощальн*"
"not safe"/"dont feel safe"/"not feel safe"/"not feeling safe"/"me siento segura"/"me siento seguro" "with myself"/"by myself"/tonight/pills/gun/pistol/sola/pastillas/pistola/"conmigo misma"/"conmigo mismo"
"dont trust myself"/"cant trust myself"/"no me tengo confianza"/"no confio en mi"/"miedo de mi misma"/"miedo de mi mismo"/"what i might do"/"what ill do to myself"
"me tiro"/"me aviento"/"me lanzo"/"me avente"/"me tire"/"me mato" puente/edificio/azotea/tren/metro/calle/carro/carros/rio/piso/estacionamiento/ventana
cut/cutting/burning/burned/cortando/quemando/"me quemo"/"me golpeo" arm/arms/leg/legs/thigh/thighs/brazo/brazos/pierna/piernas "feel something"/"on purpose"/"not an accident"/again/lighter/cigarette*/razor/"otra vez"/"se me olvida"/encendedor/navaja
"checking out early"/"check out early"/"one way ticket"/"boleto sin regreso"/"viaje sin regreso" sorry/thanks/cancel/tired/pain/slot/appointment/cita/dolor/gracias
"donde voy"/"adonde voy" falta/necesito/necesitar/duele/dolor
blow/blew/blows brains out/lobby/office/parking
~tracks/"the train" sat/stood/standing/waiting tonight/today/again/pain/by
"wish they had not found"/"wish they hadnt found"/"wish theyd found me later"/"wish nobody found"/"зря спасли"
psiquiatrico/"psych unit"/"psych ward"/"behavioral unit"/"behavioral health unit" pills/pastillas/ideas/thoughts/"what i did"/again/same
"todo el frasco"/"toda la botella"/"todos los parches"/"los parches que me quedan"/"whole bottle"/"all the patches"/"all my patches" duele/dormido/dormida/acuesto/siente/hurt/asleep/"lay down"/"lie down"
carta/letter/note "para el doctor"/"para la doctora"/"for the doctor"/"to the doctor" despues/rindo/dolor/after/gone/goodbye
撑不下去/撐不下去/"不想再看到明天"/遺書/"故意吞"/"不想再活"/自殺
"죽을 생각"/"끝내려고"/"나 없어도"/"버틸 이유"/"살고 싶지 않"
"tu cat tay"/"viet di chuc"/"khong con muon song"/"khong muon song"
"резала руки"/"резал руки"/"режу себя"/"убить себя"/"повеситься"/"повесится"
"ayoko na mabuhay"/"ayoko na po mabuhay"/"ayoko na pong mabuhay"/"ayoko na po talaga mabuhay"/"ayoko nang mabuhay"/"sinasaktan ko ang sarili"/"sinasaktan ko na naman sarili"
"fini ak lavi"/"fini ak la vi"/"bondye pran m"/"koupe tet mwen"/"touye tet"
"nao quero mais viver"/"quero morrer"/"me cortar"/"quero me matar"
"a quoi bon continuer"/"foutre en l air"/"je me coupe"/"mettre fin a mes jours"/"je ne serai plus la"
"ما عاد ابي اعيش"/"ما بدي اعيش"/"مش عايز اعيش"/"الموت ارحم"/"بجرح ايدي"/"كتبت وصيتي"
"""
