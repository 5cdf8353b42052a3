"""An editor and a manager make the site their own, by Wagtail's own forms."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from clinic.models import ClinicSettings, NavigationSettings
from education.models import HomePage, LocationIndexPage, PersonIndexPage, StandardPage

COMMENTS = {"comments": inline_formset([])}


@pytest.fixture
def home(db):
    return HomePage.objects.get()


def add(client, parent, model, fields):
    address = reverse("wagtailadmin_pages:add", args=["education", model, parent.pk])
    data = nested_form_data({"search_description": "", "seo_title": "", **COMMENTS, **fields})
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    return Page.objects.child_of(parent).order_by("-pk").first().specific


def save_settings(client, model, **changes):
    """Post a settings form as it stands, with some fields changed."""
    instance = model.for_site(ClinicSettings.current().site)
    address = reverse("wagtailsettings:edit", args=["clinic", model._meta.model_name, instance.site_id])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    streams = {name: streamfield([]) for name in form.fields if hasattr(values[name], "stream_block")}
    data = {name: "" if value is None else value for name, value in values.items()}
    response = client.post(address, nested_form_data({**data, **streams, **changes}))
    assert response.status_code == 302, response.context["form"].errors


def test_an_editor_makes_a_page_and_puts_it_in_the_footer(home, as_user, editor, client):
    page = add(
        as_user(editor),
        home,
        "standardpage",
        {"title": "Cookies", "slug": "cookies", "introduction": "None.", "body": streamfield([])},
    )
    assert isinstance(page, StandardPage)
    assert client.get("/cookies/").status_code == 404
    link = {"page": page.pk, "url": "", "label": ""}
    save_settings(as_user(editor), NavigationSettings, footer=streamfield([("link", link)]))
    page.save_revision().publish()
    assert "Cookies" in BeautifulSoup(client.get("/").content, "html.parser").footer.text


def test_an_editor_changes_the_accent_and_puts_up_a_snow_notice(home, as_user, editor, client):
    until = timezone.localtime(timezone.now() + timedelta(hours=3), ClinicSettings.current().hours.time_zone)
    save_settings(
        as_user(editor),
        ClinicSettings,
        accent="#5b1e6b",
        notice_text="Closed for snow.",
        notice_until=f"{until:%Y-%m-%d %H:%M}",
        notice_from="",
        opening_hours=streamfield([("hours", {"days": ("0",), "opens": "08:00", "closes": "17:00"})]),
    )
    html = client.get("/").content.decode()
    assert "Closed for snow." in html
    assert "#5b1e6b" in html
    assert ClinicSettings.current().notice_until == until.replace(second=0, microsecond=0)


def test_a_manager_adds_a_person_and_a_location(home, as_user, manager, client):
    browser = as_user(manager)
    publish = {"action-publish": "1"}
    empty = {"introduction": "", **publish}
    people = add(browser, home, "personindexpage", {"title": "People", "slug": "people", **empty})
    person = {"title": "Ada Example", "slug": "ada", "role": "Nurse", "biography": rich_text("<p>Hello.</p>")}
    extra = {"credentials": "RN", "languages": "", "photo": "", "account": "", **publish}
    assert isinstance(people, PersonIndexPage)
    add(browser, people, "personpage", {**person, **extra})
    assert "Ada Example, RN" in client.get("/people/").content.decode()
    locations = add(browser, home, "locationindexpage", {"title": "Locations", "slug": "locations", **empty})
    assert isinstance(locations, LocationIndexPage)
    office = {"title": "Main office", "slug": "main", "opening_hours": streamfield([])}
    office |= {"closed_days": streamfield([]), "directions": rich_text("<p>Left.</p>"), "parking": "Free."}
    add(browser, locations, "locationpage", {**office, **publish})
    footer = BeautifulSoup(client.get("/").content, "html.parser").footer.text
    assert "Main office" in footer
