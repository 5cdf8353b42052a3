"""How much a message looks like spam, and why. Nothing is dropped for it: it only goes to another view."""

import re

from django.utils.translation import gettext as _

ENOUGH = 5  # from this score on a message stands among the spam
URGENT_ENOUGH = 10  # …and from this one if it also holds a warning phrase

LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:ru|cn|xyz|top|club|shop|online|site|icu|biz|info)\b", re.IGNORECASE
)
MARKUP = re.compile(
    r"\[/?(?:url|link|b|img)\b|</?(?:a|b|br|div|h[1-6]|img|p|script|strong)\b[^<]*>|href\s*=", re.IGNORECASE
)


def any_of(expressions):
    """Finds any of the expressions, one a line, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(expressions.strip().splitlines())})\b", re.IGNORECASE)


# What nobody writes who wants to be treated: it sells something to the clinic.
SALES = any_of(r"""
(?:first|1st|top) page of google
rank\w* (?:on|in|higher on) google
not (?:ranking|found) (?:on|in) google
seo (?:services?|compan\w+|agency|audit|experts?|rankings?|report)
search engine optimi[sz]ation
back ?links?
do-?follow
guest (?:posts?|blog\w*)
link building
(?:re)?design (?:of )?your (?:web ?)?site
(?:web|app) (?:design|development) (?:services?|company|agency)
your (?:web ?)?site'?s? (?:\w+ ){0,3}(?:rank\w*|traffic|seo|conversions?|errors?|design|speed)
errors on your (?:web ?)?site
web ?site traffic
more (?:web ?traffic|visitors|qualified leads|patients for your|customers for your)
(?:you need|you want|get|attract|bring you|send you) (?:\w+ )?more (?:new )?(?:patients|customers|leads)
(?:generate|exclusive|qualified|fresh) (?:\w+ )?leads
leads? generation
explainer videos?
(?:instagram|tiktok|youtube|facebook) (?:followers|likes|subscribers)
buy (?:real )?(?:followers|likes|reviews)
e-?mail (?:list|database)s?
database of (?:\d+ )?(?:million )?(?:doctors|physicians|clinics)
outsourc\w+ your
(?:medical )?billing services? at
credentialing included
virtual assistants? (?:services?|for your)
(?:business|working capital|startup) (?:loans?|funding|proposal)
funding (?:up to|for your business)
merchant cash
no credit check
(?:payday|instant) loans?
trading bot
(?:earn|make) (?:\w+ )?(?:\$ ?[\d,]+|[\d,]+ ?\$)
passive income
investment opportunit\w+
(?:hot|lonely|sexy) (?:girls?|wom[ae]n|singles|dating)
(?:my|nude|private) (?:photos|pics) here
replica (?:rolex|watch\w*|bags?)
online (?:casino|pharmacy|betting)
(?:cheap|buy) (?:meds|pills)
(?:cheap|buy|get|order) (?:viagra|cialis)
no prescription needed
(?:your )?domain (?:name )?(?:expires|is expiring|renewal|for sale)
mail ?box is (?:almost )?full
verify your (?:account|mailbox)
(?:using|used) my images without
factory price
order in bulk
do you ship to
(?:bonus|win big) \d+ ?%?
doctors do(?:n't| not) want you to know
dear (?:business owner|webmaster|website owner|site owner)
i am a prince
limited (?:time )?offer
(?:купить|продвижени\w*|раскрутк\w*|казино|диплом|заработ\w*|реклам\w*)
""")
SALES_UNSPACED = re.compile("排名|推广|代开发票|博彩|引流")
# What patients may speak of too: one of these alone is nothing, with a link or with another it is.
DOUBTFUL = any_of(r"""
viagra
cialis
casino
(?:play|best) slots?
slot machines?
betting
bitcoin
crypto\w*
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
\d+% off
today only
business proposal
next of kin
click here
(?:buy|order|act) now
unsubscribe
make money
quick cash
accept credit cards?
conversions?
partnership
t\.me
bit\.ly
tinyurl
calendly\.com
""")
# Shorter texts ("Please call me back.") are written by many people.
REPEATS_FROM = 40  # characters
OFTEN = 10  # messages an hour from one address


def judge(name, message, *, trap, others_with_same_text, sent_this_hour):
    """(score, reasons): each reason a sentence for the front desk."""
    signs = [
        *_of_the_text(name, message),
        (10, _("a field that people do not see was filled in")) if trap else None,
        _of_repetition(message, others_with_same_text),
        (1, _("many messages from one place within the hour")) if sent_this_hour > OFTEN else None,
    ]
    found = [sign for sign in signs if sign]
    return sum(score for score, reason in found), [reason for score, reason in found]


def _of_the_text(name, message):
    links = len(LINK.findall(message))
    if links:
        yield min(3 + 2 * max(links - 2, 0), 8), _("links: %(number)s") % {"number": links}
    if MARKUP.search(message):
        yield 5, _("web markup")
    if LINK.search(name) or MARKUP.search(name):
        yield 10, _("a link as the name")
    sales = _said(SALES, message) + _said(SALES_UNSPACED, message)
    doubtful = _said(DOUBTFUL, message)
    if sales or doubtful:
        score = 5 * len(sales) + (1 + len(doubtful) if doubtful else 0)
        yield min(score, 9), _("it speaks of: %(phrases)s") % {"phrases": ", ".join([*sales, *doubtful][:5])}
    if name.strip() == message.strip():
        yield 3, _("the name is the message")


def _said(pattern, message):
    return sorted({found.lower() for found in pattern.findall(message)})


def _of_repetition(message, others):
    if not others or len(message) < REPEATS_FROM:
        return None
    return (10 if others > 1 else 4), _("the same text came from others: %(number)s") % {"number": others}
