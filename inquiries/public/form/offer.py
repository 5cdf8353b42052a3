"""The form's choices: topics, offices, times to call. The same for everybody, so it's rendered once."""

from contextlib import suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error

from clinic import locations
from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from inquiries.models import Topic
from inquiries.models.topic import STARTERS, TopicChoice
from inquiries.public.form.call_times import CallTimes, call_times_of


class Offer(NamedTuple):
    topics: tuple[TopicChoice, ...] = STARTERS
    retired: tuple[TopicChoice, ...] = ()  # still taken: a form may have been drawn before
    call_times: CallTimes = ()
    locations: tuple[tuple[int, str], ...] = ()  # none where there is only one
    texts: bool = False

    def first_topic(self, code: str) -> str:
        """`code` if it's offered, else the first that is."""
        codes = [topic.code for topic in self.topics]
        return code if code in codes else codes[0]


NOTHING_KNOWN = Offer()
# As read last, for when the database is away.
known: dict[str, tuple] = {"topics": STARTERS, "retired": (), "locations": ()}


def current_offer(clinic: ClinicSettings | None) -> Offer:
    """The choices of an empty form, of the site version that's being drawn."""
    with suppress(Error):
        known["topics"], known["locations"] = Topic.offered(), _choices(locations.live())
    return Offer(known["topics"], (), call_times_of(clinic), known["locations"], bool(settings.SMS))


def recent_offer() -> Offer:
    """The choices that a sent form may have; a second old at most."""
    with suppress(Error):
        topics = Topic.recent().values()
        known["topics"] = tuple(topic.choice for topic in topics if not topic.is_retired) or STARTERS
        known["retired"] = tuple(topic.choice for topic in topics if topic.is_retired)
        known["locations"] = _choices(locations.recent())
    clinic = clinic_fallback.recent()
    known_now = known["topics"], known["retired"], call_times_of(clinic), known["locations"]
    return Offer(*known_now, texts=bool(settings.SMS))


def _choices(pages: list[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((page.pk, page.title) for page in pages) if len(pages) > 1 else ()
