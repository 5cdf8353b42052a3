"""A question to a clinician: the one thing that opens an inquiry to somebody outside the desk."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.accounts.names import display_name
from clinic.models.fields import InternalModel
from inquiries.choices import OPEN, EventKind
from inquiries.models.event import InquiryEvent
from inquiries.permissions import ANSWER

ACCESS_AFTER_ANSWER = timedelta(days=3)  # the clinician can look at their answer again


class QuestionQuerySet(models.QuerySet["Question"]):
    def open_to(self, user: User) -> "QuestionQuerySet":
        """What `user` may read now; nothing if they're no longer a clinician.

        Access ends with the inquiry, when the question is withdrawn, and three days after the answer.
        """
        if not user.has_perm(ANSWER):
            return self.none()
        lasts = Q(answered_at=None) | Q(answered_at__gt=timezone.now() - ACCESS_AFTER_ANSWER)
        return self.filter(lasts, clinician=user, withdrawn_at=None, inquiry__status__in=OPEN)

    def unanswered(self) -> "QuestionQuerySet":
        return self.filter(answered_at=None, withdrawn_at=None)


class Question(InternalModel):
    """Its words, and those of the answer, are in events on the inquiry's timeline, encrypted."""

    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="questions")
    event = models.OneToOneField("inquiries.InquiryEvent", on_delete=models.CASCADE, related_name="question")
    answer = models.OneToOneField(
        "inquiries.InquiryEvent", on_delete=models.CASCADE, null=True, related_name="answers_question"
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        permissions = [("answer_question", "Can answer questions that colleagues hand to them")]
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "clinician"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="question_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer=None)
                | Q(answered_at__isnull=False, answer__isnull=False),
                name="question_answered_with_words",
            ),
        ]

    @property
    def clinician_name(self) -> str:
        return display_name(self.clinician) or self.event.detail

    @property
    def access_ends_at(self) -> datetime | None:
        """When the clinician's access ends; None while it waits for the answer."""
        return self.answered_at and self.answered_at + ACCESS_AFTER_ANSWER

    def patient_messages(self) -> list[InquiryEvent]:
        """What the patient added, until the answer: the clinician needs nothing newer."""
        added = self.inquiry.events.filter(kind=EventKind.WROTE)
        return list(added.filter(pk__lt=self.answer_id) if self.answer_id else added)
