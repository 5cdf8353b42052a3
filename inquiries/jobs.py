"""Background jobs: procrastinate runs them from a queue in the same PostgreSQL.

A job runs at least once: if its worker is killed, it runs again. So each must be safe to run twice.
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

RECENT = timedelta(days=8)  # counted every ten minutes; older days once a night

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
    """Note that somebody has to call instead; if it was about an appointment, email the front desk too."""
    with transaction.atomic():
        if letter == "receipt":
            inquiry.email_failed(Detail.RECEIPT)
        elif inquiry.email_failed(Detail.APPOINTMENT):
            send_email.defer(letter="call_instead", inquiry_id=inquiry.pk)


@scheduled("*/10 * * * *", "inquiries.remind_of_appointments")
def remind_of_appointments(timestamp: int) -> None:
    """Remind patients of their appointment, a day before it."""
    for inquiry in Inquiry.objects.to_remind():
        with transaction.atomic():
            if Inquiry.objects.filter(pk=inquiry.pk, reminder_due=True).update(reminder_due=False):
                send_email.defer(letter="reminder", inquiry_id=inquiry.pk)


@app.task(name="inquiries.send_reply", queue="mail", retry=delivery.GrowingDelays(), pass_context=True)
def send_reply(context: JobContext, *, reply_id: int) -> None:
    """Send the notice of a reply. If its address is refused, or after a day, somebody has to call."""
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
    """Text a code that opens a reply. Never retried: a late code is useless."""
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
def forget_sendings(timestamp):
    """Forget which networks messages came from, once no limit and no check for repeats needs it."""
    Sending.objects.delete_expired()
    Inquiry.objects.clear_fingerprints()


@scheduled("* * * * *", "inquiries.triage_left_behind")
def triage_left_behind(timestamp):
    """Judge urgency and spam of inquiries whose process was killed before it could."""
    for inquiry in Inquiry.objects.untriaged():
        inquiry.try_triage()


@scheduled("* * * * *", "inquiries.escalate")
def escalate(timestamp: int) -> None:
    """Pass on inquiries that nobody has opened in time."""
    for inquiry, step in escalation.due_steps(timezone.now()):
        with transaction.atomic():
            for address in escalation.claim_step(inquiry, step):
                send_escalation.configure(priority=delivery.Priority.URGENT).defer(
                    inquiry_id=inquiry.pk, to=address
                )


@app.task(name="inquiries.send_escalation", queue="mail", retry=delivery.GrowingDelays())
def send_escalation(*, inquiry_id: int, to: str) -> None:
    """`to` is an email address, escalation.TEXT or escalation.WEBHOOK."""
    inquiry = Inquiry.objects.not_opened().filter(pk=inquiry_id).first()
    if inquiry and to == escalation.TEXT:
        texts.send_escalation(inquiry)
    elif inquiry and to == escalation.WEBHOOK:
        texts.call_on_call_webhook(inquiry)
    elif inquiry:
        delivery.send(emails.escalation_notice(inquiry, to))


@app.task(name="inquiries.tell_staff", queue="mail", retry=delivery.GrowingDelays())
def tell_staff(*, notice: str, inquiry_id: int, user_id: int, about: int) -> None:
    """Tell a colleague of a question, an answer or a mention, if they may still see it."""
    inquiry = Inquiry.objects.filter(pk=inquiry_id).first()
    user = get_user_model().objects.filter(pk=user_id).exclude(email="").first()
    if not (inquiry and user):
        return
    waits = Question.objects.open_to(user).filter(pk=about).exists() if notice == "question" else None
    if waits or (waits is None and user.has_perm(VIEW)):
        delivery.send(emails.colleague_notice(notice, inquiry, user, about))


@scheduled("11 * * * *", "inquiries.announce_spam")
def announce_spam(timestamp):
    """Email the front desk, at most once a day, how many messages look like spam and are unchecked.

    Managers are told once of each in Spam that nobody has opened for two working days.
    """
    with transaction.atomic():
        if number := Inquiry.objects.mark_for_digest():
            send_digest.defer(number=number, at=timestamp)
        unread, recipients = escalation.claim_unread_spam()
        for address in recipients if unread else ():
            send_digest.defer(number=unread, at=timestamp, to=address)


@app.task(name="inquiries.send_digest", queue="mail", retry=delivery.GrowingDelays())
def send_digest(*, number: int, at: int, to: str = "") -> None:
    """Email the front desk; or the manager `to`, about spam that nobody has opened for two working days."""
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
    """Erase expired inquiries. Those being worked on at that moment follow the next night."""
    try:
        logger.info("retention: %s", erasure.erase_expired())
    except erasure.ErasureRefused as refusal:
        logger.error("retention: nothing was erased. %s", refusal)
        raise


@scheduled("*/10 * * * *", "inquiries.count_recent")
def count_recent(timestamp: int) -> None:
    """Bring the figures of the last week up to date; of all days where none have been counted yet."""
    since = timezone.localdate() - RECENT if DailyFigure.objects.exists() else None
    DailyFigure.objects.recount(since)


@scheduled("53 2 * * *", "inquiries.count_all", queue="upkeep")
def count_all(timestamp: int) -> None:
    """Count all days again, because older inquiries change too."""
    DailyFigure.objects.recount()


@scheduled("0 11 * * 1", "inquiries.announce_figures")
def announce_figures(timestamp: int) -> None:
    """On Monday, queue the figures of the week before for each manager."""
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
    """Note the newest entry of the access log in the server's log, to show if its end is ever cut off.

    `verify_audit --head` compares it.
    """
    logger.info("access log: newest entry and hash %s", AccessHead.objects.get())


@scheduled("* * * * *", "inquiries.free_left_behind", aliases=["inquiries.jobs.free_left_behind"])
def free_left_behind(timestamp):
    """Unassign inquiries from people who no longer work on inquiries."""
    assigned = Inquiry.objects.open().exclude(assignee=None)
    for inquiry in assigned.exclude(assignee__in=colleagues()):
        with suppress(ValidationError):  # given to somebody else just now
            inquiry.unassign_departed()


@scheduled("* * * * *", "inquiries.bring_back_waiting", aliases=["inquiries.jobs.bring_back_waiting"])
def bring_back_waiting(timestamp):
    """Reopen waiting inquiries whose follow-up time has come."""
    for inquiry in Inquiry.objects.follow_up_due():
        with suppress(ValidationError):  # a colleague was quicker
            inquiry.end_waiting()
