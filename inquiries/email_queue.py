"""Emails about inquiries that were not sent: which, since when, and sending them again or giving them up."""

from collections import defaultdict
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from clinic.email import failed
from inquiries.choices import EventKind, Status
from inquiries.jobs import send_letter, send_reply, tell_staff
from inquiries.models import Inquiry, Question, shown_name
from inquiries.permissions import RESEND

MOST = 200  # with more than these the mail server is the matter, not the list


def stuck():
    """Return [(inquiry, its failed email jobs)], oldest first."""
    letters = defaultdict(list)
    for job in failed.jobs_of(send_letter)[:MOST]:
        letters[job.args["inquiry_id"]].append(job)
    inquiries = Inquiry.objects.filter(pk__in=letters).exclude(status=Status.SPAM)
    inquiries = inquiries.only("pk", "reference", "received_at").order_by("received_at")
    return [(inquiry, letters[inquiry.pk]) for inquiry in inquiries]


def send_again(inquiry, *, by):
    """Queue the inquiry's failed emails again, with all attempts; return how many."""
    with _taken_out(inquiry, EventKind.RESENT, by) as letters:
        for args in letters:
            send_letter.configure(priority=inquiry.priority_of(args["letter"])).defer(**args)
    return len(letters)


def let_be(inquiry, *, by):
    """Give up the inquiry's failed emails, as when the patient has been reached; return how many."""
    with _taken_out(inquiry, EventKind.UNSENT, by) as letters:
        return len(letters)


@contextmanager
def _taken_out(inquiry, kind, by):
    """Take the failed emails out of the queue, put that on the timeline, and give their arguments."""
    if not by.has_perm(RESEND):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever presses a button at the same moment waits here, then finds nothing left to do.
        Inquiry.objects.select_for_update(no_key=True).only("pk").get(pk=inquiry.pk)
        waiting = failed.jobs_of(send_letter).exclude(status="doing")
        jobs = list(waiting.filter(args__inquiry_id=inquiry.pk))
        for job in jobs:
            failed.take_out(job)
        if jobs:
            inquiry.events.create(kind=kind, by=by, by_name=shown_name(by))
        yield [job.args for job in jobs]


def reply(
    inquiry: Inquiry, answer: str, link_days: int, plain_email: bool = False, *, by: User, seen: int
) -> None:
    """Store a reply and queue its email."""
    with transaction.atomic():
        stored = inquiry.reply(answer, days=link_days, plain=plain_email, by=by, seen=seen)
        send_reply.defer(reply_id=stored.pk)


def ask(inquiry: Inquiry, clinician: User, question: str, *, by: User, seen: int) -> None:
    """Store a question and queue the notice to the clinician."""
    with transaction.atomic():
        asked = inquiry.ask(clinician, question, by=by, seen=seen)
        tell_colleague("question", inquiry, clinician, asked.pk)


def answer(question: Question, text: str, *, by: User) -> None:
    """Store a clinician's answer and queue the notice to whoever asked, or now works on the inquiry."""
    inquiry = question.inquiry
    with transaction.atomic():
        inquiry.answer_question(question, text, by=by)
        for user in filter(None, {inquiry.assignee, question.event.by}):
            tell_colleague("answer", inquiry, user, question.pk)


def tell_colleague(notice: str, inquiry: Inquiry, to: User, about: int) -> None:
    task = tell_staff.configure(priority=inquiry.priority_of("front_desk_notice"))
    task.defer(notice=notice, inquiry_id=inquiry.pk, user_id=to.pk, about=about)


def tell_front_desk(inquiry: Inquiry) -> None:
    """Queue the notice that there's something to do."""
    task = send_letter.configure(priority=inquiry.priority_of("front_desk_notice"))
    task.defer(letter="front_desk_notice", inquiry_id=inquiry.pk)
