"""JSON-LD (schema.org) about a page and the clinic."""

from datetime import time
from itertools import groupby

from django.templatetags.static import static
from django.utils.translation import gettext as _

from clinic.text import phones

HOME_DEPTH = 2  # below Wagtail's root page
# Deeper pages (articles) only have the clinic's name, to save bytes: the home page has the rest.
MAX_CRUMBS_WITH_ADDRESS = 2
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def graph(clinic, root_url, crumbs, page=None):
    """Return a JSON-LD document: the clinic, the page's breadcrumbs, and `page.structured_data()`, if any.

    `crumbs` are (title, path, language) of each page from the home page to this one.
    """
    items = [describe_clinic(clinic, root_url)]
    if len(crumbs) > MAX_CRUMBS_WITH_ADDRESS:
        items[0] = {key: items[0][key] for key in ("@type", "@id", "name", "url")}
    if len(crumbs) > 1:
        items.append(describe_breadcrumbs(crumbs, root_url))
    if hasattr(page, "structured_data"):
        items.append(page.structured_data(root_url, crumbs[-1][1], clinic.hours.time_zone))
    return {"@context": "https://schema.org", "@graph": items}


def clinic_id(root_url):
    return f"{root_url}/#clinic"


def describe_clinic(clinic, root_url):
    return {
        "@type": "MedicalClinic",
        "@id": clinic_id(root_url),
        "name": clinic.name,
        "url": f"{root_url}/",
        "logo": absolute(static("img/icon-512.png"), root_url),
        **describe_place(clinic),
    }


def describe_place(place):
    """Return the phone number, address and hours of the clinic or one of its locations."""
    return {
        "telephone": phones.parse(place.phone).e164,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street_address,
            "addressLocality": place.city,
            "addressRegion": place.state,
            "postalCode": place.postal_code,
        },
        "openingHoursSpecification": [*weekly_hours(place.hours), *special_days(place.hours)],
    }


def weekly_hours(hours):
    """Yield an entry for each span of hours, with all the days that have it."""
    spans = sorted((span, day) for day, spans in hours.weekly.items() for span in spans)
    for (opens, closes), days in groupby(spans, key=lambda pair: pair[0]):
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAYS[day] for span, day in days],
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
        }


def special_days(hours):
    for day in sorted({*hours.closed, *hours.special}):
        # In schema.org, opening and closing at the same time means closed all day.
        for opens, closes in hours.spans_on(day) or [(time(), time())]:
            yield {
                "@type": "OpeningHoursSpecification",
                "validFrom": f"{day:%Y-%m-%d}",
                "validThrough": f"{day:%Y-%m-%d}",
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }


def describe_breadcrumbs(crumbs, root_url):
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": absolute(path, root_url)}
            for position, (title, path, _language) in enumerate(crumbs, 1)
        ],
    }


def absolute(path, root_url):
    return path if "://" in path else f"{root_url}{path}"


def crumbs_to(page):
    """Return (title, path, language) of each page from the home page on; language "" means the site's."""
    above = page.live_ancestors if page.depth > HOME_DEPTH else []
    return [_crumb(crumb) for crumb in [*above, page]]


def _crumb(page):
    if page.depth == HOME_DEPTH:
        return _("Home"), page.get_url(), ""
    has_language = hasattr(page.specific_class, "language")  # otherwise save the query for the specific page
    return page.title, page.get_url(), page.specific.language if has_language else ""
