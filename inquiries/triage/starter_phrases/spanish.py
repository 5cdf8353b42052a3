# ruff: noqa: E501 one way of saying it a line, however long
"""By the phrase's label: how people say it in Spanish. How a line is read: inquiries/triage/urgency.py."""

NEWLY_ES = "desde/hoy/ayer/anoche/anteayer/antier/repente/despues/lunes/martes/miercoles/jueves/viernes/sabado/domingo/ahora/ahorita/manana/madrugada/horas/amaneci/amanecio/empezo/empeoro/peor"
LIMB_ES = (
    "pierna/piernas/pata/patas/rodilla/rodillas/pie/pies/brazo/brazos/mano/manos/dedos/tobillo/muslo/muslos"
)
PRIVATE_ES = (
    'entrepierna/entrepiernas/genital*/nalga/nalgas/gluteo*/trasero/ingle/ingles/"silla de montar"/"partes intimas"/"mis partes"/"sus partes"/"las partes"/"parte intima"'
    '/vagina/pene/ano/recto/"ahi abajo"/"alla abajo"/"de abajo"/"por abajo"/sentarme/limpiarme/limpio/limpia/pompis/pompas/cola/testicul*/perine*/"entre las piernas"'
)
URINE_ES = "orina/orinar/orine/orines/orino/orinarme/orinado/orinando/pipi/chis/mear/meo/meado/mee/vejiga/bejiga/esfinter*/chichi"
STOOL_ES = "popo/caca/defecar/obrar/evacuar/heces/excremento/intestino/intestinos/cagar/cague/cago/ensucie/ensucio/pupu"
SITE_ES = "inyeccion/inyecciones/inyectaron/inyecto/pusieron/piquete/pinchazo/pincharon/procedimiento/operacion/operaron/cirugia/herida/erida/puntos/cicatriz/cortada/epidural/bloqueo/infiltracion/infiltraron/vendaje/aguja/lugar"
PILLS_ES = "pastilla/pastillas/pastiyas/medicina/medicinas/medicamento*/medicacion/dosis/morfina/parche/parches/tramadol/oxicodona/fentanilo/metadona/metadonas/pildoras/tabletas/calmantes"

PATTERNS = {
    "Something new that may be serious": f"""
entumecid*/entumid*/hormigueo/debil*/fiebre/escalofrios/calentura/maread*/hinchad*/sangr*/torpe/temblando {NEWLY_ES}
no siento/siente/puedo/puede bano/orinar/defecar/caminar/levantarme/levantarse/pararme/pararse {NEWLY_ES}
{LIMB_ES} doblan/dobla/fuerza/responden/caigo/tiemblan
vientre/barriga/panza/estomago duro/dura/rigid*/tabla
desgarr*/rasg* dolor/espalda/pecho
""",
    "Loss of bladder or bowel control": f"""
pujar/pujo/pujando/apenas/gotas/chorrito orinar/orino/orina/pipi gotas/salen/sale/fuerza/chorrito
se me/le sale/salio/sale/escapa/escapo/salen/sali/vino/viene {URINE_ES}/{STOOL_ES}/"sin querer"/"sin sentir"/"sin darme"
perdi/perdio/pierdo/pierde/perder/perdida/perdido/"no tengo"/"sin"/"no tiene" control {URINE_ES}/{STOOL_ES}
no/ni/tampoco/sin/cuesta/dificultad/trabajo/batallo/imposible puedo/puede/aguanto/aguanta/controlo/controla/controlar/retengo/logro/pude/aguantar/retener/poder/sale/salir/me/mucho {URINE_ES}/{STOOL_ES}/"hacer del bano"/"ir al bano"
hice/hago/hizo/hace/haciendo/orine/orino/orina/mee/meo/cague/cago/ensucie/ensucio/mojo/moje/zurro encima/pantalon*/cama/ropa/sabanas/calzon*/"sin darme cuenta"/"sin darse cuenta"/sofa/panal*
cama/calzon*/panal*/sabanas mojada/moje/mojado/mojo/orine/orino/orinada/orinado
panal/panales usar/uso/poner/pongo/ponerme/ahora/necesito/necesita {NEWLY_ES}
no/sin siento/siente/senti/sentir/cuenta/doy/da/di/darme/darse ganas/cuando/vejiga/llena/orin*/popo/bano/obrar/hago/{URINE_ES}
"nada de orina"/"ni gota"/"no he orinado"/"no ha orinado"/"no hace pipi"/"no hago pipi"/"no orino"/"no orina"/"retencion de orina"/"retencion urinaria"/"no me sale nada"/"no sale nada"/"gotea orina"/"goteo de orina"/"chorrito"
incontinencia/incontinente
ereccion*/"se me para" no/perdi/sin/numb*/dormid*
"no puedo orinar"/"no puede orinar"/"no he orinado"/"no ha orinado"/"no puedo hacer pipi"/"no sale la orina"/"nomas gotas"/"solo gotas"/"puras gotas" desde/ayer/hoy/horas/noche/panza/vientre/dormid*/adormecid*
""",
    "Numbness between the legs": f"""
durmio/durmieron/dormido/dormida/adormec* pene/vagina/ingle/nalgas/"partes intimas"/"mis partes"
entumecid*/entumid*/entumecimiento/adormec*/dormid*/duerme/duermen/"no siento"/"no siente"/"sin sensibilidad"/"sin sentir"/hormigueo/muert*/anestesia* {PRIVATE_ES}
durmio/dormido/dormida/durmieron/anestesia/adormecido/adormecida/entumido/entumida ahi/sienta/"me siento"/asiento/"donde uno"/bajo/abajo/alla
no/sin/ni siento/siente/sentir/sensibilidad/sensacion/senti/sienten {PRIVATE_ES}
""",
    "New weakness or paralysis": f"""
debil/debiles/debilidad/floja/flojas/flojo/aguad*/trapo/gelatina/hilacho/fideo*/chicle/"de hule"/pesad*/tiembl*/temblor/muert*/entumid*/entumecid*/dormid* {LIMB_ES} {NEWLY_ES}/muy/mucho/caigo/caer/no/las/me/la/y/fuerza/ambas/dos/cada
debil*/floj*/aguad*/trapo/gelatina/fideo* {LIMB_ES}
no/sin/perdi/perdido/perdida/perdio/perdiendo/menos/poca/nada/falta/falto fuerza/fuerzas/sensibilidad/movimiento/control {LIMB_ES}
no siento/siente/sentir/puedo/puede/mueve/mueven/mover/muevo/responde/responden/sostiene/sostienen/aguanta/aguantan/obedece/obedecen/levanto/levanta/levantar/doblar/sirven/sirve/funcionan/funciona/reacciona* {LIMB_ES}
se/me me/le va/van/dobla/doblan/doblo/flaquea/flaquean/falla/fallan/vence/vencen/rinde/afloja/aflojan/fue/zafa/duerme/duermen {LIMB_ES}
no/sin puedo/puede/pude/pudo/poder caminar/andar/pararme/pararse/levantarme/levantarse/moverme/moverse/mover/sostenerme {NEWLY_ES}/piernas/nada/bien/solo/sola/caigo
arrastro/arrastra/arrastrando/arrastrar pie/pierna/pies/piernas
tropiezo/tropieza/tropezando/caigo/caigome/"me caigo"/"se cae" pie/pies/pierna/mucho/seguido/rato/cada/todo/punta/solo/sin
caen/cae/caigo/suelto/tiro cosas/todo/vaso/platos/taza/trastes/trastos manos/mano/dedos
no agarra/agarran/aprieta/cierra/sostiene/detiene mano/manos/dedos
no puedo/puede/alcanzo/logro abrochar*/abotonar*/escribir/agarrar/cerrar/apretar/sostener mano/manos/camisa/dedos/puno/botones/bien/nada/vaso
{LIMB_ES} "no responden"/"no responde"/"no me responden"/"sin fuerza"/"sin fuerzas"/"no sirven"
"medio cuerpo"/"mitad del cuerpo"/"un lado"/"lado izquierdo"/"lado derecho"/"lado del cuerpo" dormid*/debil*/no/muert*/entum*/paraliz*/siento/muevo/mueve/adormec*
descarga*/toques/corriente*/corrientazo*/calambrazo* cuello/nuca/columna/espalda agach*/doblo/bajo/bajar/cabeza/pies/brazos/piernas/mover
camino/camina/caminando/caminar borracho/borracha/chueco/tambale*/"de lado"/mareado/desequilibr*
perdi/pierdo/pierde/sin equilibrio
paraliz*/paralisis/paralitic* hoy/ayer/repente/desde/amanecio/amaneci/ahora/ahorita/noche pierna*/brazo*/mano*/lado/cuerpo/cara/pie/pies/mover/mueve
"no puede cerrar"/"no puedo cerrar"/"no puede agarrar"/"no puedo agarrar"/"no puede sostener"/"se le caen las cosas"/"se me caen las cosas" mano/manos/cuchara/dedos/puno/vaso/desde/cayo/cai/cuello
""",
    "Signs of infection after a procedure": f"""
fiebre/escalofrios/calentura/temperatura/temblor/temblores/temblando/sudores inyeccion/{SITE_ES}/espalda/dias/dia/noche/noches/grados
fiebre/calentura/temperatura/temp 38*/39*/40*/41*/100*/101*/102*/103*/104*/alta/mucha/baja/quita
pus/pues/absceso/supura*/materia/postema/agua/liquido/aguita/sangre sale/saliendo/sali/tira/tirando/echa/echando/bota/botando/supurando/chorrea/escurre {SITE_ES}/espalda/amarill*/verde/mal
pus/supura*/absceso/infectad*/infeccion {SITE_ES}
pus/supurando/supura
herida/puntos/cicatriz/cortada/operacion/cirugia huele/apesta/hiede/olor/abrio/abierta/abriendo/abrieron/abierto/reventaron/solto/soltaron/soltaro
roj*/colorad*/moretead*/enrojecid*/hinchad*/inflamad*/inchad* caliente/calient*/hinchad*/inchad*/inflamad*/dura/bola/crece/creciendo/duele/arde/late {SITE_ES}
bola/bolita/bulto/hinchazon/inflamacion {SITE_ES} crece/creciendo/caliente/roj*/duele/grande/dura/fiebre/dia
cuello/nuca ties*/rigid*/dur* fiebre/cabeza/luz/mover/doblar/puedo/vomit*
""",
    "Chest pain or trouble breathing": """
dolor/duele/presion/opresion/aprieta/apretad*/apreton/punzada*/pesad*/ardor/arde/oprim*/dolores/dolio pecho/pechos
pecho duele/doliendo/aprieta/presion/opresion/apretado/piedra/cierra/oprim*/pesa/pesado/quema
"brazo izquierdo"/quijada/mandibula duele/dolor/dormid*/entum*/pecho
falta/faltando/sin/falto/cuesta/trabajo/dificultad/agita*/corto/batallo/poco aire/respirar/respiracion/respiro/aliento/resuello/oxigeno
ahoga/ahogo/ahogando/asfixi*/sofoc*/"me ahogo"/"se ahoga"/"silba el pecho"/"le silba"
no puedo/puede/alcanzo/logra/logro/aguanto respirar/aire/"jalar aire"/"tomar aire"/"respirar bien"/aliento
cuesta respirar/aire
infarto/"ataque al corazon"/"ataque de corazon" dando/creo/tengo/siento/parece/puede/hoy/como/pecho
corazon late/latiendo/acelerad*/palpit*/brinca*/rapido/salta/fuerte/duele/"se me sale"/fallando
palpitaciones/taquicardia
labios/dedos/unas/cara morad*/azul*
"no puedo respirar"/"no puede respirar"/"falta el aire"/"falta aire"/"sin aire"/"no me entra el aire"/"no agarro aire"/"no agarra aire"/"me ahogo"/"se ahoga"/"jalar aire"/"me falta la respiracion" hoy/pecho/duele/dolor/desde/operaron/cirugia/pantorrilla/ahorita/bien/noche/ayer
""",
    "Signs of a stroke": f"""
cara/boca/labio/labios/parpado/ojo/cachete caid*/torcid*/chuec*/ladead*/desviad*/dormid*/jalad*/paraliz*/cae/cayo/lado/cuelga/colgad*/"de lado"/virad*/vir*
chueco/chueca/torcio/"se le fue"/jalo/ladeo/viro/desvio boca/cara/labio
"derrame cerebral"/derrame/embolia/"le dio un aire"/"ataque cerebral"
hablo/habla/hablar/hablando/palabras/lengua rar*/enred*/trab*/arrastr*/borracho/borracha/pastos*/mal/lento/entiend*/"no me salen"/"no le salen"/salen/chistos*/mocho/pesada/incoheren*
no puedo/puede/salen/entiendo/entiende/entendemos/sale/sabe hablar/habla/palabras/"lo que dice"/decir/hablando
vista/ver/veo/ve/vision/ojo/ojos borros*/doble/nublad*/perdi/perdio/perdida/negr*/oscur*/"de repente"/ciego/ciega/manchas {NEWLY_ES}/un/no/casi/nada/todo/lado/repente/de
"veo doble"/"ve doble"/"no veo nada"/"no ve nada"/"perdi la vista"/"perdio la vista"/"deje de ver"/"dejo de ver"/"no veo de"/"no veo con"
boca/cara/labio chueca/chueco/torcida/torcido/"de lado"/ladeada/caida/"se le cayo"
"no le entiendo"/"no se le entiende"/"no se entiende"/"habla raro"/"hablando raro"/"habla enredado"/"arrastra las palabras"/"lengua trabada"/"no puede hablar" amanecio/desde/hoy/mano/brazo/boca/cara/ojo/pierna/lado/rato
arrastra/arrastrando/cuelga/colgando mano/brazo/pierna/pie amanecio/hoy/repente/desde/boca/cara/derecha/izquierda
""",
    "Swelling or allergic reaction": """
garganta/lengua/labios/cara/ojos/boca/parpados hinch*/inch*/inflam*/cierr*/cerr*/apriet*/pica/picazon/gord*
ronchas/urticaria/sarpullido/salpullido/"reaccion alergica"/alergia/granitos cuerpo/todo/toda/inyeccion/medicina/cara/contraste/salio/salieron/hinch*/pica/reaccion/despues/desde
no/cuesta/duele puedo/puede/trabajo/mucho/al tragar/pasar
""",
    "Too much medicine": f"""
sobredosis
nene/nena/nino/nina/bebe/hijo/hija/nieto/nieta/perro comio/trago/tomo/agarro/chupo pastilla*/pastiya*/medicina*/parche/oxicodona
demasiad*/muchas/muchos/todas/doble/"de mas"/"de sobra"/"un monton"/varias/"un chorro"/bote/frasco/equivoc*/error {PILLS_ES} tome/tomo/tomado/tomaron/tomar/dio/di/mareado/mareada/sueno/dormid*/error/accidente/reacciona/vomit*
tome/tomo/tomado/di/dio doble/demasiad*/muchas/todas/dos/tres/cuatro/cinco/equivocad*/"de mas"/"por error"/"por equivocacion" {PILLS_ES}
no despierta/despertar/reacciona/responde/despierto/abre/contesta bien/nada/no/pastillas/ojos/esta/muy/mi/lo/se/la/cuesta/puedo/podemos/parche/medicina/desde/casi
"no despierta"/"no reacciona"/"no responde"/"no lo puedo despertar"/"no la puedo despertar"/"cuesta despertar"/"no se despierta"/"no puedo despertar"
dormid*/adormilad*/atontad*/somnolient*/ido/ida/sueno/drogad*/atarantad*/perdid* {PILLS_ES}/demasiado/despertar
{PILLS_ES} acab*/termin*/"sin mi"/falta/deje/suspend*/quede tembl*/sudor*/sudando/vomit*/ansias/abstinencia/enferm*/diarrea/escalofrios
abstinencia/malilla
bomba/aparat*/estimulador/neuroestimulador pita/pitando/chill*/suena/sonando/alarma/toques/descargas/"no se apaga"/quema*/"dejo de"/apago/fallando/corriente
cable/alambre/bateria/aparat* piel/asoma/sale/salio/fuera/roj*
presion/tension 18*/19*/20*/21*/22*/23*/24*
sin oxicodona/morfina/metadona/tramadol/fentanilo/parche/parches/pastillas tembl*/vomit*/sudor*/sudando/diarrea/ansias
azucar/glucosa/glucometro 3*/4*/5*/alta/altisima/disparad*/subio/nubes/cielo/"no baja"/"no me baja" {SITE_ES}/cortisona/esteroide*/desde/despues/muy/300*/400*/500*/4*/5*/3*/baja
pastilla*/pildora*/tylenol/parche*/tramadol/medicina* "como 10"/"como 12"/"como 15"/"como 20"/"como 25"/"como 30"/quince/veinte/treinta/"todo el frasco"/"el frasco entero"/"un monton"/"un chorro" tome/tomo/tomado/trago/trague
"no despierta"/"no se despierta"/"no la puedo despertar"/"no lo puedo despertar"/"no responde"/"casi no respira"/"ronca raro"/"labios morados" parche/pastilla*/morfina/medicina*/bomba/fentanilo/desde/hoy/respira
pastilla*/pildora*/oxicodona puno/punado/monton/bonche/bastantes tomo/tome/trago/trague
"respira despacito"/"respira bien despacito"/"respira lento"/"respira poquito"/"respirando lento" pastilla*/dormid*/medicina*/desde/despierta/parche
""",
    "Fainting or a seizure": """
desmay*/desvanec*/"perdi el conocimiento"/"perdio el conocimiento"/"perdi el sentido"/"perdio el sentido"/inconsciente/privo/"se privo"/"quedo ido"
convuls*/"ataque epileptico"/"le dio un ataque"/"le dan ataques"/epilep*
confundid*/desorientad*/perdid*/delir*/alucin*/incoheren*/"no sabe donde"/"no sabe quien"/"no me reconoce"/"no nos reconoce"/"no reconoce"/"no sabe que dia"/"dice cosas raras"/"no coordina"/"ve cosas"/"habla incoherencias" mama/papa/esposo/esposa/abuel*/fiebre/desde/hoy/ayer/anoche/ella/medicina
""",
    "Bleeding": """
sangr*/sangre/sangra/sangrando mucho/mucha/para/parar/deja/chorro*/vendaje/gasa/detiene/empapad*/no/corta/cesa
vomit*/tos/tosi*/tose/escup*/devolv*/guacare* sangre/negro/cafe/sangriento
"hago del bano"/"fui al bano"/"del bano" negr*/sangre/roj*
popo/caca/heces/hez/excremento/evacuacion*/obro/obrando/pupu/cacas/defeco negr*/sangre/alquitran/sangrient*/roj*
""",
    "A blood clot": """
pantorrilla/pierna/chamorro/batata/muslo/tobillo hinch*/inch*/inflam*/gord*/doble calient*/roj*/duele/dolor/morad*/dur*/una/operacion/cirugia/desde/sola/sola/tensa/respirar
coagulo/trombosis/trombo tengo/creo/pierna/puede/tenga/sera/miedo/pulmon
""",
    "A fall or accident just now": """
"no se mueve"/"no se puede mover"/"no mueve" cintura/piernas/callo/cayo/mama/papa
"cintura para abajo"/"cintura pa abajo"/"cintura pa bajo"/"cintura abajo"/"de la cintura" no/siento/siente/mueve/dormid*/muert*/entum*
"no se puede levantar"/"no se puede parar"/"no me puedo levantar"/"no puede levantarse"/"no me puedo mover"/"no se puede mover"/"no me puedo parar"
caida/cai/cayo/accidente/resbale/resbalo/choque/choco/chocaron/chocamos/tropece/golpe/golpeo/golpie/atropell* "no puedo"/"no puede"/"no se puede"/"no se mueve"/"no se levanta"/"no la podemos"/"no lo podemos"/"no pude"/"no podia"/hoy/ayer/anoche/manana/rato/horas/hora/recien/ahorita/grita/gritando/llora/llorando/cabeza/tron*/trueno/crujio/insoportable/fuerte/terrible/caminar/levantar/escalera/escaleras/dormid*/mueve/fuertisimo
tron*/crac/crack/crujio/crujido/trueno/sono espalda/columna/cadera/cuello/hueso/algo "no puedo"/"no puede"/dolor/duele/mover/desde/cai/levant*/moverme
golpe/golpeo/pego/pegue/golpie cabeza cayo/cai/vomit*/mareado/mareada/sueno/confund*/hoy/ayer/fuerte/suelo
quebr*/rompi/rompio/fractur* cadera/espalda/columna/cuello/hueso/vertebra hoy/ayer/anoche/creo/cai/cayo/manana
""",
    "Headache after a spinal procedure": """
"dolor de cabeza"/jaqueca/migrana/cabeza epidural/puncion/raquea/inyeccion/inyectaron/procedimiento/"me siento"/sentarme/pararme/paro/levanto/levantarme/acuesto/acostad*/peor/explota/explotar/reventar/revienta/estalla/estallar/insoportable/repente/tieso/luz/fiebre/vomit*/"de mi vida"/fuertisimo/fortisimo
""",
    "Cancer with new back pain": """
~bajado/perdido/baje/perdi/adelgac*/adelgaz* libras/kilos/peso espalda/columna/huesos noche/noches/dieta/apetito
cancer/tumor/metastasis/quimio* espalda/columna/piernas/pierna/dolor nuev*/fuerte/peor/noche*/debil*/no/dormid*/repente/caminar
""",
    "A child may have taken medicine": """
bebe/nene/nena/nino/nina/nieto/nieta/hijo/hija/chiquito/chiquita/sobrino/sobrina trago/comio/agarro/tomo/chupo/metio/mastico pastilla*/parche*/medicina*/pildora*/frasco/tramadol/gabapentina
""",
}
