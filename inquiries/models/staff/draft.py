from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.models.fields import InternalModel
from clinic.security.encryption import EncryptedTextField
from inquiries.models.inquiry import Inquiry

DRAFT_FIELDS = ("text", "answer")  # the note and the reply, named as on the inquiry's page


def digest_of(text: str) -> str:
    """Return a keyed hash that ignores differences in whitespace, such as a browser's line endings."""
    return salted_hmac("inquiries.Draft", "\n".join(text.split())).hexdigest()


class DraftQuerySet(models.QuerySet):
    @transaction.atomic
    def store(
        self: Any, inquiry_id: int, user, typed: dict[str, str], unless_done: UUID | None = None
    ) -> bool:
        """Save what `user` typed into DRAFT_FIELDS; delete the draft if all are empty.

        Return False if the form with the key `unless_done` was submitted before: this autosave is too late.
        """
        inquiry = Inquiry.objects.select_for_update(of=("self",), no_key=True).filter(pk=inquiry_id).first()
        if not inquiry or (unless_done and inquiry.events.filter(idempotency_key=unless_done).exists()):
            return False
        draft = self.for_user(inquiry_id, user)
        texts = {name: getattr(draft, f"get_{name}_display")() if draft else "" for name in DRAFT_FIELDS}
        values: dict[str, Any] = texts | typed
        if any(text.strip() for text in values.values()):
            values["at"] = timezone.now()
            self.update_or_create(inquiry_id=inquiry_id, user=user, defaults=values)
        elif draft:
            draft.delete()
        return True

    def for_user(self: Any, inquiry_id: int, user) -> "Draft | None":
        return self.filter(inquiry=inquiry_id, user=user).first()


class Draft(InternalModel):
    """An unsaved note and an unsent reply of a colleague, visible to no one else."""

    uuid = models.UUIDField(default=uuid4, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    text = EncryptedTextField()
    answer = EncryptedTextField(null=True)
    # Added by the fields.
    get_text_display: Callable[[], str]
    get_answer_display: Callable[[], str]

    sealed_with = ["inquiry_id", "user_id"]

    objects = DraftQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="inquiry_draft_once")]

    @property
    def answer_digest(self) -> str:
        return digest_of(self.get_answer_display())
