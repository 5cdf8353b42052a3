"""Words by which spam is told from patients. Kept here, not in the admin: a wrong rule pushes people down.

Each line is an expression, of whole words in lower case: text is made so before (a third of the cost).
"""

import re


def any_of(expressions):
    """Finds any of the expressions, one a line, as whole words of a text in lower case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions.strip().splitlines())})(?!\w)")


# What nobody writes who wants to be treated: one of these is enough.
SALES = any_of(r"""
(?:first|1st|top) page of google
rank\w* (?:#? ?\d|on|in|higher on) (?:\w+ )?google
not (?:ranking|found) (?:on|in) google
(?:on-?page |critical )?seo (?:services?|compan\w+|agency|audit|experts?|rankings?|report|issues|factors)
search engine optimi[sz]ation
(?:free )?back ?links?
do-?follow
(?:guest|sponsored) (?:posts?|blog\w*|articles?)
link building
(?:re)?design (?:of )?your (?:web ?)?site
(?:web|app) (?:design|development) (?:services?|company|agency)
your (?:web ?)?site'?s? (?:\w+ ){0,3}(?:rank\w*|traffic|seo|conversions?|errors?|design|speed|hacked)
errors on your (?:web ?)?site
web ?site traffic
more (?:web ?traffic|visitors|qualified leads|patients for your|customers for your)
(?:you (?:need|want)|get|attract|(?:bring|send) you) (?:\w+ )?more (?:new )?(?:patients|clients|leads)
(?:generate|exclusive|qualified|fresh|captur\w+) (?:\w+ )?leads
leads? generation
explainer videos?
(?:instagram|tiktok|youtube|facebook) (?:followers|following|likes|subscribers)
buy (?:real )?(?:followers|likes|reviews)
(?:five|5)[- ]star reviews
your (?:business )?listing (?:expires|has not|is not)
e-?mail (?:list|database)s?
database of (?:\d+ )?(?:million )?(?:doctors|physicians|clinics)
outsourc\w+ your
(?:medical )?billing services? at
credentialing included
virtual assistants? (?:services?|for your)
(?:business|working capital|startup) (?:loans?|funding|proposal|cash)
funding (?:up to|for your business)
merchant cash
cash advance
no credit check
(?:payday|instant) (?:loans?|business)
trading (?:bot|platform|signals?)
earn (?:\w+ )?(?:\$ ?[\d,]+|[\d,]+ ?\$|daily profit)
passive income
investment opportunit\w+
minimum deposit
(?:hot|lonely|sexy|horny) (?:girls?|wom[ae]n|singles|dating)
(?:my|nude|private) (?:photos|pics) here
replica (?:rolex|watch\w*|bags?)
rolex (?:replica|cop(?:y|ies))s?
(?:online|win|play) (?:\w+ )?(?:casino|pharmacy|betting|jackpot)
promo code
(?:cheap|buy) (?:meds|pills)
(?:cheap|buy|get|order) (?:viagra|cialis)
(?:viagra|cialis|levitra|kamagra) (?:\w+ ){0,2}(?:viagra|cialis|levitra|kamagra|online|gel)
(?:no|without) (?:a )?prescription (?:needed|required|discreet|shipping)
discreet shipping
ohne rezept
(?:your )?domain (?:name )?(?:expires|is expiring|renewal|for sale)
your (?:e-?)?mail ?box is (?:almost )?full
verify your (?:account|mailbox)
(?:using|used) my images without
(?:at )?factory price
order in bulk
private label
do you ship to
(?:bonus|win big) \d+ ?%?
doctors do(?:n't| not) want you to know
dear (?:business owner|webmaster|website owner|site owner|friend i am)
hello web ?(?:admin|master)
i am a prince
limited (?:time )?offer
(?:claim|won|win) (?:\w+ ){0,4}(?:prize|gift card|jackpot)
million (?:usd|us dollars|dollars|euros?)
(?:btc|usdt)
installed (?:malware|a (?:virus|trojan))
your databases?
(?:pre[êe]t|cr[ée]dit) entre particuliers
dinheiro em casa
gan[ae] dinero
(?:купить|продвижени\w*|раскрутк\w*|казино|диплом\w*|заработ\w*|реклам\w*|продам|рассылк\w*|клиент\w*)
""")
SALES_UNSPACED = re.compile("排名|推广|代开发票|博彩|引流|网站建设|优化|加微信")
# What patients may speak of too. One alone is nothing; with a link, or with others, it is.
DOUBTFUL = any_of(r"""
viagra
cialis
casino
(?:play|best) slots?
slot machines?
betting
bitcoin
crypto\w*
criptomonedas?
forex
escorts?
porn\w*
dating site
hookup
seo
rank higher
web ?traffic
inheritance
prince
lottery
gummies
free (?:trial|audit|quote|demo)
(?:schedule|book) a (?:demo|call)
telegram
affordable price
\d+ ?% (?:off|discount)
today only
business proposal
next of kin
click here
(?:buy|order|act|apply|call us) now
unsubscribe
make money
make (?:\w+ )?(?:\$ ?[\d,]+|[\d,]+ ?\$)
bad credit
ganar dinero
your google (?:business|maps?) (?:\w+ )?(?:listing|profile|page)
thousand (?:usd|us dollars|dollars|euros?)
quick cash
accept credit cards?
conversions?
partnership
t\.me
bit\.ly
tinyurl
calendly\.com
""")

# What somebody speaks of who has something to sell, a subject in each paragraph. Several in one message, and
# nothing that a patient speaks of, make an offer.
TRADE = r"""
your (?:web ?)?site | your homepage | your business | your practice | your compan\w+ | your brand
your online presence | your domain | your reputation | your products? | practices like yours
clinic owners? | your visitors | per employee | your (?:paypal|account|trademark|ssl|certificate)
your country

we(?: are|'re)? (?:offer(?:ing)?|translate|convert|print|buy used|book|can add|provide|supply|build)
we (?:speciali[sz]e|help|create|design|deliver|manufacture|can help)
we are (?:an? )?(?:\w+ ){0,3}(?:accountants|compan\w+|agency|manufacturer|supplier|team|firm)
our (?:agency|team|services?|compan\w+|plugin|platform|software|investors|experts?|products?|clients?)
i represent an? | i(?:'m| am) an? (?:\w+ ){0,2}(?:developer|designer|marketer|freelancer) | my company
a team that | i can (?:add|provide|offer|build|help your) | let us handle
hire (?:a |full[- ]time |part[- ]time )?\w+ | do you accept (?:article|guest|content)\w* | exchange links

clients? | customers | (?:verified |pay per )?leads?(?! to) | traffic | visitors | sales | revenue | roi
growth | grow your \w+ | bookings | outreach | directories | conversions? | collections

starting at \$ ?\d+ | only \$ ?\d+ | \$ ?\d[\d,.]* (?:a|per) (?:month|day|week|hour) | pricing
price list | discount | cheap\w* | wholesale | rate card | (?:cheap|competitive|low) rates?
processing fees? | save (?:up to )?\d+ ?% | percentage fee | no upfront cost | at no cost | no-cost
free estimate | first month free | factory | oem | catalog\w* | moq | fob | bulk | lowest price
best price | no setup fee | \d+(?:\.\d+)? ?% | (?:at|for|from|only|just) \$ ?\d[\d,.]*
free (?:\w+ )?(?:shipping|sample\w*|quote|trial|demo|consultation|report|articles?)

digital | marketing | seo | google maps | social media | instagram | advertis\w+ | sponsored | branding
logo | flyers | outrank\w* | your competitors | rank\w* | (?:facebook|google) ads | domain authority
linkedin | posts? | content | your blog

wordpress | plug-?in | web ?sites? for | app | chat ?bots? | a\.?i\.? (?:chat|agent|assistant|tool)\w*
animations? | software | automation | videos? for | web ?sites? work | freelance\w* | developer
mobile apps? | site loads | data entry | pdf | ai receptionist | ssl

suppl(?:y|ier|iers) | manufacturers? | distribut\w+ | procurement | export\w* | equipment | implants in
ppe | products? | units | outlet | toner | printer | business cards | brochures
used (?:medical )?equipment | cleaning services | maintenance | inspection

loans? | credit | line of credit | pre-approved | refinanc\w+ | mortgage | interest (?:in|rate)
real estate | grants? | refunds? | funding | financ\w+ | invest\w* | profits? | deposit | capital
tax(?:es)? | payroll | bookkeeping | accountants? | insurance leads

prize | gift card | congratulations | selected | winner | jackpot | usd | donate | charity | beneficiary
widow | refugees | donations? | presale | bonus | odds | sign up

(?:are you )?interested(?=\?) | reply (?:yes|to this|with|for) | kindly reply
let me know if you are interested | when can we talk | shall i send | can i send | portfolio | proposal
collaborat\w+ | schedule a call | book a call | message me on | whatsapp \+ | contact (?:sales|us)
our website | opt out | join our | dm for | quick (?:chat|call|note) | open to a

staffing | recruit\w* | nurses available | pre-vetted | outsourc\w+
remote (?:medical )?(?:billing|scribes?|staff) | virtual | transcription

sued | lawsuit | compliance statement | ada complian\w+ | final notice | expires today | has been hacked
hackers? | stolen

sell your (?:practice|clinic) | buy your (?:practice|clinic) | pain clinics | medical practices
for doctors | for clinics | small business(?:es)? owners? | serving | businesses

try it free | lost \d+ (?:lbs|pounds|kilos) | weight loss (?:drink|pill|tea|secret) | guaranteed
in \d+ (?:days|minutes) | 24/7 | no obligation | risk[- ]free | instant(?:ly)?
"""
SUBJECTS = [any_of(subject.replace(" | ", "\n")) for subject in TRADE.split("\n\n")]
# What a patient, a relative, or another practice about a patient, speaks of.
OF_A_PATIENT = any_of(r"""
appointments?
my (?!name|compan|team|client|agency|portfolio|private|dear)\w+
(?:i|she|he|it) (?:\w+ ){0,2}(?:hurts?|aches?)
(?:in|had|have|having|with|of|\w+) pain (?!clinic|practice|doctor|physician)\w+
kyphoplasty
vertebroplasty
vertebrae?
sciatica
stenosis
epidural
(?:steroid|cortisone) (?:shots?|injections?)
numb\w*
referr(?:al|ed)
medical records?
release of information
prescri(?:bed|ption refill)
workers'? comp\w*
(?:take|accept) (?:my|our|\w+) insurance
patient of (?:yours|dr)
dolor
espalda
cita
""")
