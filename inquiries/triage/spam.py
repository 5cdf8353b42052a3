"""Judge how much a message looks like spam, and why.

Likely spam is only labeled: it stays in the queue, below the rest, until a colleague decides. Only a message
that both fills in the hidden field and reads like spam goes to Spam by itself.

A reason is a code with its numbers ({"code": "links", "number": 3}), never the sender's words; it becomes a
sentence when it's shown.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _, ngettext

from clinic.text.lists import any_of, read_lists

LABEL_THRESHOLD = 5  # points at which a message is labeled

# Bounded at word starts, so that its cost grows with the message's length, not its square.
LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w-])[\w-]{1,63}\.(?:ru|cn|xyz|top|club|shop|online|site|icu|biz|info)\b",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"\[/?(?:url|link|b|img)\b|</?(?:a|b|br|div|h[1-6]|img|p|script|strong)\b[^<>]{0,500}>|href\s*=",
    re.IGNORECASE,
)
LISTS = read_lists(Path(__file__).with_name("spam_words.txt"))
SALES, DOUBTFUL, PATIENT_SUBJECTS = (any_of(LISTS[name]) for name in ("Advertising", "Doubtful", "Patient"))
SALES_UNSPACED = re.compile("|".join(LISTS["Advertising in Chinese"]))
SUBJECTS = [any_of(subject) for name, subject in LISTS.items() if name.startswith("Offer: ")]
MIN_OFFER_SUBJECTS = 2  # subjects of an offer in one message, less a patient's
# Many people write the same short text ("I would like to schedule an appointment.").
MIN_REPEAT_LENGTH = 80  # characters
MANY_REPEATS = 5  # times within a day under other names
POINTS_PER_PATIENT_SUBJECT = 2  # points less for each of a patient's subjects…
MAX_PATIENT_POINTS = 4  # …but no more than this

SENTENCES = {
    "trap": _("A hidden field was filled in"),
    "rate": _("Many messages from the same network"),
    "links": _("Links in the message"),
    "markup": _("Web markup in the message"),
    "name_is_link": _("The name is a link"),
    "name_is_message": _("The name is the message"),
    "sales": _("Advertising words"),
    "offer": _("Reads like an ad"),
    "same_text": _("Same text under other names"),
    "earlier_rules": _("Marked as spam by an earlier version"),
}


class Reason(NamedTuple):
    code: str
    points: int
    number: int = 0

    def stored(self) -> dict:
        return {"code": self.code, "number": self.number} if self.number else {"code": self.code}


class Verdict(NamedTuple):
    """Whether to label the message as probably spam, whether to take it for spam, and why."""

    is_labeled: bool = False
    is_spam: bool = False
    reasons: tuple[dict, ...] = ()


def signs_on_arrival(*, trap: bool, too_many: bool, others_with_same_text: int, length: int) -> list[dict]:
    """The reasons that the text alone doesn't show, to store with the inquiry."""
    signs = []
    if trap:
        signs.append(Reason("trap", 0).stored())
    if too_many:
        signs.append(Reason("rate", 0).stored())
    if others_with_same_text and length >= MIN_REPEAT_LENGTH:
        signs.append(Reason("same_text", 0, others_with_same_text).stored())
    return signs


def judge(name: str, message: str, on_arrival: list[dict] | tuple = ()) -> Verdict:
    """Judge the text together with `signs_on_arrival`."""
    in_text = list(_in_text(name, message))
    points = max(0, sum(reason.points for reason in in_text) - _patient_points(message))
    reads_like_spam = points >= LABEL_THRESHOLD
    points += sum(_points_on_arrival(reason) for reason in on_arrival)
    is_trapped = any(reason["code"] == "trap" for reason in on_arrival)
    return Verdict(
        is_labeled=points >= LABEL_THRESHOLD,
        is_spam=is_trapped and reads_like_spam,
        reasons=(*on_arrival, *(reason.stored() for reason in in_text)),
    )


def sentences(reasons: list[dict]) -> list[str]:
    """The reasons as the front desk reads them."""
    return [_sentence(reason) for reason in reasons]


def _sentence(reason):
    sentence = str(SENTENCES.get(reason["code"], reason["code"]))
    if not (number := reason.get("number")):
        return sentence
    # Translators: a reason why a message looks like spam, and how often it was found.
    counted = ngettext("%(reason)s: %(number)s", "%(reason)s: %(number)s", number)
    return counted % {"reason": sentence, "number": number}


def _points_on_arrival(reason):
    if reason["code"] == "same_text":
        return LABEL_THRESHOLD if reason["number"] >= MANY_REPEATS else 2
    return LABEL_THRESHOLD


def _patient_points(message):
    return min(POINTS_PER_PATIENT_SUBJECT * len(_matches(PATIENT_SUBJECTS, message)), MAX_PATIENT_POINTS)


def _in_text(name: str, message: str) -> Iterator[Reason]:
    if links := len(LINK.findall(message)):
        yield Reason("links", min(3 + 2 * max(links - 2, 0), 8), links)
    if MARKUP.search(message):
        yield Reason("markup", 5)
    if LINK.search(name) or MARKUP.search(name):
        yield Reason("name_is_link", 10)
    sales = _matches(SALES, message) | _matches(SALES_UNSPACED, message)
    doubtful = _matches(DOUBTFUL, message)
    if sales or doubtful:
        points = 5 * len(sales) + (1 + len(doubtful) if doubtful else 0)
        yield Reason("sales", min(points, 9), len(sales) + len(doubtful))
    if offered := _subjects_offered(message):
        yield Reason("offer", 5, offered)
    if name.strip() == message.strip():
        yield Reason("name_is_message", 3)


def _subjects_offered(message):
    """The number of an offer's subjects; 0 if a patient is writing."""
    of_a_patient = len(_matches(PATIENT_SUBJECTS, message))
    if of_a_patient > 1:
        return 0  # most messages end here
    trade = sum(bool(subject.search(message.lower())) for subject in SUBJECTS)
    return trade if trade - 2 * of_a_patient >= MIN_OFFER_SUBJECTS else 0


def _matches(pattern, message):
    return set(pattern.findall(message.lower()))
