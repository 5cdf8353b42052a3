"""Branding: logo, accent color, notice, menus and redirects."""

import re
from contextlib import nullcontext
from datetime import timedelta

import PIL.Image
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Page

from clinic import colors
from clinic.caching import middleware
from clinic.models import ClinicSettings, NavigationSettings
from clinic.security import inline_assets
from tests.clinic.security.test_headers import csp_hash, policy


@pytest.fixture
def clinic(db):
    return ClinicSettings.current()


@pytest.fixture
def menus(clinic):
    return NavigationSettings.for_site(clinic.site)


def soup(client, path="/"):
    return BeautifulSoup(client.get(path).content, "html.parser")


def cache_seconds(response):
    """Return the (fresh, stale) seconds from Cache-Control."""
    rule = response["Cache-Control"]
    return [int(re.search(f"{name}=(\\d+)", rule)[1]) for name in ("s-maxage", "stale-while-revalidate")]


def test_an_accent_color_with_low_contrast_is_rejected_with_a_suggestion(clinic):
    for accent in ["#7fd0c6", "teal", "#12345", "red;}", "#1a7f7a"]:
        clinic.accent = accent
        with pytest.raises(ValidationError) as error:
            clinic.full_clean()
        assert list(error.value.message_dict) == ["accent"], accent
    nearest = re.search("#[0-9a-f]{6}", error.value.messages[0])[0]
    assert colors.lowest_contrast(nearest, colors.LIGHT_BACKGROUNDS) >= 7


def test_the_accent_color_is_in_the_style_sheet_allowed_by_the_csp(client, clinic):
    clinic.accent = "#5b1e6b"
    clinic.full_clean()
    clinic.save()
    response = client.get("/")
    style = re.search("<style>(.*?)</style>", response.content.decode(), re.DOTALL)[1]
    assert ":root{--teal:#5b1e6b}" in style
    assert policy(response)["style-src"] == {"'self'", csp_hash(style)}


def test_the_accent_color_is_lightened_for_dark_mode():
    style, _ = inline_assets.style_for("#5b1e6b", is_article=False)
    dark = style[-style[::-1].index("--teal:"[::-1]) :][:7]
    assert colors.lowest_contrast(dark, colors.DARK_BACKGROUNDS) >= 7


def test_the_logo_replaces_the_name_and_the_icon(client, clinic, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = tmp_path / "logo.png"
    PIL.Image.new("RGB", (900, 300), "teal").save(file)
    clinic.logo = Image.objects.create(title="Logo", file=ContentFile(file.read_bytes(), "logo.png"))
    clinic.save()
    page = soup(client)
    assert page.select_one(".brand img")["alt"] == clinic.name
    icon = page.find("link", rel="icon")["href"]
    assert icon.startswith("/media/images/")
    assert client.get("/site.webmanifest").json()["icons"][0]["src"] == icon


def test_a_notice_is_shown_between_its_start_and_end():
    now = timezone.now()
    cases = [(None, None, True), (-60, 60, True), (60, None, False), (-60, -1, False), (None, 60, True)]
    for starts, ends, shown in cases:
        clinic = ClinicSettings(notice_text="Closed for snow today.")
        clinic.notice_from = starts and now + timedelta(seconds=starts)
        clinic.notice_until = ends and now + timedelta(seconds=ends)
        assert clinic.shows_notice(now) is shown, (starts, ends)


def test_cached_pages_expire_when_a_notice_starts_or_ends(client, clinic):
    clinic.opening_hours, clinic.notice_text = [], "Closed for snow."
    for moment in ["notice_from", "notice_until"]:
        setattr(clinic, moment, timezone.now() + timedelta(seconds=100))
        clinic.save()
        response = client.get("/")
        fresh, stale = cache_seconds(response)
        assert fresh <= 60
        assert 90 <= fresh + stale <= 100
        assert ("Closed for snow." in response.text) is (moment == "notice_until")
        setattr(clinic, moment, timezone.now() - timedelta(seconds=1))
        clinic.save()
        assert cache_seconds(client.get("/")) == [middleware.FRESH, middleware.STALE], moment


def test_the_default_header_menu_has_pages_with_show_in_menus(client, clinic):
    assert "Patient education" in soup(client).select_one(".top nav").text
    Page.objects.filter(slug="education").update(show_in_menus=False)
    assert "Patient education" not in soup(client).select_one(".top nav").text


def test_custom_menus_show_links_and_published_pages(client, menus, article):
    menus.header = [("link", {"page": article, "url": "", "label": "Kyphoplasty"})]
    menus.footer = [("link", {"page": None, "url": "https://example.com/pay", "label": "Pay a bill"})]
    menus.save()
    page = soup(client)
    header = {a.text: a["href"] for a in page.select(".top nav a")}
    assert header["Kyphoplasty"] == article.url
    assert "Patient education" not in header
    assert page.select_one("footer a[href='https://example.com/pay']").text == "Pay a bill"
    article.unpublish()
    assert "Kyphoplasty" not in soup(client).select_one(".top nav").text


def test_a_menu_link_without_target_or_label_is_rejected(db):
    block = NavigationSettings._meta.get_field("header").stream_block.child_blocks["link"]
    for link in [{"url": "", "label": "Where?"}, {"url": "https://a.example", "label": ""}]:
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"page": None, **link}))


def test_a_menu_link_to_a_document_of_the_site_is_rejected(db, settings):
    settings.BASE_URL = "https://clinic.example"
    block = NavigationSettings._meta.get_field("header").stream_block.child_blocks["link"]
    for host, rejected in [("clinic.example", True), ("other.example", False)]:
        link = {"page": None, "url": f"https://{host}/documents/3/form.pdf", "label": "Form"}
        with pytest.raises(ValidationError) if rejected else nullcontext():
            block.clean(block.to_python(link))


def test_only_editors_change_menus_and_only_managers_redirects(clinic, as_user, editor, manager, front_desk):
    menus = reverse("wagtailsettings:edit", args=["clinic", "navigationsettings", clinic.site_id])
    redirects = reverse("wagtailredirects:index")
    assert as_user(editor).get(menus).status_code == 200
    assert as_user(manager).get(redirects).status_code == 200
    assert as_user(front_desk).get(menus).status_code == 302
    assert as_user(editor).get(redirects).status_code == 302


def test_the_contact_form_links_to_the_privacy_page(client, menus):
    form = soup(client, "/contact/").select_one("form.form")
    link = form.select_one("a[href='/privacy/']")
    assert link.find_next("button").text.strip() == "Send"
    assert client.get("/privacy/")["Location"] == menus.privacy_page.url
    menus.privacy_page.unpublish()
    assert client.get("/privacy/").status_code == 404
