"""Intake of inquiries: store the message first, then count and triage it."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import Error, IntegrityError, OperationalError, models, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from clinic.accounts.names import display_name
from clinic.database.base import is_lock_wait
from inquiries.choices import TO_DO, EventKind, Source, Status
from inquiries.lookup import reading_codes, references
from inquiries.models.inquiry.sent_before import sent_before
from inquiries.models.rate_limit import Origin, Sending, TooManyInquiries
from inquiries.triage import spam

if TYPE_CHECKING:
    from inquiries.models.inquiry.model import Inquiry

logger = logging.getLogger(__name__)

# The same message can arrive on two connections, and a random reference can be in use: with a million
# inquiries and 4 * 10**10 references, that happens to one message in 38,000.
MAX_ATTEMPTS = 3
UNKNOWN_ORIGIN = Origin()


class IntakeQuerySet(models.QuerySet):
    def receive(
        self, *, origin: Origin = UNKNOWN_ORIGIN, trap: bool = False, page=None, page_revision=None, **answers
    ) -> "Inquiry":
        """Store a patient's message once and return the inquiry; raise TooManyInquiries if it's refused.

        From the commit on, the message can't be lost: if counting or triage fails, a job finishes the work.
        `trap` is true if the hidden field was filled in.
        """
        fields = {"page": page, "page_revision": page_revision, "page_title": page.title if page else ""}
        draft = {"answers": answers, "origin": origin, "fields": fields}
        try:
            inquiry, is_new = self._retry(self._receive_once, draft, trap)
        except TooManyInquiries:
            self._report_refusal()
            raise
        if is_new:
            self._count(origin)
        inquiry.try_triage()
        return inquiry

    def enter(self, *, by, source: str, **answers) -> "Inquiry":
        """Store an inquiry that staff received by phone or at the desk, and return it."""
        if source not in {Source.PHONE, Source.WALK_IN}:
            raise ValueError(f"{source} is not a source of inquiries entered by staff")
        fields = {"source": source, "entered_by_name": display_name(by), "emails_held_back": False}
        inquiry = self._retry(self._enter_once, {"answers": answers, "fields": fields}, by)
        inquiry.try_triage()
        return inquiry

    def _retry(self, store, *args):
        """Run `store` in one short transaction; retry after a conflict with another connection."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    return store(*args)
            except (IntegrityError, OperationalError) as error:
                if attempt == MAX_ATTEMPTS or not (isinstance(error, IntegrityError) or is_lock_wait(error)):
                    raise
        raise AssertionError("unreachable")

    def _receive_once(self, draft, trap):
        """Return (inquiry, is_new). A repeated message returns the existing inquiry."""
        inquiry = self._build(**draft)
        limits = Sending.objects.check_limits(draft["origin"])
        before = sent_before(inquiry.fingerprint, inquiry.message_digest, inquiry.name)
        signs = spam.signs_on_arrival(
            trap=trap,
            too_many=limits.network_over_limit,
            others_with_same_text=before.same_text_of_others,
            length=len(inquiry.message),
        )
        if before.pk:
            earlier = self.get(pk=before.pk)
            earlier.record_repeat(signs)
            return earlier, False
        if limits.site_over_limit:
            raise TooManyInquiries
        inquiry.pk, inquiry.spam_reasons = before.next_pk, signs
        inquiry.save(force_insert=True)
        inquiry.events.create(kind=EventKind.RECEIVED, at=inquiry.received_at)
        return inquiry, True

    def _enter_once(self, draft, by):
        inquiry = self._build(**draft)
        # Locked, so that a colleague who is closing it either finishes first or sees this entry.
        same = self.filter(fingerprint=inquiry.fingerprint, status__in=TO_DO)
        same = same.select_for_update(of=("self",), no_key=True)
        just_now = Q(received_at__gt=inquiry.received_at - timedelta(minutes=1))
        if double_submit := same.filter(just_now, Q(status=Status.NEW) | Q(assignee=by)).first():
            return double_submit
        existing = same.filter(status=Status.NEW).first()  # the patient called again
        if not existing:
            inquiry.save(force_insert=True)
            existing = inquiry
        existing.events.create(
            kind=EventKind.ENTERED, at=inquiry.received_at, by=by, by_name=inquiry.entered_by_name
        )
        return existing

    def _build(self, answers, fields, origin=UNKNOWN_ORIGIN):
        now = timezone.now()
        inquiry = self.model(
            **answers,
            **{"needs_triage": True, "emails_held_back": True, **fields},
            reference=references.new(),
            uuid=(uuid := uuid4()),
            reading_code_hash=reading_codes.hash_of(reading_codes.first(uuid), uuid),
            fingerprint=self.model.fingerprint_of(answers, origin.key),
            message_digest=self.model.digest_of(answers["message"]),
            received_at=now,
        )
        inquiry.due_at = inquiry.promised_by(now)
        return inquiry

    def _count(self, origin):
        try:
            Sending.objects.record(origin)
        except Error:
            logger.warning("A message was stored, but not counted", exc_info=True)

    def _report_refusal(self):
        """Notify the front desk, at most once an hour, that messages are being refused."""
        logger.error("More than %s messages within an hour: one was refused", settings.MOST_INQUIRIES_AN_HOUR)
        try:
            if Sending.objects.record_refusal():
                app.configure_task("inquiries.report_refusals", allow_unknown=False).defer()
        except Exception:
            logger.exception("A refusal could not be reported")
