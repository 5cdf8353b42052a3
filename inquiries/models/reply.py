"""Replies to patients: the link that opens one together with the reading code, and its delivery."""

import hashlib
import secrets
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.fields import InternalModel
from clinic.security.encryption import EncryptedTextField
from inquiries.lookup import reading_codes

TOKEN_BYTES = 24  # 192 random bits; NIST SP 800-63B requires 112 for look-up secrets
MAX_ATTEMPTS = 5
MAX_TEXTED_CODES = 3
TEXTED_CODE_LIFETIME = timedelta(minutes=10)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ReplyQuerySet(models.QuerySet["Reply"]):
    def with_token(self, token: str) -> "Reply | None":
        """Return the reply with this link token, or None."""
        return self.filter(token_digest=digest_of(token)).select_related("inquiry", "event").first()


class Reply(InternalModel):
    """A reply to a patient. Its text is in an encrypted timeline event; the email has only the link."""

    sealed_with = ["inquiry_id", "event_id"]

    class Delivery(models.TextChoices):
        QUEUED = "queued", _("being sent")
        SENT = "sent", _("sent, not opened yet")
        OPENED = "opened", _("opened")
        FAILED = "failed", _("couldn't be delivered")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="replies")
    event = models.OneToOneField("inquiries.InquiryEvent", on_delete=models.CASCADE, related_name="reply")
    # Encrypted rather than hashed, so that the job can send the link; looked up by its digest.
    token = EncryptedTextField()
    token_digest = models.CharField(max_length=64, unique=True)
    is_plain = models.BooleanField(
        default=False, help_text=_("The email contains the text, because the patient agreed.")
    )
    by_text = models.BooleanField(
        default=False, db_default=False, help_text=_("The patient gets the link by text, not by email.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.QUEUED)
    opened_at = models.DateTimeField(null=True)
    # Set before a text goes to the provider. A retry first asks the provider if it has the text.
    handed_over_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    # The newest code texted in place of the reading code, and the number of codes requested.
    texted_code_hash = models.CharField(max_length=64, blank=True, db_default="")
    texted_code_until = models.DateTimeField(null=True)
    texted_codes = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = ReplyQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_attempts__lte=MAX_ATTEMPTS), name="reply_attempts_are_limited"
            ),
            models.CheckConstraint(
                condition=~Q(delivery="opened") | Q(opened_at__isnull=False), name="reply_opened_has_a_time"
            ),
        ]

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
        return not self.is_locked and timezone.now() < self.expires_at

    @property
    def has_consent(self) -> bool:
        """True if the patient allows texts or email to the number or address that's on file now."""
        if self.by_text:
            return self.inquiry.gets_texts
        return bool(self.inquiry.email) and (not self.is_plain or bool(self.inquiry.plain_email_agreed_at))

    def mark_handed_over(self) -> bool:
        """Record that the text goes to the provider now; return False if it might have gone before."""
        rows = type(self).objects.filter(pk=self.pk, handed_over_at=None)
        return bool(rows.update(handed_over_at=timezone.now()))

    @property
    def offers_texted_code(self) -> bool:
        """True if a texted code can open it. It can't if the link went to the same phone."""
        return self.inquiry.can_be_texted and not self.by_text and self.texted_codes < MAX_TEXTED_CODES

    def count_texted_code(self) -> bool:
        """Count a code that the patient requests; return False if it exceeds the limit."""
        rows = type(self).objects.filter(pk=self.pk, texted_codes__lt=MAX_TEXTED_CODES)
        is_counted = self.offers_texted_code and bool(rows.update(texted_codes=F("texted_codes") + 1))
        self.texted_codes += is_counted
        return is_counted

    def new_texted_code(self) -> str:
        """Return a new code that replaces the previous one. Only its hash is stored."""
        code = reading_codes.new()
        self.texted_code_hash = reading_codes.hash_of(code, self.uuid)
        self.texted_code_until = timezone.now() + TEXTED_CODE_LIFETIME
        self.save(update_fields=["texted_code_hash", "texted_code_until"])
        return code

    def is_right_texted_code(self, code: str) -> bool:
        is_fresh = self.texted_code_until and timezone.now() < self.texted_code_until
        return bool(is_fresh) and reading_codes.matches(code, self.uuid, self.texted_code_hash)
