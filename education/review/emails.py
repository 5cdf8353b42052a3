"""E-mails about reviews, sent by the worker. Addresses are looked up when they leave."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from procrastinate.contrib.django import app

from clinic.accounts.roles import REVIEWERS
from clinic.email import delivery
from clinic.models import ClinicSettings
from education.review.models import UnreviewedPublication


@app.task(name="education.tell_of_unreviewed", queue="accounts", retry=delivery.GrowingDelays())
def tell_of_unreviewed(*, publication_id: int) -> None:
    """Tell the clinical reviewers what went live without them."""
    publication = UnreviewedPublication.objects.filter(pk=publication_id).select_related("revision").first()
    if publication and (to := addresses(REVIEWERS)):
        facts = {"publication": publication, "link": edit_link(publication.revision.content_object)}
        delivery.send(message("unreviewed", to, facts))


def addresses(*groups: str) -> list[str]:
    people = get_user_model().objects.filter(groups__name__in=groups, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def message(name: str, to: list[str], facts: dict) -> EmailMessage:
    context = {**facts, "clinic": ClinicSettings.current()}
    subject, _newline, body = (
        render_to_string(f"education/emails/{name}.txt", context).strip().partition("\n")
    )
    return EmailMessage(subject, body.lstrip(), to=to)


def edit_link(page) -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
