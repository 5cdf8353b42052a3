"""What the form offers: topics and times to call. The same for everybody, so that it is drawn once."""

from contextlib import suppress
from typing import NamedTuple

from django.db import Error

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from inquiries.models import Topic
from inquiries.models.topic import STARTERS, TopicChoice
from inquiries.public.call_times import CallTimes, call_times_of


class Offer(NamedTuple):
    topics: tuple[TopicChoice, ...] = STARTERS
    retired: tuple[TopicChoice, ...] = ()  # still taken: a form may have been drawn before
    call_times: CallTimes = ()

    def first_topic(self, code: str) -> str:
        """`code` if it's offered, else the first that is."""
        codes = [topic.code for topic in self.topics]
        return code if code in codes else codes[0]


NOTHING_KNOWN = Offer()
known = {"topics": STARTERS, "retired": ()}  # as last read, for when the database is away


def current_offer(clinic: ClinicSettings | None) -> Offer:
    """What an empty form offers, of the site's version that is being drawn."""
    with suppress(Error):
        known["topics"] = Topic.offered()
    return Offer(known["topics"], (), call_times_of(clinic))


def recent_offer() -> Offer:
    """What a sent form may choose from; a second old at most."""
    with suppress(Error):
        topics = Topic.recent().values()
        known["topics"] = tuple(topic.choice for topic in topics if not topic.is_retired) or STARTERS
        known["retired"] = tuple(topic.choice for topic in topics if topic.is_retired)
    return Offer(known["topics"], known["retired"], call_times_of(clinic_fallback.recent()))
