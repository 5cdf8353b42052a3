"""A reply to a patient: a link that opens it, together with the reading code, and whether its email came."""

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

TOKEN_BYTES = 24  # 192 random bits; NIST SP 800-63B asks for 112 of a secret that's looked up
MAX_ATTEMPTS = 5
MAX_TEXTED_CODES = 3
TEXTED_CODE_LIFETIME = timedelta(minutes=10)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ReplyQuerySet(models.QuerySet["Reply"]):
    def with_token(self, token: str) -> "Reply | None":
        """The reply that a link leads to; None for any other text."""
        return self.filter(token_digest=digest_of(token)).select_related("inquiry", "event").first()


class Reply(InternalModel):
    """The text is in the event on the timeline, encrypted. The email holds the link and no word of it."""

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
    by_text = models.BooleanField(
        default=False, db_default=False, help_text=_("The patient gets the link by text, not by email.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.QUEUED)
    opened_at = models.DateTimeField(null=True)
    # Set before a text goes to the provider: a retry first asks whether the provider has it.
    handed_over_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    # The newest code that was texted in place of the reading code, and how many were asked for.
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
        """Whether the patient allows this way for the number or address that's on file now, if any."""
        if self.by_text:
            return self.inquiry.gets_texts
        return bool(self.inquiry.email) and (not self.is_plain or bool(self.inquiry.plain_email_agreed_at))

    def mark_handed_over(self) -> bool:
        """Note that the text goes to the provider now; False if it may have gone before."""
        rows = type(self).objects.filter(pk=self.pk, handed_over_at=None)
        return bool(rows.update(handed_over_at=timezone.now()))

    @property
    def offers_texted_code(self) -> bool:
        """Whether a code by text can open it: not if the link went to that phone, too.

        Together they'd prove no more than having the phone.
        """
        return self.inquiry.can_be_texted and not self.by_text and self.texted_codes < MAX_TEXTED_CODES

    def count_texted_code(self) -> bool:
        """Count a code that the patient asks for; False if that was one too many."""
        rows = type(self).objects.filter(pk=self.pk, texted_codes__lt=MAX_TEXTED_CODES)
        is_taken = self.offers_texted_code and bool(rows.update(texted_codes=F("texted_codes") + 1))
        self.texted_codes += is_taken
        return is_taken

    def new_texted_code(self) -> str:
        """Return a new code, which ends the one before. Only its hash is kept."""
        code = reading_codes.new()
        self.texted_code_hash = reading_codes.hash_of(code, self.uuid)
        self.texted_code_until = timezone.now() + TEXTED_CODE_LIFETIME
        self.save(update_fields=["texted_code_hash", "texted_code_until"])
        return code

    def is_right_texted_code(self, code: str) -> bool:
        is_fresh = self.texted_code_until and timezone.now() < self.texted_code_until
        return bool(is_fresh) and reading_codes.is_right(code, self.uuid, self.texted_code_hash)
