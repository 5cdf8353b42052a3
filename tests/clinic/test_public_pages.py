"""Public pages: structured data, error pages, page weight, and no external resources."""

import json
import re
from datetime import date, datetime
from unittest import mock
from zoneinfo import ZoneInfo

import brotli
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from clinic.caching import clinic_fallback
from clinic.caching.page_cache import BROTLI_QUALITY
from clinic.models import ClinicSettings
from clinic.security import inline_assets
from clinic.security.csp import PUBLIC
from clinic.templatetags import clinic_tags
from tests.clinic.security.test_headers import csp_hash, policy

ARTICLE = "/education/kyphoplasty/"
PAGES = ["/", "/education/", ARTICLE, "/contact/", "/search/?q=bone", "/nowhere/"]


def structured_data(client, path):
    html = client.get(path).content.decode()
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    return {item["@type"]: item for item in json.loads(text)["@graph"]}


def at(moment):
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/New_York"))
    return mock.patch("django.utils.timezone.now", return_value=now)


def test_only_our_style_sheet_and_script_are_inline_and_nothing_is_external(db, client, facts_read_once):
    for path in PAGES:
        response = client.get(path)
        html = response.text
        (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
        (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
        allowed = policy(response)
        assert allowed["default-src"] == {"'none'"}, path
        assert allowed["img-src"] == {"'self'"}, path
        assert allowed["style-src"] == {"'self'", csp_hash(style)}, path
        assert allowed["script-src"] == {"'self'", csp_hash(script)}, path
        assert allowed.keys() == PUBLIC.keys(), path
        assert "unsafe" not in str(allowed), path
        html = html.replace(style, "").replace(script, "")
        assert not re.findall(r"<style[^>]|\sstyle=|\son\w+=|data:|javascript:", html), path
        assert set(re.findall(r"<script([^>]*)>", html)) <= {"", ' type="application/ld+json"'}
        loaded = re.findall(r'<(?:link rel="(?:icon|manifest)[^>]*href|img[^>]*src)="([^"]+)"', html)
        assert loaded, path
        assert all(address.startswith("/") for address in loaded)


def test_an_article_fits_in_one_round_trip(db, client):
    html = client.get(ARTICLE).content
    assert not re.findall(rb'="/static/[^"]+\.(?:js|css)"', html)
    assert len(brotli.compress(html, quality=BROTLI_QUALITY)) <= 14 * 1024 - 500
    assert 0 < len(brotli.compress(inline_assets.SCRIPT.text.encode())) <= 3 * 1024


def test_structured_data_describes_the_article_and_the_clinic(db, client, article):
    data = structured_data(client, article.url)
    page = data["MedicalWebPage"]
    assert page["name"] == article.title
    assert page["datePublished"] == "2025-10-15"
    assert "lastReviewed" not in page
    assert "reviewedBy" not in page
    trail = data["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in trail] == ["Home", "Patient education", article.title]
    assert trail[-1]["item"] == article.full_url
    clinic = structured_data(client, "/")["MedicalClinic"]
    assert clinic["telephone"] == "+12025550100"
    assert clinic["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
            "opens": "08:00",
            "closes": "17:00",
        }
    ]


def test_structured_data_escapes_html(db, client):
    clinic = ClinicSettings.current()
    clinic.name = "</script><script>alert(1)</script> & Sons"
    clinic.save()
    html = client.get("/contact/").content.decode()
    assert "<script>alert" not in html
    assert structured_data(client, "/contact/")["MedicalClinic"]["name"] == clinic.name


def test_error_pages_need_no_database():
    """Without a database fixture, a query would fail the test."""
    for name in ["429.html", "500.html", "503.html"]:
        clinic_fallback.known.clear()
        assert "<h1>" in render_to_string(name)
        clinic_fallback.known["clinic"] = ClinicSettings()
        assert "(202) 555-0100" in render_to_string(name)
    clinic_fallback.known.clear()


def test_opening_tag_says_when_the_clinic_is_open_or_opens_next():
    for moment, sentence in {
        "2026-03-04 09:00": "Open Wednesday until 5:00 PM",
        "2026-03-04 07:59": "We open Wednesday at 8:00 AM",
        "2026-03-04 17:00": "We open Thursday at 8:00 AM",
        "2026-03-06 18:00": "We open Monday at 8:00 AM",
    }.items():
        with at(moment):
            assert clinic_tags.opening(ClinicSettings()) == sentence
    holiday = [("closed", {"date": date(2026, 3, day), "name": "Moving"}) for day in range(5, 13)]
    with at("2026-03-04 18:00"):  # the date is included if it's far in the future
        closed = ClinicSettings(closed_days=holiday)
        assert clinic_tags.opening(closed) == "We open Friday, March 13 at 8:00 AM"
    assert clinic_tags.opening(ClinicSettings(opening_hours=[])) == ""


def test_the_home_page_shows_todays_hours(db, client):
    for moment, day, hours in [
        ("2026-03-04 23:00", "Wednesday", "8:00 AM – 5:00 PM"),
        ("2026-03-07 09:00", "Saturday", "closed"),
    ]:
        with at(moment):
            assert ClinicSettings().hours_today() == {"day": day, "hours": hours}
            assert f"{day}: {hours}" in client.get("/").content.decode()


def test_the_web_manifest_has_the_clinics_name_and_icons(db, client):
    manifest = client.get("/site.webmanifest").json()
    assert manifest["name"] == ClinicSettings.current().name
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])
