"""Failed emails about inquiries, for the admin's panel. Decisions are recorded on the inquiry's timeline."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts.names import display_name
from clinic.email import failed
from inquiries import jobs
from inquiries.choices import EventKind, Status
from inquiries.models import AccessEntry, AccessKind, Inquiry, Reply
from inquiries.permissions import RESEND


def describe(stuck: list[ProcrastinateJob], to: Any) -> Iterator[failed.Email]:
    """Yield emails about existing inquiries that aren't spam, and log that `to` saw these inquiries."""
    replies = Reply.objects.in_bulk([job.args["reply_id"] for job in stuck if "reply_id" in job.args])
    about = {job: _inquiry_id(job.args, replies) for job in stuck}
    inquiries = Inquiry.objects.exclude(status=Status.SPAM).only("pk", "reference").in_bulk(about.values())
    AccessEntry.objects.record(AccessKind.LISTED, to, list(inquiries))
    for job, pk in about.items():
        if inquiry := inquiries.get(pk):
            url = reverse("inquiry:inspect", args=[pk])
            yield failed.Email(job, _label(job.args), inquiry.reference, url)


def _inquiry_id(args: Mapping[str, Any], replies: Mapping[int, Reply]) -> int | None:
    if "inquiry_id" in args:
        return args["inquiry_id"]
    reply = replies.get(args["reply_id"])
    return reply.inquiry_id if reply else None


def _label(args: Mapping[str, Any]) -> Any:
    if "letter" in args:
        return _("To the patient") if args["letter"] in jobs.PATIENT_EMAILS else _("To the front desk")
    if "reply_id" in args:
        return _("Reply to the patient")
    return _("Notice to a colleague") if "user_id" in args else _("Unread inquiry (escalation)")


def record_decision(args: Mapping[str, Any], by: User, *, sent: bool) -> None:
    reply = Reply.objects.filter(pk=args.get("reply_id", 0)).select_related("inquiry").first()
    pk = reply.inquiry_id if reply else args.get("inquiry_id", 0)
    inquiry = Inquiry.objects.select_for_update(no_key=True).filter(pk=pk).only("pk").first()
    if inquiry:
        kind = EventKind.RESENT if sent else EventKind.UNSENT
        inquiry.events.create(kind=kind, by=by, by_name=display_name(by))
    if reply and not sent:
        reply.inquiry.delivery_failed(reply)  # asks the front desk to call instead


about_inquiries = failed.Kind(describe, RESEND, record_decision)
for task in (jobs.send_email, jobs.send_reply, jobs.send_escalation, jobs.tell_staff):
    failed.register(task, about_inquiries)
failed.register(jobs.send_code, _("Code by text, to a patient"))
failed.register(jobs.send_figures, _("Weekly figures, to a manager"))
failed.register(jobs.send_digest, _("Spam digest, to the front desk"))
failed.register(jobs.report_refusals, _("Rate limit notice, to the front desk"))
