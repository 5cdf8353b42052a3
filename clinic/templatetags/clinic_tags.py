"""What public pages say about the clinic and themselves: opening hours, drawings, the way up, JSON-LD."""

import json
from contextlib import suppress

from django import template
from django.conf import settings
from django.db import Error
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site

from clinic import last_known, structured_data
from clinic.drawings import DRAWINGS
from clinic.models import ClinicSettings

register = template.Library()

WORDS_A_MINUTE = 200  # unhurried
# As in django.utils.html.json_script: nothing in the data can end its element or begin another.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def current_clinic(context):
    """The clinic's facts; what was last known while the database is away, None where nothing is."""
    request = context.get("request")
    if request:
        with suppress(Error):
            last_known.remember(ClinicSettings.for_request(request))
    return last_known.clinic()


@register.simple_tag
def illustration(name):
    """One of our own drawings with its caption and its text alternative; nothing for a name not known."""
    if name not in DRAWINGS:
        return ""
    return mark_safe(render_to_string(f"includes/illustrations/{name}.html"))  # noqa: S308 (our own template)


@register.simple_tag
def open_now(clinic):
    """Whether the clinic is open at this moment, and the sentence that says so and until or from when."""
    now = timezone.now()
    opens = clinic.hours.next_opening(now)
    if opens is None:
        return {"is_open": False, "text": _("Closed now")}
    if opens <= now:
        closes = clinic.hours.next_closing(now).astimezone(clinic.hours.time_zone)
        return {"is_open": True, "text": _("Open now, until %(time)s") % {"time": short_time(closes)}}
    opens = opens.astimezone(clinic.hours.time_zone)
    days_ahead = (opens.date() - now.astimezone(clinic.hours.time_zone).date()).days
    sentence = {
        0: _("Closed now. We open today at %(time)s"),
        1: _("Closed now. We open tomorrow at %(time)s"),
    }.get(days_ahead, _("Closed now. We open on %(day)s at %(time)s"))
    day = date_format(opens, "l" if days_ahead < 7 else "l, F j")
    return {"is_open": False, "text": sentence % {"time": short_time(opens), "day": day}}


def short_time(moment):
    """5 PM, 5:30 PM"""
    return time_format(moment, "g:i A").replace(":00", "")


@register.filter
def minutes_to_read(page):
    """How long reading an article takes, in whole minutes, at least one."""
    body = page.body.stream_block.get_searchable_content(page.body)
    words = sum(len(strip_tags(str(text)).split()) for text in [page.lead, *body])
    return max(1, round(words / WORDS_A_MINUTE))


@register.simple_tag(takes_context=True)
def absolute_url(context, name):
    return _root_url(context) + reverse(name)


@register.simple_tag(takes_context=True)
def absolute_static(context, path):
    return structured_data.absolute(static(path), _root_url(context))


@register.inclusion_tag("includes/breadcrumb.html", takes_context=True)
def breadcrumb(context, title=""):
    """The way back up. A page outside the tree says its own `title`. Search engines get the same path."""
    page = context.get("page") if not title else None
    crumbs = _crumbs(context, page, title)
    return {"crumbs": crumbs[:-1]}


@register.simple_tag(takes_context=True)
def structured_data_of(context, title=""):
    """The JSON-LD of this page. It is data, not a script: a browser runs none of it."""
    page = context.get("page") if not title else None
    clinic = context.get("clinic") or current_clinic(context)
    if not clinic:
        return ""
    graph = structured_data.graph(clinic, _root_url(context), _crumbs(context, page, title), page)
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _crumbs(context, page, title):
    request = context["request"]
    kept = request.__dict__.setdefault("_crumbs", {})
    title = str(title)
    key = page.pk if page else title
    if key not in kept:
        kept[key] = structured_data.crumbs_to(page) if page else [(_("Home"), "/"), (title, request.path)]
    return kept[key]


def _root_url(context):
    """The site's address by its record; as configured where the database is away."""
    with suppress(Error):
        return Site.find_for_request(context["request"]).root_url
    return settings.BASE_URL
