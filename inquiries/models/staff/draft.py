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

DRAFT_FIELDS = ("text", "answer")  # the note and the reply, as the page of an inquiry names them


def digest_of(text: str) -> str:
    """The same for the same words, however a browser ends their lines."""
    return salted_hmac("inquiries.Draft", "\n".join(text.split())).hexdigest()


class DraftQuerySet(models.QuerySet):
    @transaction.atomic
    def save_draft(
        self: Any, inquiry_id: int, user, typed: dict[str, str], unless_done: UUID | None = None
    ) -> bool:
        """Keep what `user` has typed into DRAFT_FIELDS and not saved; delete the draft if nothing is left.

        False if the form with the key `unless_done` has saved or sent it: this autosave came too late.
        """
        inquiry = Inquiry.objects.select_for_update(of=("self",), no_key=True).filter(pk=inquiry_id).first()
        if not inquiry or (unless_done and inquiry.events.filter(idempotency_key=unless_done).exists()):
            return False
        draft = self.for_user(inquiry_id, user)
        boxes = {box: getattr(draft, f"get_{box}_display")() if draft else "" for box in DRAFT_FIELDS} | typed
        if any(text.strip() for text in boxes.values()):
            boxes["at"] = timezone.now()
            self.update_or_create(inquiry_id=inquiry_id, user=user, defaults=boxes)
        elif draft:
            draft.delete()
        return True

    def for_user(self: Any, inquiry_id: int, user) -> "Draft | None":
        return self.filter(inquiry=inquiry_id, user=user).first()


class Draft(InternalModel):
    """A note and a reply that a colleague typed and hasn't saved or sent: kept, and seen by nobody else."""

    uuid = models.UUIDField(default=uuid4, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    text = EncryptedTextField()
    answer = EncryptedTextField(null=True)
    # Made by the fields.
    get_text_display: Callable[[], str]
    get_answer_display: Callable[[], str]

    sealed_with = ["inquiry_id", "user_id"]

    objects = DraftQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="inquiry_draft_once")]

    @property
    def answer_digest(self) -> str:
        return digest_of(self.get_answer_display())
