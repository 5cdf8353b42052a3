"""The spam filter.

Likely spam is only labeled: it stays at the end of the queue until staff decides. Only a message that both
fills in the hidden field and reads like spam is moved to Spam automatically.

A reason is stored as a code with a number ({"code": "links", "number": 3}), never as the sender's words. It's
turned into a sentence for display.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _, ngettext

from clinic.text.lists import read_lists, words_pattern

LABEL_THRESHOLD = 5  # points

# Bounded and anchored at word starts, so that the cost is linear in the message's length, not quadratic.
LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w-])[\w-]{1,63}\.(?:ru|cn|xyz|top|club|shop|online|site|icu|biz|info)\b",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"\[/?(?:url|link|b|img)\b|</?(?:a|b|br|div|h[1-6]|img|p|script|strong)\b[^<>]{0,500}>|href\s*=",
    re.IGNORECASE,
)
LISTS = read_lists(Path(__file__).with_name("spam_words.txt"))
SALES, DOUBTFUL, PATIENT_SUBJECTS = (
    words_pattern(LISTS[name]) for name in ("Advertising", "Doubtful", "Patient")
)
SALES_UNSPACED = re.compile("|".join(LISTS["Advertising in Chinese"]))
OFFER_SUBJECTS = [words_pattern(words) for name, words in LISTS.items() if name.startswith("Offer: ")]
MIN_OFFER_SUBJECTS = 2  # after subtracting two for each of a patient's subjects
# Many patients write the same short text ("I would like to schedule an appointment.").
MIN_REPEAT_LENGTH = 80  # characters
MANY_REPEATS = 5  # within a day, under other names
POINTS_PER_PATIENT_SUBJECT = 2  # subtracted…
MAX_PATIENT_POINTS = 4  # …up to this total

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
    """The result: label it as probably spam, move it to Spam, and the reasons."""

    is_labeled: bool = False
    is_spam: bool = False
    reasons: tuple[dict, ...] = ()


def signs_on_arrival(*, trap: bool, too_many: bool, others_with_same_text: int, length: int) -> list[dict]:
    """Return the reasons that aren't in the text, to be stored with the inquiry."""
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
    """Return the reasons as sentences for the front desk."""
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
    """Return the number of sales subjects; 0 if a patient seems to be writing."""
    patient_subjects = len(_matches(PATIENT_SUBJECTS, message))
    if patient_subjects > 1:
        return 0  # most messages: saves the search below
    offered = sum(bool(subject.search(message.lower())) for subject in OFFER_SUBJECTS)
    return offered if offered - 2 * patient_subjects >= MIN_OFFER_SUBJECTS else 0


def _matches(pattern, message):
    return set(pattern.findall(message.lower()))
