"""Topics of inquiries, each with its response time and assignees. Managers maintain the list."""

from collections.abc import Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache

from clinic.caching.per_second import cached_per_second
from clinic.caching.per_version import cached_per_version
from clinic.models import ClinicSettings
from clinic.models.fields import check_all, unique_code
from clinic.text.medical_claims import refuse_claims
from inquiries.choices import STARTER_TOPICS

MAX_ABSENCE = timedelta(days=180)
CODE_LENGTH = 20
MAX_QUESTIONS = 6  # the number of rules in static/css/site/form.css


class TopicChoice(NamedTuple):
    """A topic on the contact form. `asks` names the form's optional fields that it shows."""

    code: str
    label: Any  # translated lazily in STARTERS
    asks: tuple[str, ...] = ()
    question: str = ""


STARTERS = tuple(TopicChoice(code, label) for code, label in STARTER_TOPICS)


class Topic(models.Model):
    """A topic. Inquiry.topic is its code: a foreign key in the database (migration 0025), not in Django."""

    # Derived from the first label and never changed, because inquiries and exports contain it.
    code = models.SlugField(max_length=CODE_LENGTH, unique=True, editable=False)
    label = models.CharField(
        _("label on the form"), max_length=60, unique=True, help_text=_("For example: Insurance or a bill")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )
    is_retired = models.BooleanField(
        _("hidden"),
        default=False,
        help_text=_("The form no longer offers this topic. Existing inquiries keep it."),
    )
    response_hours = models.PositiveSmallIntegerField(
        _("we answer within"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("Counted in opening hours. Leave empty for the clinic's own promise."),
    )
    daily_capacity = models.PositiveSmallIntegerField(
        _("replies per day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Once this many are due on a day, patients are promised the next day. Leave empty for no limit."
        ),
    )
    away_from = models.DateField(_("no one covering from"), null=True, blank=True)
    away_until = models.DateField(
        _("no one covering until"),
        null=True,
        blank=True,
        help_text=_("The last day that no one covers this topic."),
    )
    question = models.CharField(
        _("extra question"),
        max_length=150,
        blank=True,
        db_default="",
        help_text=_("For example: Which bill is it about? Give the number on its first page."),
    )
    asks_times = models.BooleanField(_("which days and times suit them"), default=False, db_default=False)
    asks_visit = models.BooleanField(_("whether they're a new patient"), default=False, db_default=False)
    asks_insurance = models.BooleanField(_("their insurance carrier"), default=False, db_default=False)
    assignees = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        blank=True,
        related_name="+",
        help_text=_(
            "New inquiries go to the person with the fewest open ones. Urgent ones aren't assigned to anyone."
        ),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_from__lte=models.F("away_until")),
                name="topic_is_away_from_until",
            )
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code or unique_code(Topic, self.label, "topic", CODE_LENGTH)
        super().save(*args, **kwargs)
        purge_shared_caches()

    def clean(self) -> None:
        claims = partial(refuse_claims, self, ["label", "question"])
        check_all(super().clean, claims, self._check_absence, self._check_choices)

    def _check_absence(self) -> None:
        if bool(self.away_from) != bool(self.away_until):
            raise ValidationError({"away_until": _("Enter both days, or none.")})
        if self.away_from and self.away_until and self.away_until < self.away_from:
            raise ValidationError({"away_until": _("Enter a day that isn't before the first one.")})
        if self.away_from and self.away_until and self.away_until - self.away_from > MAX_ABSENCE:
            raise ValidationError({"away_until": _("Enter a day within half a year.")})

    def _check_choices(self) -> None:
        errors = {}
        with_questions = Topic.objects.exclude(pk=self.pk).exclude(question="")
        if self.question and with_questions.count() >= MAX_QUESTIONS:
            errors["question"] = _("Six topics already have an extra question.")
        if self.is_retired and not self._others_offered():
            errors["is_retired"] = _("Patients need at least one topic to choose.")
        if errors:
            raise ValidationError(errors)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the topic; raise ProtectedError if an inquiry has it or it's the form's last one."""
        if not self._others_offered():
            raise ProtectedError(gettext("Patients need at least one topic to choose."), {self})
        try:
            with transaction.atomic():
                deleted = super().delete(*args, **kwargs)
        except IntegrityError:
            raise ProtectedError(gettext("This topic has inquiries. Hide it instead."), {self}) from None
        purge_shared_caches()
        return deleted

    def _others_offered(self) -> bool:
        return Topic.objects.filter(is_retired=False).exclude(pk=self.pk).exists()

    @property
    def choice(self) -> TopicChoice:
        asks = {"times": self.asks_times, "visit": self.asks_visit, "insurance": self.asks_insurance}
        names = [name for name, is_asked in (asks | {"extra": self.question}).items() if is_asked]
        return TopicChoice(self.code, self.label, tuple(names), self.question)

    @staticmethod
    @cached_per_version
    def offered() -> tuple[TopicChoice, ...]:
        """Return the form's choices, in order."""
        return tuple(topic.choice for topic in Topic.objects.filter(is_retired=False)) or STARTERS

    @staticmethod
    @cached_per_second
    def recent() -> dict[str, "Topic"]:
        """Return all topics by code, including retired ones. Cached for a second."""
        return {topic.code: topic for topic in Topic.objects.prefetch_related("assignees")}

    def answer_by(self, moment: datetime, full_days: Set[date] = frozenset()) -> datetime:
        """Return the due time of a message that arrives at `moment`, skipping vacation and full days."""
        hours = ClinicSettings.recent().hours.for_deadlines
        hours = replace(hours, closed=hours.closed | self._days_away())
        due = hours.after(moment, self._response_time())
        while due and due.date() in full_days:
            hours = replace(hours, closed=hours.closed | {due.date()})
            due = hours.after(moment, self._response_time())
        return due or hours.deadline(moment, self._response_time())

    def urgent_by(self, moment: datetime) -> datetime:
        """Return the due time of an urgent message: without delays, and never after the clinic's own."""
        clinic = ClinicSettings.recent()
        return min(clinic.answer_by(moment), clinic.hours.deadline(moment, self._response_time()))

    def is_away(self, day: date) -> bool:
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)

    def _response_time(self) -> timedelta:
        return timedelta(hours=self.response_hours or ClinicSettings.recent().response_hours)

    def _days_away(self) -> frozenset[date]:
        if not (self.away_from and self.away_until):
            return frozenset()
        length = (self.away_until - self.away_from).days
        return frozenset(self.away_from + timedelta(days=day) for day in range(length + 1))


def purge_shared_caches() -> None:
    """Purge all pages from shared caches, because every article has the contact form."""
    purge_url_from_cache(f"{settings.BASE_URL}/*")
