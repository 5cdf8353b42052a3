"""Template tags for public pages: clinic facts, menus, illustrations, breadcrumbs and JSON-LD."""

import json
import re
from contextlib import suppress

from django import template
from django.conf import settings
from django.db import Error
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site

from clinic import structured_data
from clinic.caching import clinic_fallback
from clinic.drawings import DRAWINGS
from clinic.models import ClinicSettings
from clinic.models.navigation import menus_for_site
from clinic.security import inline_assets

register = template.Library()

# Not as part of a longer number.
EMERGENCY_NUMBER = re.compile(r"(?<!\d)(?<!\d[ .-])(?:000|112|911|988|999)(?![.-]?\d| \d{4})")
# As in django.utils.html.json_script, so the data can't close its script element.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def current_clinic(context):
    """Return the clinic's facts; the last known ones or None while the database is unavailable."""
    request = context.get("request")
    return clinic_fallback.for_request(request) if request else clinic_fallback.clinic()


@register.simple_tag
def clinic_name():
    """Return the clinic's name, cached for a second, for the admin's frame."""
    return ClinicSettings.recent().name


@register.simple_tag
def demo():
    """Return whether this is the demo of `make run`, which doesn't require a second factor."""
    return settings.DEMO


@register.simple_tag(takes_context=True)
def site_css(context):
    """Return the style sheet with the accent color, and set `request.style_hash` for the security policy."""
    clinic, request = context.get("clinic"), context.get("request")
    page = context.get("page")
    is_article = bool(request) and hasattr(page, "published_on")
    accent = clinic.accent if clinic and request else ""
    with_blocks = context.get("with_blocks") or getattr(page, "needs_block_styles", False)
    text, style_hash = inline_assets.style_for(accent, is_article, with_blocks)
    if request:
        request.style_hash = style_hash
    return mark_safe(text)  # noqa: S308 (our own file, and a color)


@register.simple_tag
def site_js():
    return mark_safe(inline_assets.SCRIPT.text)  # noqa: S308 (our own file)


@register.simple_tag
def illustration(name: str, alt_text: str) -> str:
    """Render one of our drawings, or nothing for an unknown name."""
    if name not in DRAWINGS:
        return ""
    return render_to_string(f"includes/illustrations/{name}.html", {"alt_text": alt_text})


@register.simple_tag
def opening(clinic):
    """Return a sentence on when the clinic closes or opens next, or "" if it never opens.

    Names the day instead of "today" or "tomorrow", so it stays true in a cached page or an open tab.
    """
    now = timezone.now()
    opens = clinic.hours.next_opening(now)
    if opens is None:
        return ""
    is_open = opens <= now
    change = clinic.hours.next_closing(now) if is_open else opens
    sentence = _("Open %(day)s until %(time)s") if is_open else _("We open %(day)s at %(time)s")
    return sentence % clinic.hours.day_and_time(change, now)


@register.simple_tag
def notice(clinic):
    """Return the notice to show at the top of the page, or ""."""
    return clinic.notice_text if clinic and clinic.shows_notice(timezone.now()) else ""


@register.simple_tag
def logo(clinic):
    """Return the renditions of the clinic's logo; None without one or while the database is unavailable."""
    with suppress(Error):
        return clinic.logo_renditions if clinic else None


@register.simple_tag(takes_context=True)
def menus(context):
    """Return the links of "header" and "footer"; empty without a request or the database."""
    request = context.get("request")
    if not request:
        return {}
    if not hasattr(request, "menus"):
        request.menus = {}
        with suppress(Error):
            if site := Site.find_for_request(request):
                request.menus = menus_for_site(site)
    return request.menus


@register.simple_tag
def phone_now(clinic):
    """Return the phone number to call now as `uri` and `display`; the after-hours one while closed."""
    opens = clinic.hours.next_opening(now := timezone.now())
    if clinic.after_hours_phone and opens and opens > now:
        return {"uri": clinic.after_hours_phone_uri, "display": clinic.after_hours_phone_display}
    return {"uri": clinic.phone_uri, "display": clinic.phone_display}


@register.inclusion_tag("includes/call_us.html", takes_context=True)
def call_us(context):
    """Render a sentence on when to call the clinic, or the after-hours phone while it's closed."""
    clinic = context.get("clinic") or clinic_fallback.clinic()
    now = timezone.now()
    opens = clinic.hours.next_opening(now) if clinic else None
    when = opens and _("%(day)s from %(time)s") % clinic.hours.day_and_time(opens, now)
    return {"clinic": clinic, "is_open": opens is None or opens <= now, "opens": when}


@register.filter
def with_emergency_calls(text):
    """Turn each emergency number in a text into a tel: link."""
    linked = EMERGENCY_NUMBER.sub(r'<a href="tel:\g<0>">\g<0></a>', conditional_escape(text))
    return mark_safe(linked)  # noqa: S308 (escaped)


@register.simple_tag(takes_context=True)
def absolute_url(context, name):
    return _root_url(context) + reverse(name)


@register.simple_tag(takes_context=True)
def absolute_static(context, path):
    return structured_data.absolute(static(path), _root_url(context))


@register.inclusion_tag("includes/breadcrumb.html", takes_context=True)
def breadcrumb(context, title=""):
    """Render the breadcrumb. Views outside the page tree pass their `title`."""
    page = context.get("page") if not title else None
    return {"crumbs": _crumbs(context, page, title)[:-1]}


@register.simple_tag(takes_context=True)
def structured_data_of(context, title=""):
    """Render the page's JSON-LD, which browsers don't execute, so it needs no nonce."""
    page = context.get("page") if not title else None
    clinic = context.get("clinic") or current_clinic(context)
    if not clinic:
        return ""
    graph = structured_data.graph(clinic, _root_url(context), _crumbs(context, page, title), page)
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _crumbs(context, page, title):
    request = context["request"]
    cache = request.__dict__.setdefault("_crumbs", {})
    title = str(title)
    key = page.pk if page else title
    if key not in cache:
        crumbs = [(_("Home"), "/", ""), (title, request.path, "")]
        cache[key] = structured_data.crumbs_to(page) if page else crumbs
    return cache[key]


def _root_url(context):
    """Return the site's root URL, or BASE_URL while the database is unavailable."""
    with suppress(Error):
        if site := Site.find_for_request(context["request"]):
            return site.root_url
    return settings.BASE_URL
