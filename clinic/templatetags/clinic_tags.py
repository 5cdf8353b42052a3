"""What public pages say about the clinic and themselves: opening hours, drawings, the way up, JSON-LD."""

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
from clinic.models.navigation import menus_of
from clinic.security import inline_assets

register = template.Library()

# Standing alone: not as a part of a longer number.
EMERGENCY_NUMBER = re.compile(r"(?<!\d)(?<!\d[ .-])(?:000|112|911|988|999)(?![.-]?\d| \d{4})")
# As in django.utils.html.json_script: nothing in the data can end its element or begin another.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def current_clinic(context):
    """The clinic's facts; what was last known while the database is away, None if nothing is."""
    request = context.get("request")
    return clinic_fallback.for_request(request) if request else clinic_fallback.clinic()


@register.simple_tag
def clinic_name():
    """For the admin's own frame, a second old at most."""
    return ClinicSettings.recent().name


@register.simple_tag
def demo():
    """Whether this is `make run` on somebody's own machine, where a password alone is enough."""
    return settings.DEMO


@register.simple_tag(takes_context=True)
def site_css(context):
    """The style sheet with the clinic's accent color; the request carries its hash to the security policy."""
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
    """One of our own drawings; nothing for a name not known."""
    if name not in DRAWINGS:
        return ""
    return render_to_string(f"includes/illustrations/{name}.html", {"alt_text": alt_text})


@register.simple_tag
def opening(clinic):
    """Until when the clinic is open, or when it opens next; "" if it never does.

    Names the day instead of saying "now" or "tomorrow", so that it stays true in a copy of the page that
    a cache or an open tab has kept for a while.
    """
    now = timezone.now()
    opens = clinic.hours.next_opening(now)
    if opens is None:
        return ""
    is_open = opens <= now
    moment = clinic.hours.next_closing(now) if is_open else opens
    sentence = _("Open %(day)s until %(time)s") if is_open else _("We open %(day)s at %(time)s")
    return sentence % clinic.hours.day_and_time(moment, now)


@register.simple_tag
def notice(clinic):
    """The notice to show on top of the page; "" if there is none now."""
    return clinic.notice_text if clinic and clinic.shows_notice(timezone.now()) else ""


@register.simple_tag
def logo(clinic):
    """The stored pictures of the clinic's logo; None without one, or where no database says which."""
    with suppress(Error):
        return clinic.logo_pictures if clinic else None


@register.simple_tag(takes_context=True)
def menus(context):
    """The links of "header" and "footer"; empty if no request or no database says which."""
    request = context.get("request")
    if not request:
        return {}
    if not hasattr(request, "menus"):
        request.menus = {}
        with suppress(Error):
            if site := Site.find_for_request(request):
                request.menus = menus_of(site)
    return request.menus


@register.simple_tag
def phone_now(clinic):
    """The number to call now, as `uri` and `display`: the one for while the clinic is closed, or its own."""
    opens = clinic.hours.next_opening(now := timezone.now())
    if clinic.after_hours_phone and opens and opens > now:
        return {"uri": clinic.after_hours_phone_uri, "display": clinic.after_hours_phone_display}
    return {"uri": clinic.phone_uri, "display": clinic.phone_display}


@register.inclusion_tag("includes/call_us.html", takes_context=True)
def call_us(context):
    """One sentence: whom to call now. Nobody is sent to the phone of a clinic that is closed."""
    clinic = context.get("clinic") or clinic_fallback.clinic()
    now = timezone.now()
    opens = clinic.hours.next_opening(now) if clinic else None
    when = opens and _("%(day)s from %(time)s") % clinic.hours.day_and_time(opens, now)
    return {"clinic": clinic, "is_open": opens is None or opens <= now, "opens": when}


@register.filter
def with_emergency_calls(text):
    """The text, in which each emergency number is a link that calls it."""
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
        here = [(_("Home"), "/", ""), (title, request.path, "")]
        kept[key] = structured_data.crumbs_to(page) if page else here
    return kept[key]


def _root_url(context):
    """The site's address by its record; as configured while the database is away."""
    with suppress(Error):
        if site := Site.find_for_request(context["request"]):
            return site.root_url
    return settings.BASE_URL
