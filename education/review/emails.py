"""Emails about reviews. The worker looks up the recipients when it sends them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from wagtail.models import Page

from clinic.accounts.roles import MANAGERS, REVIEWERS
from clinic.email import delivery, failed
from clinic.models import ClinicSettings
from clinic.operations.schedule import scheduled
from education.review import due
from education.review.models import UnreviewedPublication


@app.task(name="education.tell_of_unreviewed", queue="accounts", retry=delivery.GrowingDelays())
def send_unreviewed_notice(*, publication_id: int) -> None:
    """Email reviewers, or managers and administrators if there are none, what went live unreviewed."""
    publication = UnreviewedPublication.objects.filter(pk=publication_id).select_related("revision").first()
    to = addresses(REVIEWERS) or addresses(MANAGERS, administrators=True)
    if publication and to:
        facts = {"publication": publication, "link": edit_link(publication.revision.content_object)}
        delivery.send(build_message("unreviewed", to, facts))


@app.task(name="education.tell_of_failed_plan", queue="accounts", retry=delivery.GrowingDelays())
def send_failed_schedule_notice(*, page_id: int) -> None:
    """Email the editor who scheduled a page, or managers, that it couldn't be published or unpublished."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    planner = page.latest_revision.user if page.latest_revision else page.owner
    to = [planner.email] if planner and planner.is_active and planner.email else addresses(MANAGERS)
    if to:
        delivery.send(build_message("failed_plan", to, {"page": page, "link": edit_link(page)}))


@scheduled("0 8 1 * *", "education.remind_owners")
def remind_owners(timestamp: int) -> None:
    """Email owners which of their pages need a review, and managers the pages without an active owner."""
    for owner, pages in due.pages_by_owner().items():
        to = [owner.email] if owner else addresses(MANAGERS)
        if to:
            listed = [(str(page), due.review_state(page)) for page in pages]
            send_reminder.defer(to=to, pages=listed, own=bool(owner))


@app.task(name="education.send_reminder", queue="accounts", retry=delivery.GrowingDelays())
def send_reminder(*, to: list[str], pages: list[tuple[str, str]], own: bool) -> None:
    """Email an owner, or managers, which pages need a review."""
    link = settings.BASE_URL + reverse("education_review:report")
    delivery.send(build_message("due", to, {"pages": pages, "own": own, "link": link}))


def addresses(group: str, *, administrators: bool = False) -> list[str]:
    chosen = Q(groups__name=group)
    if administrators:
        chosen |= Q(is_superuser=True)
    people = get_user_model().objects.filter(chosen, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def build_message(name: str, to: list[str], facts: dict) -> EmailMessage:
    context = {**facts, "clinic": ClinicSettings.current()}
    subject, _newline, body = (
        render_to_string(f"education/emails/{name}.txt", context).strip().partition("\n")
    )
    return EmailMessage(subject, body.lstrip(), to=to)


def edit_link(page) -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


failed.register(send_unreviewed_notice, _("A page is live without review, to reviewers or managers"))
failed.register(send_failed_schedule_notice, _("A page couldn’t be published as scheduled, to its editor"))
failed.register(send_reminder, _("Pages that need a review, to their owner"))
