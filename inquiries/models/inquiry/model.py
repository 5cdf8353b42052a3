import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_lazy as _

from clinic.database.sql import row
from clinic.security.encryption import EncryptedTextField
from inquiries.choices import (
    ASKER_LABELS,
    OPEN,
    Advice,
    Asker,
    BestTime,
    Outcome,
    PreferredContact,
    Source,
    Status,
    Tier,
)
from inquiries.lookup import search
from inquiries.models.inquiry.automatic_triage import AutomaticTriage
from inquiries.models.inquiry.constraints import CALL_RANK, CONSTRAINTS, INDEXES
from inquiries.models.inquiry.display import InquiryDisplay
from inquiries.models.inquiry.querysets import InquiryQuerySet
from inquiries.models.inquiry.topic_rules import TopicRules
from inquiries.models.workflow import WORKFLOW_FIELDS, Workflow
from inquiries.models.workflow.contact import CONTACT_FIELDS

# The patient's answers. They never change, except that staff can correct the contact (workflow.contact).
ANSWERS = [
    "name",
    "email",
    "phone",
    "phone_extension",
    "phone_note",
    "preferred_contact",
    "best_time",
    "voicemail_ok",
    "texts_ok",
    "asker",
    "patient_name",
    "practice",
    "npi",
    "topic",
    "location_name",
    "message",
    "details",
]


def next_id() -> int:
    return row("SELECT nextval(pg_get_serial_sequence('inquiries_inquiry', 'id'))")[0]


MAX_RECEIPTS_PER_DAY = 3  # to one address


class Inquiry(Workflow, TopicRules, AutomaticTriage, InquiryDisplay):
    """A message from a patient. `str()` is only the reference, because Wagtail stores it in its logs."""

    # Wagtail's reference index would copy patient data.
    wagtail_reference_index_ignore = True
    # Authenticated by the encryption, so that a message can't be moved to another row or contact.
    sealed_with = ["id", "reference", "name", "email", "phone"]

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.FORM)
    entered_by_name = models.CharField(_("entered by"), max_length=200, blank=True, editable=False)

    due_at = models.DateTimeField(_("answer due by"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # inquiry_assignee begins with it
        verbose_name=_("assigned to"),
    )
    follow_up_at = models.DateTimeField(_("comes back"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    # Stays until it's canceled, even if the patient writes again.
    appointment_at = models.DateTimeField(_("appointment"), null=True, editable=False)
    appointment_place = models.CharField(
        _("place"), max_length=400, blank=True, db_default="", editable=False
    )
    reminder_due = models.BooleanField(default=False, db_default=False, editable=False)  # until it's queued
    call_back = models.BooleanField(
        _("call back"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("The patient is waiting for our call."),
    )
    call_attempts = models.PositiveSmallIntegerField(_("calls"), default=0, editable=False)
    urgent = models.BooleanField(_("urgent"), default=False)
    # Set when staff spoke to the patient or recorded why not. Until then, an urgent inquiry needs a call.
    urgency_settled_at = models.DateTimeField(null=True, editable=False)
    # The rank in the queue while it needs an urgent call, otherwise 0.
    call_rank = models.GeneratedField(
        expression=CALL_RANK,
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        db_column="loudness",
    )
    urgent_because = models.TextField(blank=True, help_text=_("One reason per line."))
    # `tier` is the judgement on arrival; `severity` (triage.judgement) follows later changes of `urgent`.
    tier = models.CharField(
        _("urgency"), max_length=10, choices=Tier, default=Tier.NONE, db_default=Tier.NONE, editable=False
    )
    severity = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    urgency_reasons = ArrayField(
        models.SlugField(max_length=60), default=list, db_default=[], editable=False, help_text=_("Codes.")
    )
    was_urgent = models.BooleanField(
        _("was urgent"), null=True, editable=False, help_text=_("As judged by a colleague.")
    )
    # The advice shown on the confirmation. The patient has read it, so it stays even if the desk disagrees.
    advice = models.CharField(_("advice"), max_length=10, choices=Advice, blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="duplicates", editable=False
    )
    # A trigger refuses to delete rows that are on hold (migration 0004).
    on_hold = models.BooleanField(_("on legal hold"), default=False, db_default=False, editable=False)

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, help_text=_("E.164"))
    phone_extension = models.CharField(_("extension"), max_length=20, blank=True)
    phone_note = EncryptedTextField(
        _("note with the phone number"),
        null=True,
        help_text=_("Everything typed into the phone field, including the number."),
    )
    contact_sent = EncryptedTextField(
        _("contact before it was corrected"),
        null=True,
        help_text=_("As JSON; empty if it was never corrected."),
    )
    preferred_contact = models.CharField(
        _("how to reply"), max_length=10, choices=PreferredContact, default=PreferredContact.EITHER
    )
    best_time = models.CharField(
        _("best time"), max_length=10, choices=BestTime, default=BestTime.ANY, blank=True
    )
    voicemail_ok = models.BooleanField(_("voicemail allowed"), default=False)
    texts_ok = models.BooleanField(_("texts allowed"), default=False, db_default=False)
    asker = models.CharField(_("contact type"), max_length=10, choices=Asker, default=Asker.PATIENT)
    # `patient_name` is from a caregiver or a referring clinician; practice and NPI are the clinician's.
    patient_name = EncryptedTextField(_("patient's name"), null=True)
    practice = EncryptedTextField(_("practice"), null=True)
    npi = models.CharField(_("NPI"), max_length=10, blank=True, db_default="")
    topic = models.CharField(_("about"), max_length=20, default="other", help_text=_("The code of a topic."))
    message = EncryptedTextField(_("message"))
    # The topic's extra questions: one per line, question and answer separated by a tab.
    details = EncryptedTextField(_("also asked"), null=True)
    # The office that the patient chose. Its name is copied, because the page can be deleted.
    location = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("office"),
    )
    location_name = models.CharField(_("office"), max_length=255, blank=True, db_default="", editable=False)

    # The code that lets the patient read our reply (inquiries.lookup.reading_codes).
    reading_code_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    code_attempts = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    signed_out_at = models.DateTimeField(
        null=True, editable=False, help_text=_("Pages that the patient opened earlier don't work anymore.")
    )
    plain_email_agreed_at = models.DateTimeField(_("agreed to plain email"), null=True, editable=False)

    # The page that the patient was reading. Its title is copied, because the page can be deleted.
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # inquiry_page begins with it
    )
    page_title = models.CharField(_("page"), max_length=255, blank=True, editable=False)
    page_revision = models.BigIntegerField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    message_digest = models.CharField(max_length=64, editable=False)
    # Name, email and phone, normalized for inquiries.lookup.search.
    search_key = models.TextField(editable=False)

    # Added by the encrypted fields.
    get_message_display: Callable[[], str]
    get_patient_name_display: Callable[[], str]
    get_practice_display: Callable[[], str]
    get_phone_note_display: Callable[[], str]

    new_code = ""  # from `issue_reading_code`, for the screen that shows it once; never stored

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view", "change")
        permissions = [
            ("export_inquiry", _("Can export inquiries")),
            ("hold_inquiry", _("Can put inquiries on legal hold")),
            ("person_inquiry", _("Can export and erase everything about a person")),
        ]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self):
        return self.reference

    def save(self, *args, update_fields=None, **kwargs):
        """Save a new inquiry, or the workflow or contact fields of an existing one; refuse other changes."""
        if self._state.adding:
            self.pk = self.pk or next_id()  # the encryption needs it
            self.search_key = search.key(self.name, self.email, self.phone)
        elif not (
            update_fields and (set(update_fields) <= set(WORKFLOW_FIELDS) or update_fields == CONTACT_FIELDS)
        ):
            raise ValidationError(
                _("Change an inquiry through its methods. The patient's answers never change.")
            )
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        """Return the path of the patient's confirmation page."""
        return reverse("inquiries:received", args=[self.reference])

    def gets_receipt(self) -> bool:
        """Return whether to email a receipt. They're limited, because anyone can type in any address."""
        if not self.email or self.status == Status.SPAM:
            return False
        day = (self.received_at - timedelta(days=1), self.received_at)
        same = type(self).objects.filter(email__iexact=self.email, received_at__range=day, pk__lt=self.pk)
        return same.exclude(email="").order_by()[:MAX_RECEIPTS_PER_DAY].count() < MAX_RECEIPTS_PER_DAY

    @property
    def has_upcoming_appointment(self) -> bool:
        return bool(self.appointment_at and self.appointment_at > timezone.now())

    @staticmethod
    def fingerprint_of(answers: dict, origin: str) -> str:
        """Return a keyed hash of the answers and their origin.

        Without the origin, someone who knows a patient's message could send it first, and the patient's own
        message would count as a repeat.
        """
        text = json.dumps([origin, *(str(answers.get(name, "")) for name in ANSWERS)])
        return salted_hmac("inquiries.Inquiry.fingerprint", text, algorithm="sha256").hexdigest()

    @staticmethod
    def digest_of(message):
        """Return a keyed hash of the message that ignores case and spacing."""
        text = search.normalized(message)
        return salted_hmac("inquiries.Inquiry.message", text, algorithm="sha256").hexdigest()

    # Django's own methods translate all labels on each call, which takes ten times as long.
    def get_status_display(self) -> str:  # type: ignore[no-redef]
        if self.call_back:
            return gettext("Call back")
        return str(Status(self.status).label)

    def get_outcome_display(self) -> str:  # type: ignore[no-redef]
        return str(Outcome(self.outcome).label) if self.outcome else ""

    def get_asker_display(self) -> str:  # type: ignore[no-redef]
        return str(ASKER_LABELS[Asker(self.asker)])

    def get_source_display(self) -> str:  # type: ignore[no-redef]
        return str(Source(self.source).label)

    @property
    def reach_by_email(self) -> bool:
        """True if email comes first: the patient prefers it and isn't urgent, or left no number."""
        wants_email = self.preferred_contact == PreferredContact.EMAIL and not self.needs_urgent_call
        return bool(self.email) and (wants_email or not self.phone)

    @property
    def needs_urgent_call(self) -> bool:
        """True if it's urgent and open, and staff hasn't spoken to the patient yet."""
        return self.urgent and self.urgency_settled_at is None and self.status in OPEN
