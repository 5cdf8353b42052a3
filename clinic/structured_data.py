"""JSON-LD (schema.org) about a page and the clinic, from the records alone."""

from datetime import time
from itertools import groupby

from django.templatetags.static import static
from django.utils.translation import gettext as _

from clinic.text import phones

HOME_DEPTH = 2  # below Wagtail's own root, which nobody sees
# Deeper pages (articles) only name the clinic, to stay small: the home page has the rest.
MOST_CRUMBS_WITH_ADDRESS = 2
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def graph(clinic, root_url, crumbs, page=None):
    """One JSON-LD document: the clinic, the page's breadcrumbs, and what its type adds.

    `crumbs` are (title, path, language) of each page from the home page to this one.
    """
    items = [describe_clinic(clinic, root_url)]
    if len(crumbs) > MOST_CRUMBS_WITH_ADDRESS:
        items[0] = {key: items[0][key] for key in ("@type", "@id", "name", "url")}
    if len(crumbs) > 1:
        items.append(describe_path(crumbs, root_url))
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
    """Phone, address and hours of the clinic or one of its locations."""
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
    """Days with the same hours share an entry."""
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
        # Closing when it opens is schema.org's way to say closed all day.
        for opens, closes in hours.spans_on(day) or [(time(), time())]:
            yield {
                "@type": "OpeningHoursSpecification",
                "validFrom": f"{day:%Y-%m-%d}",
                "validThrough": f"{day:%Y-%m-%d}",
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }


def describe_path(crumbs, root_url):
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
    """(title, path, language, "" for the site's) of every page from the home page to this one."""
    above = page.live_ancestors if page.depth > HOME_DEPTH else []
    return [_crumb(crumb) for crumb in [*above, page]]


def _crumb(page):
    if page.depth == HOME_DEPTH:
        return _("Home"), page.get_url(), ""
    has_language = hasattr(page.specific_class, "language")  # else its table isn't asked
    return page.title, page.get_url(), page.specific.language if has_language else ""
