"""The stored inquiry, its timeline, and the only ways to change it."""

import json
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from clinic import phones
from clinic.models import ClinicSettings
from inquiries import references
from inquiries.choices import (
    MOVES,
    Asker,
    BestTime,
    EventKind,
    PreferredContact,
    Status,
    Topic,
)

# What the patient gave. It is written once and never changed.
ANSWERS = [
    "name",
    "email",
    "phone",
    "phone_extension",
    "preferred_contact",
    "best_time",
    "voicemail_ok",
    "asker",
    "topic",
    "message",
]
# What the front desk's work changes.
HANDLING = {"status", "assignee"}

# The same words from the same person within this time are one message, sent more than once.
SAME_MESSAGE = timedelta(hours=24)


class StaleInquiry(Exception):
    """Someone changed the inquiry since it was shown; `.events` are the changes, oldest first."""

    def __init__(self, events):
        self.events = events
        super().__init__("the inquiry has changed since it was shown")


class InquiryQuerySet(models.QuerySet):
    def same_message(self, fingerprint):
        recent = Q(received_at__gt=timezone.now() - SAME_MESSAGE)
        return self.filter(Q(status=Status.NEW) | recent, fingerprint=fingerprint)

    def receive(self, *, page=None, page_revision=None, **answers):
        """Store what a patient sent, with the first event of its timeline; return (inquiry, is_new).

        The same answers again, also at the same moment over another connection, give the inquiry that is
        already there. The caller's transaction decides whether anything is kept.
        """
        fingerprint = fingerprint_of(answers)
        if earlier := self.same_message(fingerprint).first():
            earlier.events.create(kind=EventKind.REPEATED)
            return earlier, False
        now = timezone.now()
        inquiry = self.model(
            **answers,
            reference=references.new(),
            fingerprint=fingerprint,
            received_at=now,
            due_at=ClinicSettings.current().answer_by(now),
            page=page,
            page_title=page.title if page else "",
            page_revision=page_revision,
        )
        try:
            with transaction.atomic():
                inquiry.save(force_insert=True)
        except IntegrityError:
            # Another connection stored the same message a moment ago, and has committed it.
            earlier = self.same_message(fingerprint).first()
            if earlier is None:
                raise
            return earlier, False
        inquiry.events.create(kind=EventKind.RECEIVED, at=now)
        return inquiry, True

    def search(self, text):
        """By part of a name or e-mail address, a phone number in any format, or a reference."""
        text = text.strip()
        found = Q(name__icontains=text) | Q(email__icontains=text)
        if reference := references.normalise(text):
            found |= Q(reference=reference)
        for digits in digits_of(text):
            found |= Q(phone__contains=digits)
        return self.filter(found)


def digits_of(text):
    """What of a stored number a typed one can be: its digits, also without zeros in front."""
    if any(c.isalpha() for c in text):
        return set()
    digits = "".join(c for c in text if c.isdecimal())
    return {part for part in (digits, digits.lstrip("0")) if len(part) >= 3}


def fingerprint_of(answers):
    text = json.dumps([str(answers.get(name, "")) for name in ANSWERS])
    return salted_hmac("inquiries.Inquiry.fingerprint", text, algorithm="sha256").hexdigest()


class Inquiry(models.Model):
    """A message from a patient. Its text form is the reference: Wagtail keeps those for ever."""

    # Wagtail's reference index would copy patient data.
    wagtail_reference_index_ignore = True

    reference = models.CharField(_("reference"), max_length=9, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("answer promised by"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assignee"),
    )

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, help_text=_("E.164"))
    phone_extension = models.CharField(_("extension"), max_length=20, blank=True)
    preferred_contact = models.CharField(
        _("how to answer"), max_length=10, choices=PreferredContact, default=PreferredContact.EITHER
    )
    best_time = models.CharField(
        _("best time"), max_length=10, choices=BestTime, default=BestTime.ANY, blank=True
    )
    voicemail_ok = models.BooleanField(_("voicemail allowed"), default=False)
    asker = models.CharField(_("who asks"), max_length=10, choices=Asker, default=Asker.PATIENT)
    topic = models.CharField(_("about"), max_length=20, choices=Topic, default=Topic.OTHER)
    message = models.TextField(_("message"))

    # What the patient was reading. The snapshot outlives the page.
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    page_title = models.CharField(_("page"), max_length=255, blank=True, editable=False)
    page_revision = models.BigIntegerField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="inquiry_received"),
            models.Index(fields=["status", "-received_at"], name="inquiry_status"),
            models.Index(fields=["assignee", "-received_at"], name="inquiry_assignee"),
            models.Index(fields=["fingerprint"], name="inquiry_fingerprint"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="inquiry_status_is_known"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="inquiry_can_be_answered"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(message=""), name="inquiry_says_who_and_what"),
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(status=Status.NEW),
                name="inquiry_new_message_is_stored_once",
            ),
        ]

    def __str__(self):
        return self.reference

    def save(self, *args, update_fields=None, **kwargs):
        """Answers are never rewritten: an existing inquiry saves its handling, by way of its methods."""
        if not self._state.adding and not (update_fields and set(update_fields) <= HANDLING):
            raise ValidationError(_("An inquiry is changed by its methods, and its answers never are."))
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        """Where the patient sees that we have received it."""
        return reverse("inquiries:received", args=[self.reference])

    @property
    def phone_display(self):
        return phones.display(self.phone, self.phone_extension) if self.phone else ""

    @property
    def phone_uri(self):
        extension = f";ext={self.phone_extension}" if self.phone_extension else ""
        return f"tel:{self.phone}{extension}"

    @property
    def assignee_name(self):
        return shown_name(self.assignee)

    @property
    def moves(self):
        """The states it can be moved to now."""
        return MOVES[Status(self.status)]

    def take(self, *, by, seen):
        """Make `by` the one who answers. `seen` is the id of the newest event on the screen."""
        with self._change(by, seen):
            previous = self.assignee
            self.assignee = by
            if self.status == Status.NEW:
                self.status = Status.IN_PROGRESS
            self.save(update_fields=["assignee", "status"])
            self._log(EventKind.TAKEN, by, old=shown_name(previous), new=shown_name(by))

    def change_status(self, status, *, by, seen):
        """Move to `status`, one of `.moves`; ValidationError where that is not a way to go."""
        with self._change(by, seen):
            if status not in self.moves:
                raise ValidationError(
                    _("An inquiry that is “%(from)s” cannot become “%(to)s”."),
                    params={
                        "from": self.get_status_display(),
                        "to": dict(Status.choices).get(status, status),
                    },
                )
            old, self.status = self.status, status
            self.save(update_fields=["status"])
            self._log(EventKind.STATUS, by, old=old, new=status)

    def add_note(self, text, *, by, seen):
        with self._change(by, seen):
            if not text.strip():
                raise ValidationError(_("Write the note first."))
            self._log(EventKind.NOTE, by, text=text)

    @contextmanager
    def _change(self, by, seen):
        """The guard of every change: may `by`, and was the inquiry still what `by` saw?"""
        if not by.has_perm("inquiries.change_inquiry"):
            raise PermissionDenied
        with transaction.atomic():
            locked = Inquiry.objects.select_for_update().get(pk=self.pk)
            if unseen := list(locked.events.filter(pk__gt=seen)):
                raise StaleInquiry(unseen)
            self.status, self.assignee_id = locked.status, locked.assignee_id
            yield

    def _log(self, kind, by, **details):
        self.events.create(kind=kind, by=by, by_name=shown_name(by), **details)


def shown_name(user):
    return (user.get_full_name() or user.get_username()) if user else ""


class InquiryEvent(models.Model):
    """One line of an inquiry's timeline. Written once; the newest one's id is what a screen has seen."""

    wagtail_reference_index_ignore = True

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=EventKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True, help_text=_("Outlives the account."))
    old = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="inquiry_event_kind_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.inquiry_id}: {self.kind}"

    def describe(self):
        """One sentence for the timeline."""
        sentences = {
            EventKind.RECEIVED: _("Received"),
            EventKind.REPEATED: _("The patient sent the same message again"),
            EventKind.TAKEN: _("%(by)s took it"),
            EventKind.STATUS: _("%(by)s changed the status from “%(old)s” to “%(new)s”"),
            EventKind.NOTE: _("%(by)s wrote a note"),
        }
        labels = dict(Status.choices)
        return sentences[self.kind] % {
            "by": self.by_name,
            "old": labels.get(self.old, self.old),
            "new": labels.get(self.new, self.new),
        }
