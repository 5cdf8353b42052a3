# ruff: noqa: E501 one way of saying it a line, in any alphabet
"""Words of danger in Portuguese, Haitian Creole, French, Vietnamese, Chinese, Russian, Tagalog,
Arabic, Korean, German and Polish.

They only put a message on top: nobody here can tell how well they fit.
"""

LABEL = "Danger in another language"
PATTERNS = """
"nao consigo fazer xixi"/"nao consigo urinar"/"nao consigo respirar"/"falta de ar"/"dor no peito"/"boca torta"/"fala enrolada"/desmaiou/convuls*
dormente/dormencia/formigamento bumbum/virilha/partes/"entre as pernas"/gotas/xixi/urina
febre/calafrio* injecao/cirurgia/pus/ferida/incisao/tremendo
pernas/perna/braco/mao "nao consigo mexer"/"nao mexe"/"sem forca"/"perdi a forca"/paralis* ontem/hoje/desde/manha
"bouch li kwochi"/"bouch mwen kwochi"/"pa ka respire"/"pa ka pipi"/"pa ka pise"/"pa ka leve bra"/"pa ka kanpe"/"pa ka mache"/"pawol li pa kle"/"san ap koule"/"doule nan pwatrin"/endispoze
lafyev/fyev piki/operasyon/tranble/do/gwo
"mal a respirer"/"du mal a respirer"/"peux plus respirer"/"peux plus uriner"/"peux pas uriner"/"bouche de travers"/"perdu connaissance"/"douleur a la poitrine"/"douleur dans la poitrine"/"ne sent plus ses jambes"/"sens plus mes jambes"
fievre/frissons infiltration/injection/operation/cicatrice/pus
"khong di tieu duoc"/"khong tieu duoc"/"kho tho"/"dau nguc"/"meo mieng"/"mieng meo"/"co giat"/"ngat xiu"/"noi kho"/"noi ngong"
te/yeu/liet mong/"hai chan"/"nua nguoi"/"tay chan"/"ben trai"/"ben phai" hom/tu/sang/han/qua
sot/"chay mu"/"lanh run" mo/tiem/38/39/40/mu
嘴巴歪/嘴歪/脸歪/没力气/没有力气/无力/说话不清/说不清楚/胸痛/胸口痛/喘不过气/呼吸困难/失禁/尿不出/小便不出/昏倒/晕倒/抽搐/吐血/瘫痪/叫不醒
麻木/发麻 突然/今天/昨天/屁股/会阴/大腿
发烧/高烧/发抖 打针/手术/伤口/化脓
перекос*/задыха*/"не может дышать"/"не могу дышать"/"боль в груди"/"губы синие"/"не просыпается"/"почти не просыпается"/"не могу помочиться"/"не может помочиться"/недержани*/судорог*/"потерял сознание"/"потеряла сознание"/парализ*/"не чувствую ног"
рука/нога/ноги/руки висит/отнял*/"не двигается"/"не слушается"/онемел* сегодня/утром/вчера/внезапно/проснул*/рот/говорит
температура/озноб/гной укол*/операци*/шов/39/40
речь/говорит непонятно/невнятно
"hindi makahinga"/"hirap huminga"/"hindi makaihi"/"hindi maka ihi"/"masakit ang dibdib"/"tabingi ang bibig"/tumabingi/hinimatay/"hindi maigalaw"/"di maigalaw"/"bulol magsalita"/kombulsyon
manhid puwit/singit/binti/paa/kalahati bigla/kagabi/kanina/umaga/ihi
nilalagnat/lagnat tusok/opera/sugat/nana/nanginginig
"за грудиной"/"холодный пот"/"отдает в руку"/"отдает в левую"
"ne tient plus debout"/"jambes molles"/"ne sent plus"/"sent plus quand"/"sueurs froides"
"hirap na hirap"/nangingitim/"hirap siyang huminga"/"nahihirapang huminga"/"hindi na sumasagot"
"لا يستطيع تحريك"/"فمه مائل"/"كلامه غير مفهوم"/"ضيق تنفس"/"الم في الصدر"/"شلل"
"لا استطيع التنفس"/"لا يستطيع التنفس"/"الم في صدري"/"الم شديد في الصدر"/"لا استطيع التبول"/"لا احس برجلي"/"لا استطيع تحريك"
"숨을 못"/"숨이 안"/"숨쉬기 힘"/"가슴이 아"/"가슴 통증"/"소변이 안"/"소변을 못"/"다리에 힘이 없"/"다리에 감각이 없"/"입이 돌아"
"keine luft"/"bekomme keine luft"/atemnot/brustschmerz*/"schmerzen in der brust"/"kann nicht mehr pinkeln"/"kann nicht mehr wasser lassen"/"beine sind taub"/"spure meine beine nicht"/schlaganfall
"nie moge oddychac"/dusznosc*/"bol w klatce"/"nie moge oddac moczu"/"nie czuje nog"/udar
"腿 没有 知觉"/没有知觉/没知觉/不能动了/动不了/嘴唇发紫
"douleur thoracique"/"n arrive plus a uriner"/"arrive plus a uriner"/"n arrive pas a respirer"/"arrive pas a respirer"
"""
