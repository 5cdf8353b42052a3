"""Background jobs, run by procrastinate from a queue in the same PostgreSQL database.

A job runs at least once: if its worker is killed, it runs again. Every job has to be safe to run twice.
"""

import logging
from contextlib import suppress
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from clinic.email import delivery
from clinic.models import ClinicSettings
from clinic.operations.schedule import scheduled
from inquiries.email import emails, escalation, texts
from inquiries.models import AccessHead, DailyFigure, Inquiry, Question, Reply, Sending
from inquiries.models.event import Detail
from inquiries.permissions import VIEW, colleagues, managers
from inquiries.privacy import erasure
from inquiries.reports.figures import Period

logger = logging.getLogger(__name__)

RECOUNT_WINDOW = timedelta(days=8)  # recounted every ten minutes; older days once a night

EMAILS = {
    "receipt": emails.receipt,
    "front_desk_notice": emails.front_desk_notice,
    "wrote_back": emails.patient_update_notice,
    "appointment": emails.appointment,
    "reminder": emails.reminder,
    "call_instead": emails.undelivered_appointment_notice,
}
APPOINTMENT_EMAILS = {"appointment", "reminder"}
PATIENT_EMAILS = {"receipt", *APPOINTMENT_EMAILS}


@app.task(
    name="inquiries.send_letter",
    aliases=["inquiries.jobs.send_letter"],
    queue="mail",
    retry=delivery.GrowingDelays(),
)
def send_email(*, letter, inquiry_id):
    inquiry = Inquiry.objects.filter(pk=inquiry_id).first()
    if not inquiry:  # erased in the meantime
        return
    if letter == "receipt" and not inquiry.gets_receipt():
        return
    if letter in APPOINTMENT_EMAILS and not (inquiry.email and inquiry.has_upcoming_appointment):
        return
    try:
        delivery.send(EMAILS[letter](inquiry))
    except delivery.NotSent as error:
        if not (letter in PATIENT_EMAILS and error.is_final):
            raise
        record_undelivered(inquiry, letter)


def record_undelivered(inquiry: Inquiry, letter: str) -> None:
    """Record that staff has to call instead. For an appointment, email the front desk too."""
    with transaction.atomic():
        if letter == "receipt":
            inquiry.email_failed(Detail.RECEIPT)
        elif inquiry.email_failed(Detail.APPOINTMENT):
            send_email.defer(letter="call_instead", inquiry_id=inquiry.pk)


@scheduled("*/10 * * * *", "inquiries.remind_of_appointments")
def remind_of_appointments(timestamp: int) -> None:
    """Queue reminders of appointments that are less than a day away."""
    for inquiry in Inquiry.objects.to_remind():
        with transaction.atomic():
            if Inquiry.objects.filter(pk=inquiry.pk, reminder_due=True).update(reminder_due=False):
                send_email.defer(letter="reminder", inquiry_id=inquiry.pk)


@app.task(name="inquiries.send_reply", queue="mail", retry=delivery.GrowingDelays(), pass_context=True)
def send_reply(context: JobContext, *, reply_id: int) -> None:
    """Send the notice of a reply. If the address is refused, or after a day of retries, ask staff to call."""
    queued = Reply.objects.filter(pk=reply_id, delivery=Reply.Delivery.QUEUED)
    reply = queued.select_related("inquiry", "event").first()
    if not reply:
        return
    try:
        if not reply.has_consent:
            raise delivery.NotSent("no consent for this number or address", is_final=True)
        if reply.by_text:
            texts.send_answer_ready(reply)
        else:
            delivery.send(emails.reply_notice(reply))
    except delivery.NotSent as error:
        if not (error.is_final or context.job.attempts >= len(delivery.RETRY_DELAYS_MINUTES)):
            raise
        reply.inquiry.delivery_failed(reply)
    else:
        queued.update(delivery=Reply.Delivery.SENT)


@app.task(name="inquiries.send_code", queue="mail")
def send_code(*, reply_id: int) -> None:
    """Text a code that opens a reply. Never retry, because a late code is useless."""
    reply = Reply.objects.select_related("inquiry").filter(pk=reply_id).first()
    if not (reply and reply.is_open):
        return
    try:
        texts.send_code(reply)
    except delivery.NotSent as error:
        logger.warning("the code for reply %d was not sent: %s", reply_id, error)


@scheduled(
    "41 3 * * *", "inquiries.forget_sendings", aliases=["inquiries.jobs.forget_sendings"], queue="upkeep"
)
def delete_sender_data(timestamp):
    """Delete what identifies senders' networks, once rate limits and repeat detection don't need it."""
    Sending.objects.delete_expired()
    Inquiry.objects.clear_fingerprints()


@scheduled("* * * * *", "inquiries.triage_left_behind")
def triage_pending(timestamp):
    """Triage inquiries that were stored, but whose process died before it could triage them."""
    for inquiry in Inquiry.objects.untriaged():
        inquiry.try_triage()


@scheduled("* * * * *", "inquiries.escalate")
def escalate(timestamp: int) -> None:
    """Escalate inquiries that weren't opened in time."""
    for inquiry, step in escalation.due_steps(timezone.now()):
        with transaction.atomic():
            for address in escalation.claim_step(inquiry, step):
                send_escalation.configure(priority=delivery.Priority.URGENT).defer(
                    inquiry_id=inquiry.pk, to=address
                )


@app.task(name="inquiries.send_escalation", queue="mail", retry=delivery.GrowingDelays())
def send_escalation(*, inquiry_id: int, to: str) -> None:
    """Escalate an inquiry to `to`: an email address, escalation.TEXT or escalation.WEBHOOK."""
    inquiry = Inquiry.objects.not_opened().filter(pk=inquiry_id).first()
    if inquiry and to == escalation.TEXT:
        texts.send_escalation(inquiry)
    elif inquiry and to == escalation.WEBHOOK:
        texts.call_on_call_webhook(inquiry)
    elif inquiry and escalation.is_current(to):  # the job may have waited for a mail server
        delivery.send(emails.escalation_notice(inquiry, to))


@app.task(name="inquiries.tell_staff", queue="mail", retry=delivery.GrowingDelays())
def tell_staff(*, notice: str, inquiry_id: int, user_id: int, about: int) -> None:
    """Email a colleague about a question, an answer or a mention, if they can still see it."""
    inquiry = Inquiry.objects.filter(pk=inquiry_id).first()
    user = get_user_model().objects.filter(pk=user_id).exclude(email="").first()
    if not (inquiry and user):
        return
    question = Question.objects.open_to(user).filter(pk=about)
    if question.exists() if notice == "question" else user.has_perm(VIEW):
        delivery.send(emails.colleague_notice(notice, inquiry, user, about))


@scheduled("11 * * * *", "inquiries.announce_spam")
def announce_spam(timestamp):
    """Email the front desk, at most once a day, about the number of unchecked messages that look like spam.

    Managers are notified once of each message in Spam that stayed unopened for two working days.
    """
    with transaction.atomic():
        if number := Inquiry.objects.mark_for_digest():
            send_digest.defer(number=number, at=timestamp)
        unread, addresses = escalation.claim_unread_spam()
        for address in addresses if unread else ():
            send_digest.defer(number=unread, at=timestamp, to=address)


@app.task(name="inquiries.send_digest", queue="mail", retry=delivery.GrowingDelays())
def send_digest(*, number: int, at: int, to: str = "") -> None:
    """Email the spam digest to the front desk, or the count of long unopened spam to the manager `to`."""
    delivery.send(emails.spam_digest(number, at, to))


@app.task(name="inquiries.report_refusals", queue="mail", retry=delivery.GrowingDelays())
def report_refusals():
    delivery.send(emails.refusals_notice())


@scheduled(
    "23 2 * * *",
    "inquiries.erase_expired",
    aliases=["inquiries.jobs.erase_expired"],
    queue="upkeep",
    retry=RetryStrategy(max_attempts=3, wait=600),
)
def erase_expired(timestamp):
    """Erase expired inquiries. Those that staff is changing right now are left for the next night."""
    try:
        logger.info("retention: %s", erasure.erase_expired())
    except erasure.ErasureRefused as refusal:
        logger.error("retention: nothing was erased. %s", refusal)
        raise


@scheduled("*/10 * * * *", "inquiries.count_recent")
def count_recent(timestamp: int) -> None:
    """Update the figures of the last week, or of all days if there are no figures yet."""
    since = timezone.localdate() - RECOUNT_WINDOW if DailyFigure.objects.exists() else None
    DailyFigure.objects.recount(since)


@scheduled("53 2 * * *", "inquiries.count_all", queue="upkeep")
def count_all(timestamp: int) -> None:
    """Recount all days, because older inquiries change too."""
    DailyFigure.objects.recount()


@scheduled("0 11 * * 1", "inquiries.announce_figures")
def announce_figures(timestamp: int) -> None:
    """Queue an email to each manager with the figures of the week that ended on Sunday."""
    sunday = timezone.localdate(timezone=ZoneInfo(ClinicSettings.recent().time_zone)) - timedelta(days=1)
    with transaction.atomic():
        for user in managers().exclude(email=""):
            send_figures.defer(user_id=user.pk, last=sunday.isoformat())


@app.task(name="inquiries.send_figures", queue="mail", retry=delivery.GrowingDelays())
def send_figures(*, user_id: int, last: str) -> None:
    if user := managers().filter(pk=user_id).first():
        delivery.send(emails.weekly_figures(user, Period.ending(date.fromisoformat(last), days=7)))


@scheduled(
    "7 2 * * *", "inquiries.note_access_head", aliases=["inquiries.jobs.note_access_head"], queue="upkeep"
)
def note_access_head(timestamp):
    """Write the access log's newest hash to the server log, as evidence if later entries are cut off.

    `verify_audit --head` compares the two.
    """
    logger.info("access log: newest entry and hash %s", AccessHead.objects.get())


@scheduled("* * * * *", "inquiries.free_left_behind", aliases=["inquiries.jobs.free_left_behind"])
def unassign_departed(timestamp):
    """Unassign inquiries of users who no longer work on inquiries."""
    assigned = Inquiry.objects.open().exclude(assignee=None)
    for inquiry in assigned.exclude(assignee__in=colleagues()):
        with suppress(ValidationError):  # just reassigned
            inquiry.unassign_departed()


@scheduled("* * * * *", "inquiries.bring_back_waiting", aliases=["inquiries.jobs.bring_back_waiting"])
def return_waiting(timestamp):
    """Return waiting inquiries to the queue at their follow-up time."""
    for inquiry in Inquiry.objects.follow_up_due():
        with suppress(ValidationError):  # just changed by a colleague
            inquiry.end_waiting()
