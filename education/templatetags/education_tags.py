import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django import template
from django.db import Error
from django.urls import reverse
from django.utils.html import format_html
from wagtail.models import Page

from clinic.models import ClinicSettings
from clinic.models.navigation import with_language
from education.blocks import texts_in
from education.models.base import is_readable
from education.models.locations import live_locations
from education.review.gate import ClinicallyReviewed
from education.review.models import ClinicalReview

register = template.Library()

WORDS_PER_MINUTE = 200
TAG = re.compile("<[^>]*>")


register.filter(is_readable)


@register.simple_tag(takes_context=True)
def locations(context):
    """Return the public offices; none without a request or database."""
    if context.get("request"):
        with suppress(Error):
            return live_locations()
    return []


@register.simple_tag
def compare_url(reviewed: ClinicallyReviewed, old: int | str, new: int | str) -> str:
    """Return the admin URL that compares two revisions of a page or snippet."""
    name = "wagtailadmin_pages:revisions_compare"
    if not isinstance(reviewed, Page):
        name = reviewed.snippet_viewset.get_url_name("revisions_compare")
    return reverse(name, args=[reviewed.pk, old, new])


@register.filter
def minutes_to_read(page):
    """Return the reading time of an article in whole minutes, at least one."""
    words = sum(len(TAG.sub(" ", text).split()) for text in [page.lead, *texts_in(page.body.raw_data)])
    return max(1, round(words / WORDS_PER_MINUTE))


@register.filter
def reviewer_line(review: ClinicalReview) -> str:
    """Return a reviewer's name and credentials at the time of the review, linked to their page."""
    name = review.reviewer_name
    if is_readable(review.reviewer_page):
        name = format_html('<a href="{}">{}</a>', review.reviewer_page.url, name)
    return format_html("{}, {}", name, review.reviewer_credentials) if review.reviewer_credentials else name


@register.filter
def updated_on(page: Page, clinic: ClinicSettings) -> date | None:
    return page.updated_on(clinic.hours.time_zone)


@register.filter
def readable(pages: Iterable[Page]) -> list[Page]:
    """Return the public ones of the pages that editors chose, which may be unpublished or deleted by now."""
    chosen = [page.pk for page in pages if page]
    live = with_language(Page.objects.live()).in_bulk(chosen) if chosen else {}
    return [live[key] for key in chosen if is_readable(live.get(key))]


@register.filter
def has_lapsed(review: ClinicalReview, clinic: ClinicSettings) -> bool:
    return review.has_lapsed(clinic.hours.today)
