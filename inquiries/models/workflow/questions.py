"""Questions to clinicians, who see only that inquiry and answer it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.accounts.names import display_name
from inquiries.choices import OPEN, EventKind
from inquiries.models.question import Question
from inquiries.models.workflow.guard import NEVER_STALE, GuardedChanges
from inquiries.permissions import ANSWER, clinicians


class ClinicianQuestions(GuardedChanges):
    """Mixin of Inquiry. Asking changes neither status nor due time: the patient still waits for us."""

    @transaction.atomic
    def ask(self: Any, clinician: User, text: str, *, by: User, seen: int) -> Question:
        """Ask `clinician`, who can read this inquiry from now on; the caller queues the notice.

        An unassigned inquiry is assigned to `by`, so that someone passes the answer on.
        """
        with self._change(EventKind.ASKED, by, seen, text=text, detail=display_name(clinician)[:100]):
            if not text.strip():
                raise ValidationError(_("Write the question first."))
            if self.status not in OPEN:
                raise ValidationError(_("Reopen the inquiry before you ask."))
            if not clinicians().filter(pk=clinician.pk).exists():
                raise ValidationError(_("This colleague doesn't answer questions."))
            if self.questions.unanswered().filter(clinician=clinician).exists():
                raise ValidationError(_("They already have a question. Wait for the answer, or withdraw it."))
            if not self.assignee_id:
                self.assignee = by
        return self.questions.create(event_id=self.newest_event, clinician=clinician)

    @transaction.atomic
    def withdraw_question(self: Any, asked: int, *, by: User, seen: int) -> None:
        """End a clinician's access. Question and answer stay on the timeline."""
        question = self.questions.filter(pk=asked, withdrawn_at=None).first()
        with self._change(EventKind.UNASKED, by, seen, detail=question.event.detail if question else ""):
            if not question:
                raise ValidationError(_("This question was already withdrawn."))
            self.questions.filter(pk=asked).update(withdrawn_at=timezone.now())

    @transaction.atomic
    def read_question(self: Any, question: Question, *, by: User) -> None:
        """Record once on the timeline that the clinician opened it."""
        unread = self._open_question(question, by).filter(read_at=None)
        if unread.update(read_at=timezone.now()):
            with self._change(EventKind.QUESTION_READ, by, NEVER_STALE, needs=ANSWER):
                pass

    @transaction.atomic
    def answer_question(self: Any, question: Question, text: str, *, by: User) -> None:
        """Store the answer, once. A waiting inquiry returns to the queue."""
        with self._change(EventKind.ADVISED, by, NEVER_STALE, needs=ANSWER, text=text):
            if not text.strip():
                raise ValidationError(_("Write the answer first."))
            unanswered = self._open_question(question, by).filter(answered_at=None)
            if not unanswered.select_for_update().exists():
                raise ValidationError(_("You've already answered this."))
            self._return_to_queue()
        now = timezone.now()
        self.questions.filter(pk=question.pk).update(answer=self.newest_event, answered_at=now)

    def _open_question(self: Any, question: Question, by: User) -> Any:
        found = self.questions.open_to(by).filter(pk=question.pk)
        if not found.exists():
            raise PermissionDenied
        return found
