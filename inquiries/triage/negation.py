"""What takes a warning phrase back: a denial, the past, a question about risks, a figure of speech.

All texts are plain: lower case, without accents and apostrophes.
"""

import re

DENIES = set("no not without denies deny denied never none nor neither sin ni nunca niega tampoco".split())  # noqa: SIM905
DENIES |= {"dont", "doesnt", "isnt", "havent", "hasnt", "didnt", "wasnt"}
# After one of these something new is said, and what was denied before it no longer counts.
BREAKS = set("i im ive my mi his her we it now then since because when ahora desde".split())  # noqa: SIM905

# The past and the merely possible count for the part of a sentence that they stand in.
SEGMENT = re.compile(r",|\band\b|\by\b")


def any_of(expressions):
    """A pattern that finds any of the expressions, one a line, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(expressions.strip().splitlines())})\b")


# Figures of speech, and what takes nothing back.
SAYS_LITTLE = any_of(r"""
numb (?:to|with)
(?:about|bout|nearly|almost|practically) had a (?:heart attack|stroke)
heart attack when
(?:give|gives|giving) me a (?:stroke|heart attack)
faint at (?:needles|blood)
thought i was dying
gave me a heart attack
(?:back|me|given me) the will to live
chok(?:e|ing) (?:me|us) with
pass out terrified
(?:make|makes|made|making) (?:a|an|my|his|her|their|your) (?:honest )?living
(?:put|sign|mark|pencil) me down
(?:phone|cell|mobile|fax|new|case|claim|authorization|account|policy|member|room|contact) numbers?
(?:hay|cabin|yellow|scarlet|rheumatic) fever
fever (?:blister|dream)
hot and cold (?:about|on)
strokes? of luck
(?:golf|swim|brush) strokes?
(?:nearly|almost|practically) (?:died|fainted|choked) (?:at|of|from|laughing)
cant wait
see you
done with (?:shots|injections|therapy|forms|the \w+)
(?:done|through) w(?:ith)? (?:u|you|your|ur) (?:people|guys|place|office|clinic)
hasta aqui lleg(?:o|ue|amos) con ustedes
confused (?:about|by|on)
suicide prevention
weak (?:signal|coffee|tea|connection)
passed out (?:\w+ )?(?:flyers|cards|candy)
die my hair
gave me a stroke
stroke (?:rehab|alerts?|codes?)
heart attack (?:waiting|of a)
feverishly
suicide squeeze
(?:low(?: grade|-grade)? |slight |mild )?(?:fever|temp|temperature)(?: of| is| was| at)? (?:99|37)(?:\.\d)?
(?:99|37)\.\d(?: de)? (?:fever|temp|temperature|temperatura|fiebre|calentura)
(?:fiebre|temperatura|calentura) (?:de )?37(?:\.\d)?
shoot me an? (?:email|text|message|note|call|line)
shoot me the
pee (?:on command|in (?:a|the|your) cup)
orinar (?:para?|pa) la (?:prueba|muestra)
no (?:me )?abr\w+ (?:el|la|mi) (?:link|liga|enlace|archivo|portal|correo|puerta|pagina)
(?<!year )(?<!yr )old (?:stroke|heart attack|numbness|weakness)
afebrile
call(?:ing|ed)? it quits
tricare for life
(?:me|nos) van? a matar
end (?:it|this|these)(?: all)?(?=.{0,60}\b(?:unsubscri|newsletter|subscription|emails?\b|texts?\b|reminder))
(?:acabar|terminar) con esto(?=.{0,60}\b(?:mensajes|correos|suscripcion|publicidad|llamadas))
cant (?:walk|stand|sit) (?:(?:very|too) )?(?:well|far|much|long)(?=.{0,40}\b(?:week|month|year))
cannot (?:walk|stand|sit) (?:(?:very|too) )?(?:well|far|much|long)(?=.{0,40}\b(?:week|month|year))
no pued[eo] caminar (?:muy )?(?:bien|mucho|lejos)(?=.{0,40}\b(?:semana|mes|ano))
cant (?:do|take|stand|deal with) (?:this|it|these|that) (?:any ?more |again )?with (?:the|your|my|this|these)
want to be (?:here )?on (?:the|your|this|that)
paralyzed with
perdi de vista
makes me want to jump
blackout at
seizure (?:meds|medicine|medication)
suicidal to
dying to
muero (?:por|de (?:ganas|hambre|risa))
not sure
(?:dont|not) know(?! when| where| that| i | it | what day| who)
dont want to (?:bother|disturb)
(?:is )?not an emergency
not only
no se si
si no (?:me|nos|le) (?:dan?|ayudan?|quitan?|contestan?|hacen?|atienden?)
no quiero molestar
no es (?:una )?emergencia
""")

LONG_AGO = any_of(r"""
(?:19|20)\d\d
years? ago
(?:nineties|eighties|seventies|sixties)
(?:when i was|as) a (?:\w+ )?(?:boy|girl|kid|child|teen\w*)
at age \w+
at \d+ (?:yrs?|years?) old
if (?:\w+ ){0,4}ever
what happens if
if i (?:get(?! up| out)|had|develop|were)
if (?:it|my \w+) (?:gets?|becomes?)
is it (?:true|possible)
true that (?:you|one|it)
reasons? to
(?:leaflet|handout|brochure|sheet|website) (?:lists?|says|mentions)
will (?:i|my \w+|it) (?:be|have|get|feel|leak)
does (?:the|this|a|your) (?:block|ablation|injection|shot|steroid|stimulator|procedure|epidural)
do (?:patients|people) (?:\w+ ){0,4}ever
(?:like to|want to|should i) (?:know|watch|look)
just thinking about
(?:cuando era|de) (?:chiquit[ao]|chic[ao]|nin[ao]|muchach[ao]|joven)
eso ya no cambio
(?:wore|wears) off
(?:was|is) gone by
(?:for|since) (?:\w+ )?y(?:ea)?rs
last (?:month|year|winter|summer)
(?:back in|en el) (?:[6-9]\d|0\d)
recovered (?:fully|completely)
(?:can|could|will|would|does|might|is) (?:\w+ ){0,4}(?:cause|make|leave|lead to|common)
how (?:often|common)
(?:odds|chances?|percent\w*) of
will that happen
(?:friend|neighbor|coworker) \w+ (?:had|got|says)
(?:temperature|temp|wound|incision) (?:is|was|looks) (?:\w+ )?(?:normal|fine|dry|good)
(?:bladder|bowels?|everything) (?:is|are|was) (?:\w+ )?(?:normal|fine|good)
(?:died|passed away|murio)
(?:cleared up|was treated|resolved)
side effects?
risks?
warning signs?
stable
family history
(?:desde )?hace (?:\w+ )?anos
desde (?:nin[ao]|chic[ao]|siempre|la polio)
ano pasado
riesgos?
efectos? secundarios?
pueden? (?:causar|dejar|provocar|dar|salir)
si (?:me|le) da
es (?:cierto|verdad) que
deja (?:debil|dormid\w)
ya no tengo
(?:se puede|pued[oe]) quedar
es comun
""")

# What somebody read or asks about in general, wherever in the sentence it is said.
IN_GENERAL = any_of(r"""
(?:i|we) (?:read|saw|heard)
read (?:on|in|online|about|that|somewhere)
reading (?:up|about|that)
(?:pamphlet|handout|newsletter|article|magazine|brochure|leaflet|booklet|website|web page|quiz)
(?:tiktok|youtube|webmd|mayo|aarp)
(?:consent|the) form (?:lists?|says|mentions|asks)
(?:paper|papers|sheet|packet|instructions) says?
(?:papel|papelito|hoja|hojita) (?:dice|decia)
in general
podcast
blog(?: post)?
red flags?
(?:asked|told|said) (?:me |us )?to (?:watch|look out) for
what (?:to watch|counts|exactly)
runs in (?:my|the|our) family
(?:writing|write) (?:a |an |my |our )?(?:\w+ )?(?:paper|article|thesis|essay)
(?:hiring|looking for work|catalog|percent off|your staff|free class)
(?:is|are) (?:a |an )?\w+ possible
can (?:you|u|one|someone|a person|people) (?:overdose|die|get|become)
en (?:mi|la|nuestra) familia (?:hay|hubo)
(?:folleto|revista|articulo|pagina|lei (?:en|que|sobre))
""")

# What takes back even thoughts of suicide: an event that is over, a question of a form.
OVER = any_of(r"""
(?:nurse|form|questionnaire|survey|line|sheet|doctor) (?:\w+ )?ask(?:s|ed) (?:me )?(?:if|whether|about)
(?<!since )(?<!desde )(?:19|20)\d\d
por que (?:me )?preguntan? si
(?:\d+|\w+ty|ten|several|many) years? ago
(?:decades|ages) ago
hace (?:\d+|muchos|varios) anos
in my (?:teens|twenties|thirties)
""")

# What has been so for long, wherever in the sentence it is said.
CHRONIC = any_of(r"""
nothing new
since (?:i was|childhood|birth)
all my life
been \w+ ever since
(?:my|her|his) (?:normal|baseline)
normal for (?:me|him|her)
desde entonces
no changes?
unchanged
same as (?:always|usual|ever)
(?:had|have had) (?:it|this|that|them) for (?:\w+ ){0,2}years
sin cambios?
como siempre
de nacimiento
""")

# This is not the past, whatever else is said.
ACUTE = any_of(r"""
now
today
tonight
yesterday
sudden\w*
(?<!nothing )new
worse
this (?:morning|week)
last night
hoy
ayer
ahora
repente
""")
