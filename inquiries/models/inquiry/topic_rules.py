"""Due times and assignment of inquiries by topic. Urgent inquiries are never delayed or hidden."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from clinic.accounts.names import display_name
from clinic.models import ClinicSettings
from inquiries.choices import TO_DO, EventKind
from inquiries.models.event import Detail
from inquiries.models.topic import Topic
from inquiries.permissions import colleagues


class TopicRules:
    """Mixin of Inquiry."""

    due_at: datetime | None

    @property
    def topic_record(self: Any) -> Topic | None:
        return Topic.recent().get(self.topic)

    def promised_by(self: Any, moment: datetime) -> datetime:
        """Return the due time of the answer to a message that arrives at `moment`."""
        topic = self.topic_record
        if not topic:
            return ClinicSettings.recent().answer_by(moment)
        return topic.urgent_by(moment) if self.urgent else topic.answer_by(moment, self._full_days(topic))

    def bring_forward(self: Any, moment: datetime) -> None:
        """Make the answer due at `moment`, if it's due later."""
        if self.due_at is None or moment < self.due_at:
            self.due_at = moment

    def is_delayed(self: Any) -> bool:
        """Return whether vacation or capacity made it due later than usual."""
        topic = self.topic_record
        usual = topic and topic.urgent_by(self.received_at)
        return bool(usual and self.due_at and self.due_at > usual and not self.urgent)

    def assign_to_team(self: Any) -> None:
        """Assign a new inquiry to the least busy member of its topic's team, unless the team is away."""
        topic = self.topic_record
        today = timezone.localdate(timezone=ClinicSettings.recent().hours.time_zone)
        if not topic or topic.is_away(today) or not (team := [user.pk for user in topic.assignees.all()]):
            return
        colleague = self._least_busy(team)
        rows = type(self).objects.filter(pk=self.pk, assignee=None, urgent=False)
        if colleague and rows.update(assignee=colleague):
            self.assignee = colleague
            changes = {"assignee": [None, {"id": colleague.pk, "name": display_name(colleague)}]}
            self.events.create(kind=EventKind.ASSIGNED, detail=Detail.BY_TOPIC, changes=changes)

    def _least_busy(self: Any, team: list[int]) -> User | None:
        theirs = type(self).objects.open().filter(assignee=OuterRef("pk")).order_by()
        number = Subquery(theirs.values("assignee").annotate(number=Count("pk")).values("number"))
        return colleagues().filter(pk__in=team).order_by(Coalesce(number, 0), "pk").first()

    def _full_days(self: Any, topic: Topic) -> Set[date]:
        """Return the dates that have as many answers due as the team's capacity, ignoring probable spam."""
        if not topic.daily_capacity:
            return frozenset()
        time_zone = ClinicSettings.recent().hours.time_zone
        genuine = type(self).objects.filter(topic=topic.code, status__in=TO_DO, probably_spam=False)
        due = genuine.filter(due_at__gte=timezone.now()).order_by()
        days = due.values_list(TruncDate("due_at", tzinfo=time_zone)).annotate(number=Count("pk"))
        return {day for day, number in days if number >= topic.daily_capacity}
