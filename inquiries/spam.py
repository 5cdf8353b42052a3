"""How much a message looks like spam, and why. Nothing is dropped for it: it only goes to another view."""

import re

from django.utils.translation import gettext as _

ENOUGH = 5  # from this score on a message stands among the spam
URGENT_ENOUGH = 10  # …and from this one if it also holds a warning phrase

LINK = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:ru|cn|xyz|top|club|shop|online|site|icu|biz|info)\b", re.IGNORECASE
)
MARKUP = re.compile(
    r"\[/?(?:url|link|b|img)\b|</?(?:a|b|br|div|h[1-6]|img|p|script|strong)\b[^<]*>|href\s*=", re.IGNORECASE
)
# What bots sell. Not what patients ask for: "insurance", "pills" and "marijuana" stay out of it.
PHRASES = re.compile(
    r"\b(?:viagra|cialis|casino|slot machines?|betting|bitcoin|crypto\w*|forex|escorts?|porn\w*"
    r"|dating site|hookup|seo|backlinks?|guest posts?|link building|(?:first|1st) page of google"
    r"|google rank\w*|rank higher|web ?traffic|web design services?|redesign your website"
    r"|your website'?s? (?:design|ranking|traffic)|domain (?:name )?for sale|e-?mail list"
    r"|leads? generation|qualified leads|payday loans?|business loans?|merchant cash|quick cash"
    r"|make money|earn \$|passive income|investment opportunit\w+"
    r"|replica watch\w*|cheap (?:meds|pills|watches)|online pharmacy|no prescription needed|lottery"
    r"|inheritance|prince|click here|buy now|order now|limited offer|free trial|act now|unsubscribe"
    r"|whatsapp me|telegram)\b",
    re.IGNORECASE,
)
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
        yield min(1 + 2 * (links - 1), 7), _("links: %(number)s") % {"number": links}
    if MARKUP.search(message):
        yield 5, _("web markup")
    if LINK.search(name) or MARKUP.search(name):
        yield 10, _("a link as the name")
    phrases = sorted({found.lower() for found in PHRASES.findall(message)})
    if phrases:
        yield min(3 * len(phrases), 9), _("it speaks of: %(phrases)s") % {"phrases": ", ".join(phrases[:5])}
    if name.strip() == message.strip():
        yield 3, _("the name is the message")


def _of_repetition(message, others):
    if not others or len(message) < REPEATS_FROM:
        return None
    return (10 if others > 1 else 4), _("the same text came from others: %(number)s") % {"number": others}
