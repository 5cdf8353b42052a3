"""Editors and managers change settings and add pages."""

from datetime import timedelta

import PIL.Image
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page, Site

from clinic.models import ClinicSettings
from education.models import HomePage, LocationIndexPage, PersonIndexPage


def settings_page(model):
    return reverse("wagtailsettings:edit", args=["clinic", model, Site.objects.get().pk])


def add_page(model, parent):
    return reverse("wagtailadmin_pages:add", args=["education", model, parent.pk])


def type_title(page, title):
    page.locator("#id_title").fill(title)
    page.locator("#id_title").press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def publish(page):
    page.get_by_role("button", name="More actions").click()
    press(page, "Publish")
    expect(page.get_by_text("created and published")).to_be_visible()


@pytest.mark.usefixtures("article")
def test_an_editor_adds_a_privacy_page_and_links_it_in_the_footer(site, editor):
    page = site.open(add_page("standardpage", HomePage.objects.get()), user=editor)
    type_title(page, "Your privacy with us")
    page.locator("[name=introduction]").fill("We keep what you write to us to ourselves.")
    page.get_by_role("button", name="More actions").click()
    press(page, "Save draft")
    expect(page.get_by_text("with us' created.")).to_be_visible()
    privacy = Page.objects.get(title="Your privacy with us")
    privacy.specific.save_revision().publish()

    page = site.open(settings_page("navigationsettings"), user=editor)
    footer = page.get_by_role("region", name="Links in the footer")
    footer.get_by_role("button", name="Insert a block").last.click()
    footer.get_by_role("button", name="Choose a page").click()
    chooser = page.get_by_role("dialog")
    chooser.get_by_label("Search term").fill("Your privacy")
    chooser.get_by_role("link", name="Your privacy with us").click()
    press(page, "Save")
    expect(page.get_by_text("updated.")).to_be_visible()
    expect(site.open("/").locator("footer").get_by_role("link", name="Your privacy with us")).to_be_visible()


@pytest.mark.usefixtures("article")
def test_an_editor_changes_the_logo_the_accent_color_and_the_notice(site, editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    PIL.Image.new("RGB", (900, 300), "teal").save(tmp_path / "logo.png")
    page = site.open(settings_page("clinicsettings"), user=editor)
    page.get_by_role("tab", name="Look").click()
    page.get_by_role("button", name="Choose an image").first.click()
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("tab", name="Upload").click()
    chooser.locator("input[type=file]").set_input_files(tmp_path / "logo.png")
    chooser.locator("[name=image-chooser-upload-title]").fill("Our logo")
    chooser.get_by_role("button", name="Upload").click()
    expect(chooser).to_have_count(0)
    page.locator("[name=accent]").fill("#5b1e6b")
    page.get_by_role("tab", name="Notice").click()
    page.locator("[name=notice_text]").fill("Closed for snow.")
    until = timezone.localtime(timezone.now() + timedelta(hours=3), ClinicSettings.current().hours.time_zone)
    page.locator("[name=notice_until]").fill(f"{until:%Y-%m-%d %H:%M}")
    press(page, "Save")
    expect(page.get_by_text("updated.")).to_be_visible()
    assert ClinicSettings.current().notice_until == until.replace(second=0, microsecond=0)

    page = site.open("/")
    expect(page.get_by_text("Closed for snow.")).to_be_visible()
    expect(page.locator(".brand img")).to_have_js_property("complete", True)
    color = "getComputedStyle(document.documentElement).getPropertyValue('--teal')"
    assert page.evaluate(color) == "#5b1e6b"


@pytest.mark.usefixtures("article")
def test_a_manager_adds_a_person_and_a_location(site, manager):
    home = HomePage.objects.get()
    people = home.add_child(instance=PersonIndexPage(title="Our team"))
    locations = home.add_child(instance=LocationIndexPage(title="Locations"))
    page = site.open(add_page("personpage", people), user=manager)
    type_title(page, "Ada Example")
    page.locator("[name=credentials]").fill("RN")
    page.locator("[name=role]").fill("Nurse")
    publish(page)
    page.goto(add_page("locationpage", locations))
    type_title(page, "North office")
    page.locator("[name=street_address]").fill("1 Example Street")
    page.locator("[name=city]").fill("Exampletown")
    page.locator("[name=phone]").fill("(202) 555-0100")
    publish(page)
    page = site.open(people.url)
    expect(page.get_by_text("Ada Example, RN")).to_be_visible()
    expect(page.locator("footer").get_by_text("North office")).to_be_visible()
