"""Intake: a message is stored first, then counted and judged."""

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

# The same message on two connections at once, or a reference that's taken: of 4 * 10**10, with a million
# inquiries, one sender in 38,000 draws such a one.
MAX_ATTEMPTS = 3
UNKNOWN_ORIGIN = Origin()


class IntakeQuerySet(models.QuerySet):
    def receive(
        self, *, origin: Origin = UNKNOWN_ORIGIN, trap: bool = False, page=None, page_revision=None, **answers
    ) -> "Inquiry":
        """Store what a patient sent, once, and return the inquiry; TooManyInquiries if it isn't stored.

        Once it's committed, it's received: a failure to count or judge it can't lose it, and a job finishes
        what was left undone. `trap` says whether the hidden field was filled in.
        """
        read = {"page": page, "page_revision": page_revision, "page_title": page.title if page else ""}
        draft = {"answers": answers, "origin": origin, "fields": read}
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
        """Store what a colleague was told on the phone or at the desk, and return the inquiry."""
        if source not in {Source.PHONE, Source.WALK_IN}:
            raise ValueError(f"{source} is not how a colleague hears of an inquiry")
        fields = {"source": source, "entered_by_name": display_name(by), "emails_held_back": False}
        inquiry = self._retry(self._enter_once, {"answers": answers, "fields": fields}, by)
        inquiry.try_triage()
        return inquiry

    def _retry(self, store, *args):
        """Store in one short transaction; try again if another connection was in the way."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    return store(*args)
            except (IntegrityError, OperationalError) as error:
                if attempt == MAX_ATTEMPTS or not (isinstance(error, IntegrityError) or is_lock_wait(error)):
                    raise
        raise AssertionError("unreachable")

    def _receive_once(self, draft, trap):
        """Return (inquiry, is_new): the same message again gives the inquiry that is there already."""
        inquiry = self._draft(**draft)
        level = Sending.objects.check_limits(draft["origin"])
        before = sent_before(inquiry.fingerprint, inquiry.message_digest, inquiry.name)
        signs = spam.signs_on_arrival(
            trap=trap,
            too_many=level.network_over_limit,
            others_with_same_text=before.same_text_of_others,
            length=len(inquiry.message),
        )
        if before.pk:
            earlier = self.get(pk=before.pk)
            earlier.record_repeat(signs)
            return earlier, False
        if level.site_over_limit:
            raise TooManyInquiries
        inquiry.pk, inquiry.spam_reasons = before.next_pk, signs
        inquiry.save(force_insert=True)
        inquiry.events.create(kind=EventKind.RECEIVED, at=inquiry.received_at)
        return inquiry, True

    def _enter_once(self, draft, by):
        inquiry = self._draft(**draft)
        # Locked, so a colleague who closes it at this moment either comes first or sees this entry.
        alike = self.filter(fingerprint=inquiry.fingerprint, status__in=TO_DO)
        alike = alike.select_for_update(of=("self",), no_key=True)
        just_now = Q(received_at__gt=inquiry.received_at - timedelta(minutes=1))
        if pressed_twice := alike.filter(just_now, Q(status=Status.NEW) | Q(assignee=by)).first():
            return pressed_twice
        entered = alike.filter(status=Status.NEW).first()  # they called again, in the same words
        if not entered:
            inquiry.save(force_insert=True)
            entered = inquiry
        entered.events.create(
            kind=EventKind.ENTERED, at=inquiry.received_at, by=by, by_name=inquiry.entered_by_name
        )
        return entered

    def _draft(self, answers, fields, origin=UNKNOWN_ORIGIN):
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
        """Tell the front desk, once an hour, that messages are being refused."""
        logger.error("More than %s messages within an hour: one was refused", settings.MOST_INQUIRIES_AN_HOUR)
        try:
            if Sending.objects.record_refusal():
                app.configure_task("inquiries.report_refusals", allow_unknown=False).defer()
        except Exception:
            logger.exception("A refusal could not be reported")
