"""The form's choices of topics, offices and times to call."""

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
    retired: tuple[TopicChoice, ...] = ()  # accepted from forms that were rendered earlier
    call_times: CallTimes = ()
    locations: tuple[tuple[int, str], ...] = ()  # empty if there is only one
    texts: bool = False

    def first_topic(self, code: str) -> str:
        """Return `code` if it's offered, otherwise the first topic that is."""
        codes = [topic.code for topic in self.topics]
        return code if code in codes else codes[0]


DEFAULT_OFFER = Offer()
# The values read last, used during a database outage.
cached: dict[str, tuple] = {"topics": STARTERS, "retired": (), "locations": ()}


def current_offer(clinic: ClinicSettings | None) -> Offer:
    """Return an empty form's choices in the site version that's being rendered."""
    with suppress(Error):
        cached["topics"], cached["locations"] = Topic.offered(), _choices(locations.live())
    return Offer(cached["topics"], (), call_times_of(clinic), cached["locations"], bool(settings.SMS))


def recent_offer() -> Offer:
    """Return the choices that a submitted form may have, at most a second old."""
    with suppress(Error):
        topics = Topic.recent().values()
        cached["topics"] = tuple(topic.choice for topic in topics if not topic.is_retired) or STARTERS
        cached["retired"] = tuple(topic.choice for topic in topics if topic.is_retired)
        cached["locations"] = _choices(locations.recent())
    call_times = call_times_of(clinic_fallback.recent())
    return Offer(
        cached["topics"], cached["retired"], call_times, cached["locations"], texts=bool(settings.SMS)
    )


def _choices(pages: list[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((page.pk, page.title) for page in pages) if len(pages) > 1 else ()
