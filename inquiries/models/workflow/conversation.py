"""The conversation with a patient: replies behind a link and a reading code, and the patient's messages."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicSettings
from inquiries.choices import OPEN, EventKind, Source, Status
from inquiries.lookup import reading_codes
from inquiries.models.event import Detail, InquiryEvent
from inquiries.models.inquiry.sent_before import RESUBMIT_WINDOW
from inquiries.models.reply import MAX_ATTEMPTS, Reply
from inquiries.models.workflow.guard import GuardedChanges

LINK_DAYS = range(1, 29)
DEFAULT_LINK_DAYS = 7
# The events shown on the patient's own page.
CONVERSATION = [EventKind.REPLIED, EventKind.WROTE, EventKind.WITHDRAWN]
UNOPENED_DAYS = 2  # working days until an unopened reply returns to the queue


class PatientConversation(GuardedChanges):
    """Mixin of Inquiry. The patient's actions have no `by` and are never refused as stale."""

    def reply(
        self: Any, text: str, *, by: User, seen: int, days: int = DEFAULT_LINK_DAYS, plain: bool = False
    ) -> Reply:
        """Store the reply; the caller queues its notice. The inquiry then waits for the patient.

        If it needs an urgent call, its status doesn't change, because an email doesn't replace the call.
        """
        by_text = self.gets_texts and not plain
        detail = Detail.PLAIN_EMAIL if plain else Detail.BY_TEXT if by_text else ""
        with self._change(EventKind.REPLIED, by, seen, text=text, detail=detail):
            self.check_reply(text, days, plain)
            if not self.assignee_id:
                self.assignee = by
            check_at = ClinicSettings.current().hours.working_days_from(timezone.now(), UNOPENED_DAYS)
            call_is_sooner = self.call_back and self.follow_up_at < check_at  # agreed with the patient
            if not (self.needs_urgent_call or call_is_sooner):
                self._set_status(Status.WAITING, check_at)
        reply = Reply(
            inquiry=self,
            event_id=self.newest_event,
            is_plain=plain,
            by_text=by_text,
            expires_at=timezone.now() + timedelta(days=days),
        )
        reply.new_token()
        reply.save()
        return reply

    @property
    def has_reading_code(self: Any) -> bool:
        """True if the patient has a code. No one sees the first code of an inquiry that staff entered."""
        is_first = reading_codes.matches(reading_codes.first(self.uuid), self.uuid, self.reading_code_hash)
        return bool(self.reading_code_hash) and (self.source == Source.FORM or not is_first)

    @property
    def needs_reading_code(self: Any) -> bool:
        """True if the patient has neither a reading code nor a way to get one by text."""
        return not self.has_reading_code and (self.gets_texts or not self.can_be_texted)

    @property
    def can_be_texted(self: Any) -> bool:
        return bool(settings.SMS and self.phone and not self.phone_extension)

    @property
    def gets_texts(self: Any) -> bool:
        """True if the patient agreed to texts and can be texted."""
        return self.can_be_texted and self.texts_ok

    def check_reply(self: Any, text: str, days: int, plain: bool) -> None:
        if not text.strip():
            raise ValidationError(_("Write the reply first."))
        if not (self.email or (self.gets_texts and not plain)):
            raise ValidationError(_("The patient left no email address. Call them instead."))
        if self.status == Status.SPAM:
            raise ValidationError(_("This is marked as spam. Put it back in the queue before you reply."))
        if days not in LINK_DAYS:
            raise ValidationError(_("Choose between 1 and 28 days."))
        if plain and not (self.plain_email_agreed_at and ClinicSettings.current().allow_plain_email):
            raise ValidationError(_("The patient hasn't agreed to plain email. Send a link instead."))
        if not plain and self.needs_reading_code:
            raise ValidationError(_("The patient has no reading code yet. Give them one on the phone first."))

    def issue_reading_code(self: Any, *, by: User, seen: int) -> str:
        """Return a new reading code, which replaces older and texted ones and lifts all locks."""
        code = reading_codes.new()
        with self._change(EventKind.CODE, by, seen):
            self._store(reading_code_hash=reading_codes.hash_of(code, self.uuid), code_attempts=0)
            self.replies.update(failed_attempts=0, texted_codes=0, texted_code_hash="")
        return code

    def agree_to_plain_email(self: Any, *, by: User, seen: int) -> None:
        """Record that the patient knows the risk and prefers plain email (45 CFR 164.522(b))."""
        with self._change(EventKind.CONSENT, by, seen):
            if not ClinicSettings.current().allow_plain_email:
                raise ValidationError(_("Your clinic doesn't send health information by plain email."))
            self._store(plain_email_agreed_at=timezone.now())

    @transaction.atomic
    def check_reading_code(self: Any, code: str, reply: Reply | None = None) -> bool:
        """Return whether the code is right. The fifth wrong one locks the reply, or the inquiry's page.

        A reply also accepts its texted code, once.
        """
        counted, field = (reply, "failed_attempts") if reply else (self, "code_attempts")
        manager: Any = type(counted)._default_manager
        rows = manager.filter(pk=counted.pk)
        locked = rows.select_for_update(of=("self",)).get()
        attempts = getattr(locked, field)
        if attempts >= MAX_ATTEMPTS:
            return False
        is_texted = bool(reply) and locked.is_right_texted_code(code)
        is_right = is_texted or reading_codes.matches(code, self.uuid, self.reading_code_hash)
        used = {"texted_code_hash": ""} if is_texted else {}
        rows.update(**{field: 0 if is_right else attempts + 1}, **used)
        if not is_right and attempts + 1 == MAX_ATTEMPTS:
            self._return_to_desk(EventKind.CODE, detail=Detail.CODE_LOCKED)
        return is_right

    def patient_opened(self: Any, reply: Reply) -> None:
        """Record the first time that the patient opens a reply."""
        opened = Reply.objects.filter(pk=reply.pk, opened_at=None)
        if opened.update(opened_at=timezone.now(), delivery=Reply.Delivery.OPENED):
            self.events.create(kind=EventKind.OPENED)

    def patient_wrote(self: Any, text: str) -> bool:
        """Store a message from the patient; the inquiry returns to its assignee with a new due time.

        Return False for a resubmission: the same message again, before staff read it or did anything.
        """
        judged = self.judge_urgency(text)
        is_new = self._patient_did(EventKind.WROTE, text=text, judged=judged)
        if is_new and judged.advice:
            self._store(advice=judged.advice)  # shown to the patient now
        return is_new

    def patient_withdrew(self: Any) -> bool:
        """Record that the patient needs no answer. The inquiry stays open; only staff can close it."""
        return self._patient_did(EventKind.WITHDRAWN)

    @transaction.atomic
    def _patient_did(self: Any, kind: EventKind, text: str = "", judged: Any = None) -> bool:
        locked = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        # A repeat is only stored after staff read the first message or worked on the inquiry.
        by_staff_or_patient = ~Q(by_name="") | Q(kind__in=[EventKind.WROTE, EventKind.WITHDRAWN])
        newest = self.events.filter(by_staff_or_patient).last()
        if newest and newest.kind == kind and newest.get_text_display() == text:
            is_resubmitted = newest.at > timezone.now() - RESUBMIT_WINDOW
            if is_resubmitted or not locked.is_opened:
                return False
        event = self._return_to_desk(kind, judged=judged, text=text)
        if kind == EventKind.WROTE:
            self._mark_unread(event.at, is_urgent=bool(judged))
        return True

    def _mark_unread(self: Any, since: datetime, is_urgent: bool) -> None:
        """Restart escalation if the inquiry was opened before; an urgent message always restarts it."""
        rows = type(self).objects.filter(pk=self.pk)
        if not is_urgent:
            rows = rows.filter(opened_at__isnull=False, unread_since=None)
        rows.update(unread_since=since, escalated=0)

    def patient_signed_out(self: Any) -> None:
        """Invalidate the patient's open pages and forms, including the browser's cached copies."""
        self._store(signed_out_at=timezone.now())

    @transaction.atomic
    def delivery_failed(self: Any, reply: Reply) -> None:
        """Record that the reply's email or text didn't arrive, so that staff calls instead."""
        failed = Reply.objects.filter(pk=reply.pk).exclude(delivery__in=["failed", "opened"])
        if failed.update(delivery=Reply.Delivery.FAILED):
            self._return_to_desk(EventKind.UNDELIVERED)

    @transaction.atomic
    def email_failed(self: Any, detail: str) -> bool:
        """Record that the confirmation or the appointment email didn't arrive, so that staff calls instead.

        Return False if it's recorded already.
        """
        locked = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        failed = {"kind": EventKind.UNDELIVERED, "detail": detail}
        known = locked.events.filter(**failed)
        if detail == Detail.APPOINTMENT and (
            booked := locked.events.filter(detail=Detail.CALENDAR_EMAIL).last()
        ):
            known = known.filter(pk__gt=booked.pk)
        if known.exists():
            return False
        if locked.status in OPEN:
            self._return_to_desk(**failed)
        else:  # stays closed and keeps its appointment
            self.events.create(**failed)
        return True

    def _return_to_desk(self: Any, kind: EventKind, judged: Any = None, **event: Any) -> InquiryEvent:
        with self._change(kind, None, None, **event):
            if kind == EventKind.WROTE:  # spammers don't have the reading code
                self.probably_spam = False
            if judged:
                self.urgent, self.severity = True, max(self.severity, judged.severity)
                self.urgency_settled_at = None  # earlier calls weren't about this
                because = [*judged.fields()["urgent_because"].splitlines(), *self.urgent_because.splitlines()]
                self.urgent_because = "\n".join(dict.fromkeys(because))
                self._unassign_new()
            self._return_to_queue()
        return self.events.get(pk=self.newest_event)

    def _return_to_queue(self: Any) -> None:
        if self.status not in {Status.NEW, Status.IN_PROGRESS}:
            call_at = self.follow_up_at if self.call_back else None
            self._set_status(self._status_to_do())
            self.due_at = self.promised_by(timezone.now())
            if call_at:
                self.bring_forward(call_at)
        elif self.urgent:
            self.bring_forward(self.promised_by(timezone.now()))

    def _store(self: Any, **values: Any) -> None:
        """Write fields without `save`, which only accepts the workflow and contact fields."""
        type(self).objects.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)
