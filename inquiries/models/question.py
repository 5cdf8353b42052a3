"""Questions to clinicians: the only way for someone outside the desk to see an inquiry."""

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

ACCESS_AFTER_ANSWER = timedelta(days=3)


class QuestionQuerySet(models.QuerySet["Question"]):
    def open_to(self, user: User) -> "QuestionQuerySet":
        """Return the questions that `user` can read now; none if they're no longer a clinician.

        Access ends when the inquiry is closed or the question is withdrawn, and three days after the answer.
        """
        if not user.has_perm(ANSWER):
            return self.none()
        not_expired = Q(answered_at=None) | Q(answered_at__gt=timezone.now() - ACCESS_AFTER_ANSWER)
        return self.filter(not_expired, clinician=user, withdrawn_at=None, inquiry__status__in=OPEN)

    def unanswered(self) -> "QuestionQuerySet":
        return self.filter(answered_at=None, withdrawn_at=None)


class Question(InternalModel):
    """A question to a clinician. Its text and the answer's are in encrypted events on the timeline."""

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
        """The time when the clinician's access ends; None until the question is answered."""
        return self.answered_at and self.answered_at + ACCESS_AFTER_ANSWER

    def patient_messages(self) -> list[InquiryEvent]:
        """Return the patient's later messages, up to the answer: the clinician needs none after it."""
        messages = self.inquiry.events.filter(kind=EventKind.WROTE)
        return list(messages.filter(pk__lt=self.answer_id) if self.answer_id else messages)
