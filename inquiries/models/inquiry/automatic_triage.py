"""Automatic triage of stored messages: urgency, spam and the first emails."""

import logging
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from clinic.email.delivery import Priority
from inquiries.choices import OPEN, EventKind, Language, Severity, Source, Status, Tier
from inquiries.models.warning_phrase import judge_urgency
from inquiries.triage import judgement, spam
from inquiries.triage.language import language_of

logger = logging.getLogger(__name__)


class AutomaticTriage(models.Model):
    """Mixin of Inquiry. It never overrides the decisions of staff."""

    # Set by the spam filter (triage.spam) until staff decides. The queue lists these last.
    probably_spam = models.BooleanField(_("probably spam"), default=False, db_default=False, editable=False)
    spam_reasons = models.JSONField(default=list, db_default=[], editable=False)
    needs_triage = models.BooleanField(default=False, db_default=False, editable=False)
    # The receipt and the front desk's notice aren't queued yet.
    emails_held_back = models.BooleanField(default=False, db_default=False, editable=False)
    digest_queued_at = models.DateTimeField(null=True, editable=False)
    # Set by the access log when staff first opens the page. An inquiry without it is never erased.
    opened_at = models.DateTimeField(_("first opened"), null=True, editable=False)
    # Set when the patient adds a message, cleared by the access log.
    unread_since = models.DateTimeField(null=True, editable=False)
    language = models.CharField(max_length=2, choices=Language, blank=True, db_default="", editable=False)
    # The number of steps of inquiries.email.escalation taken so far.
    escalated = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_opened(self: Any) -> bool:
        """True if staff has opened the inquiry and everything that the patient added."""
        return bool(self.opened_at) and self.unread_since is None

    @property
    def typed_texts(self: Any) -> list[str]:
        """The message and the answers to extra questions: all text that could describe an emergency."""
        answers = [line.partition("\t")[2] for line in (self.details or "").splitlines()]
        return [self.message, "\n".join(answers)]

    @property
    def was_flagged(self: Any) -> bool:
        """True if the rules or staff flagged it as urgent. Closing it then asks if it really was."""
        return self.urgent or self.tier != Tier.NONE

    @property
    def was_probably_urgent(self: Any) -> bool:
        """The desk's own answer if it was urgent, otherwise a guess by tier."""
        return self.tier != Tier.LOOK_FIRST if self.was_urgent is None else self.was_urgent

    def try_triage(self: Any) -> None:
        """Triage the inquiry, but only log failures: the message is stored, and a job tries again."""
        try:
            self.triage()
        except Exception:
            logger.exception("Inquiry %s could not be triaged", self.pk)

    def triage(self: Any) -> None:
        """Judge the message without holding a lock, then write the findings and queue the emails."""
        if not self.needs_triage:
            return
        found = self.judge_urgency(*self.typed_texts).fields() | {"language": language_of(self.message)}
        if found["urgent"]:  # ignores delays of its topic
            self.urgent = True
            found["due_at"] = self.promised_by(self.received_at)
        verdict = spam.Verdict()
        if self.source == Source.FORM and not found["urgent"]:
            verdict = self._judged_spam()
        was_held_back, looks_like_spam = self.emails_held_back, verdict.is_labeled or verdict.is_spam
        labels = {
            "probably_spam": looks_like_spam,
            "spam_reasons": list(verdict.reasons or self.spam_reasons),
            "emails_held_back": was_held_back and looks_like_spam,
            "status": Status.SPAM if verdict.is_spam else Status.NEW,
        }
        with transaction.atomic():
            untouched = {"status": Status.NEW, "emails_held_back": was_held_back, "urgent": False}
            if self._write(found | labels, **untouched):
                if not (looks_like_spam or self.urgent):
                    self.assign_to_team()
                if was_held_back and not looks_like_spam:
                    self._queue_first_emails()
            # Staff or the patient changed it in the meantime. If staff closed it, it stays closed.
            elif self._write(found, urgent=False, status__in=OPEN) or self._merge_findings(found):
                self.queue_held_back_emails()

    def record_repeat(self: Any, signs: list[dict]) -> None:
        """Record that the patient sent the same message again. A clean repeat clears the spam label.

        If the inquiry was withdrawn, or staff decided on its urgency or that no call is needed, the repeat
        counts as a new message from the patient.
        """
        settled = [EventKind.WITHDRAWN, EventKind.NO_CALL, EventKind.URGENT]
        newest = self.events.filter(kind__in=[EventKind.WROTE, *settled]).last()
        is_settled = newest and newest.kind in settled
        changes: dict[str, list] = {}
        is_clean = not any(sign["code"] == "trap" for sign in signs)
        if is_clean and self.needs_triage:  # the first one's process died before triage
            self._store(spam_reasons=signs)
        elif is_clean and self.probably_spam:
            changes = {"probably_spam": [True, False]}
            fields = {"probably_spam": False, "spam_reasons": signs, "needs_triage": True}
            if self.status == Status.SPAM:
                changes["status"], fields["status"] = [Status.SPAM, Status.NEW], Status.NEW
            self._store(**fields)
        if changes or not is_settled:
            self.events.create(kind=EventKind.REPEATED, changes=changes)
        if is_settled:
            self.patient_wrote("\n\n".join(filter(None, self.typed_texts)))
            self._queue_emails("wrote_back")

    def queue_held_back_emails(self: Any) -> None:
        """Queue the emails that were held back, once, in the caller's transaction."""
        held_back = type(self).objects.filter(pk=self.pk, emails_held_back=True)
        if held_back.update(emails_held_back=False):
            self._queue_first_emails()
        self.emails_held_back = False

    @property
    def looks_like_spam(self: Any) -> bool:
        return self.probably_spam or self.status == Status.SPAM

    @property
    def spam_sentences(self: Any) -> list[str]:
        return spam.sentences(self.spam_reasons)

    def _queue_first_emails(self):
        self._queue_emails("front_desk_notice", *(["receipt"] if self.email else []))

    def _queue_emails(self, *names):
        """Queue the emails in one SQL statement."""
        task = partial(app.configure_task, "inquiries.send_letter", allow_unknown=False)
        jobs = [
            task(priority=self.priority_of(name)).make_new_job(letter=name, inquiry_id=self.pk)
            for name in names
        ]
        app.job_manager.batch_defer_jobs(jobs)

    def priority_of(self: Any, email: str) -> Priority:
        """Return the email's priority: urgent notices first, then other notices, then receipts."""
        if email == "receipt":
            return Priority.ORDINARY
        return Priority.URGENT if self.urgent else Priority.NOTICE

    def judge_urgency(self, *texts: str) -> judgement.Judgement:
        """Judge the texts by the urgency rules; if that fails, return "look first"."""
        try:
            # Separately, so that a long calm message doesn't outweigh a short urgent answer.
            judged = [judge_urgency(text) for text in texts if text]
            return max(judged, key=lambda judgement: judgement.severity)
        except Exception:
            logger.exception("The urgency of inquiry %s could not be judged", self.pk)
            return judgement.Judgement(
                Tier.LOOK_FIRST, Severity.HIGH, labels=(_("It couldn't be checked: read it now"),)
            )

    def _judged_spam(self):
        try:
            return spam.judge(self.name, self.message, self.spam_reasons)
        except Exception:
            logger.exception("Inquiry %s could not be checked for spam", self.pk)
            return spam.Verdict()

    def _merge_findings(self, found):
        """Write the findings next to what staff or a newer message decided; never lower the severity."""
        fields = {name: found[name] for name in ["tier", "urgency_reasons", "language"]}
        fields |= {"advice": found["advice"]} if found["advice"] else {}
        written = self._write(fields | {"severity": Greatest("severity", Value(found["severity"]))})
        self.refresh_from_db(fields=["urgent", "severity"])
        return written

    def _write(self, fields, **conditions):
        """Write the result if triage is still pending and the row meets `conditions`; return if it did."""
        fields = {**fields, "needs_triage": False}
        rows = type(self).objects.filter(pk=self.pk, needs_triage=True, **conditions)
        if not rows.update(**fields):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True
