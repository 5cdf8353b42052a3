"""How much a message looks like spam, and why. Nothing is dropped for it: it only goes to another view."""

import re

from django.utils.translation import gettext as _

from inquiries.triage.spam_words import DOUBTFUL, OF_A_PATIENT, SALES, SALES_UNSPACED, SUBJECTS

ENOUGH = 5  # from this score on a message stands among the spam
URGENT_ENOUGH = 10  # …and from this one if it also holds a warning phrase

LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:ru|cn|xyz|top|club|shop|online|site|icu|biz|info)\b", re.IGNORECASE
)
MARKUP = re.compile(
    r"\[/?(?:url|link|b|img)\b|</?(?:a|b|br|div|h[1-6]|img|p|script|strong)\b[^<]*>|href\s*=", re.IGNORECASE
)


OFFER_FROM = 2  # subjects of trade in one message, less those of a patient
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
    if offered := _offered(message):
        yield 5, _("it reads like an offer: %(words)s") % {"words": ", ".join(offered[:5])}
    if name.strip() == message.strip():
        yield 3, _("the name is the message")


def _offered(message):
    """Words of an offer, one of each subject; none where a patient speaks."""
    of_a_patient = len(_said(OF_A_PATIENT, message))
    if of_a_patient > 1:
        return []  # whatever else it speaks of; most messages end here
    trade = [found[0] for subject in SUBJECTS if (found := subject.search(message.lower()))]
    return trade if len(trade) - 2 * of_a_patient >= OFFER_FROM else []


def _said(pattern, message):
    return sorted(set(pattern.findall(message.lower())))


def _of_repetition(message, others):
    if not others or len(message) < REPEATS_FROM:
        return None
    return (10 if others > 1 else 4), _("the same text came from others: %(number)s") % {"number": others}
