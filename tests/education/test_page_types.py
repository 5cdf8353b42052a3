"""Standard pages, people and locations: content, structured data and previews."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.models import (
    HomePage,
    LocationIndexPage,
    LocationPage,
    PersonIndexPage,
    PersonPage,
    StandardPage,
    TopicIndexPage,
)
from tests.support.publishing import publish

SECTIONS = [("section", {"heading": f"Part {n}", "content": [("text", "<p>Words.</p>")]}) for n in range(3)]
COLUMNS = [{"type": "text", "heading": heading} for heading in ("Plan", "Taken")]
TABLE = {"columns": COLUMNS, "rows": [{"values": ["Medicare", "Yes"]}], "caption": "Plans"}


@pytest.fixture
def home(db):
    return HomePage.objects.get()


@pytest.fixture
def add(home):
    def add(page, parent=None):
        (parent or home).add_child(instance=page)
        if not page.live:  # has medical claims
            publish(page)
        return Page.objects.get(pk=page.pk).specific

    return add


@pytest.fixture
def people(add):
    index = add(PersonIndexPage(title="Our people", slug="people"))
    facts = {"role": "Pain physician", "credentials": "MD", "languages": "English, Spanish"}
    return [add(PersonPage(title=name, **facts), index) for name in ("Ada Example", "Ben Sample")]


@pytest.fixture
def offices(add):
    index = add(LocationIndexPage(title="Locations", slug="locations"))
    hours = [("hours", {"days": ["0"], "opens": time(9), "closes": time(12)})]
    own = {"street_address": "9 Pier Road", "city": "Harbor", "phone": "202-555-0177", "fax": "202-555-0178"}
    main = add(LocationPage(title="Main office"), index)
    return main, add(LocationPage(title="Harbor office", opening_hours=hours, **own), index)


def read(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    return soup, graph[-1]


def test_a_standard_page_shows_its_sections_and_local_update_date(client, add):
    page = add(StandardPage(title="New patients", introduction="Welcome.", body=SECTIONS))
    evening = datetime(2026, 3, 2, 2, tzinfo=UTC)  # still March 1 at the clinic
    Page.objects.filter(pk=page.pk).update(last_published_at=evening)
    soup, data = read(client, page)
    assert [h2.text for h2 in soup.select(".text section > h2")] == ["Part 0", "Part 1", "Part 2"]
    assert (data["@type"], data["description"]) == ("WebPage", "Welcome.")
    assert "Last changed on March 1, 2026" in " ".join(soup.main.text.split())


def test_a_nested_page_with_medical_claims_has_medical_structured_data(client, add):
    about = add(StandardPage(title="About"))
    soup, data = read(client, add(StandardPage(title="Cures", contains_medical_claims=True), about))
    assert data["@type"] == "MedicalWebPage"
    assert [a.text for a in soup.select(".crumbs a")] == ["Home", "About"]


def test_tables_are_scrollable_and_label_their_columns(sections):
    content = [("subheading", "Ours"), ("table", TABLE)]
    soup = sections([("section", {"heading": "Plans", "content": content})])
    assert soup.select_one(".table[tabindex='0']")["aria-label"] == "Plans"
    assert [th.text for th in soup.select("th[scope=col]")] == ["Plan", "Taken"]
    assert soup.h3.text == "Ours"


def test_a_person_has_a_page_and_appears_on_home_and_in_the_list(
    client, people, picture, reviewer, count_queries
):
    checks = "Checks the medical facts in our articles"
    person = people[0]
    person.photo, person.reviews_articles, person.account = picture, True, reviewer
    person.save_revision().publish()
    soup, data = read(client, person)
    assert "Speaks English, Spanish" in soup.main.text
    assert checks in soup.main.text
    assert soup.find("img", class_="portrait")["src"].startswith("/media/images/")
    assert (data["@type"], data["jobTitle"]) == ("Person", "Pain physician")
    for path in ("/", "/people/"):
        assert "Ada Example, MD" in client.get(path).text
    count_queries("/people/", 2)
    reviewer.groups.clear()
    assert checks not in client.get(person.url).text


def test_a_location_shows_its_own_address_and_hours_or_the_clinics(client, offices):
    soup, data = read(client, offices[0])
    assert ClinicSettings.current().address_line in soup.main.text
    assert data["telephone"] == "+12025550100"
    soup, data = read(client, offices[1])
    for text in ["9 Pier Road, Harbor", "9:00 AM – 12:00 PM", "(202) 555-0178"]:
        assert text in soup.main.text
    assert data["faxNumber"] == "+12025550178"
    assert data["openingHoursSpecification"][0]["closes"] == "12:00"
    offices[1].opening_hours = []
    publish(offices[1])
    main = read(client, offices[1])[0].main.text
    assert [word for word in ("Closed", "Hours") if word in main] == []


def test_an_empty_list_shows_a_message(client, add):
    TopicIndexPage.objects.get().delete()
    for model, text in [
        (PersonIndexPage, "No one is listed here yet."),
        (LocationIndexPage, "You’ll find us at 123 Placeholder Street"),
        (TopicIndexPage, "No topics here yet."),
    ]:
        page = add(model(title=f"List of {model.__name__}"))
        assert text in read(client, page)[0].main.text


def test_an_incomplete_address_is_refused_with_all_errors_together(picture):
    claim = {"title": "Reviewed by a physician", "parking": "Reviewed by a physician"}
    wrong = {"photo": picture, "fax": "555", **claim}
    with pytest.raises(ValidationError) as refusal:
        LocationPage(slug="office", street_address="9 Pier Road", **wrong).clean()
    assert refusal.value.message_dict.keys() == {"city", "phone", "fax", "photo_alt", "title", "parking"}
    LocationPage(title="Office", slug="office").clean()


def test_special_hours_replace_regular_hours_unless_the_day_is_closed(client, db):
    clinic = ClinicSettings.current()
    day = timezone.localdate(timezone=clinic.hours.time_zone)
    late = {"date": day, "name": "Open late", "opens": time(10), "closes": time(20)}
    clinic.closed_days = [("hours", late)]
    clinic.save()
    assert ClinicSettings.current().hours.spans_on(day) == [(time(10), time(20))]
    assert "10:00 AM – 8:00 PM" in client.get("/").content.decode()
    clinic = ClinicSettings(closed_days=[("hours", late), ("closed", {"date": day, "name": "Snow"})])
    assert clinic.hours.spans_on(day) == []


def test_clinic_closures_apply_to_offices_without_special_hours_that_day(client, offices):
    today = timezone.localdate(timezone=ClinicSettings.current().hours.time_zone)
    storm, holiday = [("closed", {"date": today + timedelta(days=n), "name": f"Day {n}"}) for n in (1, 2)]
    late = {"date": today + timedelta(days=3), "name": "Late", "opens": time(10), "closes": time(20)}
    clinic, office = ClinicSettings.current(), offices[1]
    clinic.closed_days = [storm, holiday, ("hours", late)]
    clinic.save()
    office.closed_days = [("hours", {**late, "date": today + timedelta(days=2), "name": "Open anyway"})]
    publish(office)
    main = read(client, office)[0].main.text
    assert [word in main for word in ("Day 1", "Day 2", "Open anyway", "Late")] == [True, False, True, False]
    office = LocationPage.objects.get(pk=office.pk)
    assert office.hours.spans_on(today + timedelta(days=1)) == []
    assert office.hours.spans_on(today + timedelta(days=2)) == [(time(10), time(20))]


def test_a_draft_can_be_previewed(home):
    for model in [StandardPage, PersonPage, PersonIndexPage, LocationPage, LocationIndexPage]:
        facts = {"role": "Nurse"} if model is PersonPage else {}
        page = model(title="Draft", slug=model.__name__.lower(), **facts)
        home.add_child(instance=page)
        response = page.make_preview_request()
        assert response.status_code == 200
        assert "Draft" in response.render().content.decode()
