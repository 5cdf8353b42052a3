from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.security.encryption import EncryptedTextField


class DraftQuerySet(models.QuerySet):
    def keep(self: Any, inquiry_id: int, user, text: str) -> None:
        """Keep what `user` has typed about an inquiry and not saved; forget it where the text is empty."""
        draft = self.filter(inquiry_id=inquiry_id, user=user).first()
        if not text.strip():
            self.filter(inquiry_id=inquiry_id, user=user).delete()
        elif draft:
            draft.text, draft.at = text, timezone.now()
            draft.save(update_fields=["text", "at"])
        else:
            self.create(inquiry_id=inquiry_id, user=user, text=text)

    def text_of(self: Any, inquiry, user) -> str:
        draft = self.filter(inquiry=inquiry, user=user).first()
        return draft.get_text_display() if draft else ""


class Draft(models.Model):
    """A note that a colleague typed and has not saved: kept across sign-in, seen by nobody else."""

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid4, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    text = EncryptedTextField()

    sealed_with = ["inquiry_id", "user_id"]

    objects = DraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="inquiry_draft_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.inquiry_id}"
