from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext as _
from wagtail.models import Page

from clinic.caching import clinic_fallback
from inquiries.public.form.inquiry_form import render_empty_form
from inquiries.public.form.offer import current_offer
from inquiries.reports.pages import question_counts

register = template.Library()


@register.inclusion_tag("inquiries/includes/form.html", takes_context=True)
def inquiry_form(context):
    """Render the inquiry form at the end of a page, with the page and its revision in hidden fields."""
    page = context["page"]
    html = render_empty_form(get_language(), current_offer(clinic_fallback.clinic()), "article")
    for name, value in {"page": page.pk, "page_revision": page.live_revision_id}.items():
        html = html.replace(f'name="{name}"', f'name="{name}" value="{value or ""}"')
    return {"rendered_form": mark_safe(html), "request": context["request"]}  # noqa: S308 (numbers in our form)


@register.simple_tag
def with_questions(pages: list[Page]) -> list[tuple[Page, list[tuple[str, int]]]]:
    """Return (page, question counts by topic) of each page; those without any feedback come last."""
    counts = question_counts(pages)
    rows = [(page, counts.get(page.pk, [])) for page in pages]
    return sorted(rows, key=lambda row: not (row[0].helpful or row[0].not_helpful or row[1]))


@register.simple_tag
def when_read(clinic):
    """Return when a message will be read if the clinic is closed, or "" while it's open."""
    now = timezone.now()
    opens = clinic.hours.next_opening(now) if clinic else None
    if opens is None or opens <= now:
        return ""
    # Caches drop this when the clinic opens: see clinic.caching.middleware.until_next_change.
    sentence = _("We're closed now. We'll read your message %(day)s from %(time)s.")
    return sentence % clinic.hours.day_and_time(opens, now)
