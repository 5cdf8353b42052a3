"""A reply to a patient: a link that opens it together with the reading code, and what became of the email."""

import hashlib
import secrets
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import EncryptedTextField

TOKEN_BYTES = 24  # 192 random bits; NIST SP 800-63B asks for 112 of a secret that's looked up
MAX_ATTEMPTS = 5


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ReplyQuerySet(models.QuerySet["Reply"]):
    def with_token(self, token: str) -> "Reply | None":
        """The reply that a link leads to; None for any other text."""
        return self.filter(token_digest=digest_of(token)).select_related("inquiry", "event").first()


class Reply(models.Model):
    """The text is in the event on the timeline, encrypted. The email holds the link and no word of it."""

    wagtail_reference_index_ignore = True
    sealed_with = ["inquiry_id", "event_id"]

    class Delivery(models.TextChoices):
        QUEUED = "queued", _("being sent")
        SENT = "sent", _("sent, not opened yet")
        OPENED = "opened", _("opened")
        FAILED = "failed", _("couldn't be delivered")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="replies")
    event = models.OneToOneField("inquiries.InquiryEvent", on_delete=models.CASCADE, related_name="reply")
    # Encrypted, so that the background job can send the link; looked up by its digest.
    token = EncryptedTextField()
    token_digest = models.CharField(max_length=64, unique=True)
    is_plain = models.BooleanField(
        default=False, help_text=_("The email holds the text: the patient agreed.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.QUEUED)
    opened_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_attempts__lte=MAX_ATTEMPTS), name="reply_attempts_are_limited"
            ),
            models.CheckConstraint(
                condition=~Q(delivery="opened") | Q(opened_at__isnull=False), name="reply_opened_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk} to inquiry {self.inquiry_id}"

    def new_token(self) -> None:
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.token_digest = digest_of(self.token)

    @property
    def link(self) -> str:
        return settings.BASE_URL + reverse("inquiries:reply", args=[self.token])

    @property
    def is_locked(self) -> bool:
        return self.failed_attempts >= MAX_ATTEMPTS

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return not self.is_locked and timezone.now() < self.expires_at
