"""A current or former clinician can't reach inquiries that weren't handed over to them."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from inquiries.choices import EventKind
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import bulk_url, receive, seen
from tests.support.admin import admin_addresses, is_open

SECRETS = ["Goldfinch", "hayloft", "wren@example.com", "555-0187"]
PATH_PARTS = [
    "/inquir",
    "/question",
    "/reports/",
    "/pages/search",
    "/saved-texts",
    "/warning-phra",
    "/admin/bulk/",
]


@pytest.fixture
def other(front_desk):
    """An inquiry that wasn't handed over, with a note."""
    contact = {"email": "wren@example.com", "phone": "+12025550187"}
    inquiry = receive(name="Wren Goldfinch", message="In the hayloft", **contact)
    inquiry.add_note("hayloft note", by=front_desk, seen=seen(inquiry))
    return inquiry


@pytest.fixture
def handed(inquiry, front_desk, clinician):
    return inquiry.ask(clinician, "May she fly?", by=front_desk, seen=seen(inquiry))


@pytest.fixture(params=["clinician", "former clinician"])
def intruder(request, crawl, clinician, handed):
    if request.param == "former clinician":
        clinician.groups.set(Group.objects.filter(name="Editors"))
    return User.objects.get(pk=clinician.pk)


def addresses(other):
    found = [address for address in admin_addresses() if any(part in address for part in PATH_PARTS)]
    found = [address.replace("/1/", f"/{other.pk}/") for address in found]
    bulk = [f"{bulk_url(name)}?id={other.pk}" for name in ["assign", "close", "note", "spam"]]
    queue = ["?export=csv", "?export=xlsx", "?q=Goldfinch", "view/all/", "view/all/?export=csv"]
    return [*found, *bulk, *(f"/admin/inquiries/{end}" for end in queue), "/admin/"]


@pytest.mark.parametrize("intruder", ["clinician"], indirect=True)  # for other roles, see test_roles
def test_no_url_shows_or_changes_another_inquiry(as_user, intruder, other, handed, crawl):
    client, events = as_user(intruder), other.events.count()
    for address in addresses(other):
        for send in [client.get, client.post] if str(other.pk) in address else [client.get]:
            response = send(address)
            assert response.status_code < 500, address
            text = b"".join(response) if response.streaming else response.content
            assert not [secret for secret in [*SECRETS, other.reference] if secret in text.decode()], address
    assert other.events.count() == events
    assert not AccessEntry.objects.filter(person=intruder.pk, inquiries__contains=[other.pk]).exists()


@pytest.mark.parametrize("intruder", ["clinician"], indirect=True)
def test_clinicians_cant_open_the_front_desks_pages(as_user, intruder, inquiry, handed, crawl):
    client = as_user(intruder)
    pages = [address for address in addresses(inquiry) if f"/inquiries/{inquiry.pk}/" in address]
    assert len(pages) > 10
    assert [address for address in pages if is_open(client.get(address))] == []


def test_a_question_to_another_clinician_isnt_found(as_user, intruder, reviewer, other, front_desk):
    reviewer.groups.add(Group.objects.get(name="Clinicians"))
    question = other.ask(reviewer, "hayloft?", by=front_desk, seen=seen(other))
    client = as_user(intruder)
    for send in [client.get, client.post]:
        response = send(reverse("question", args=[question.pk]))
        assert not is_open(response)
        assert "hayloft" not in response.content.decode()
    with pytest.raises(PermissionDenied):
        other.answer_question(question, "No.", by=intruder)
    assert not other.events.filter(kind=EventKind.ADVISED).exists()


def test_model_methods_reject_clinicians_and_the_dashboard_shows_no_counts(
    as_user, intruder, other, front_desk
):
    for change in [
        lambda: other.take(by=intruder, seen=seen(other)),
        lambda: other.add_note("x", by=intruder, seen=seen(other)),
        lambda: other.ask(front_desk, "x", by=intruder, seen=seen(other)),
        lambda: other.reply("x", by=intruder, seen=seen(other)),
    ]:
        with pytest.raises(PermissionDenied):
            change()
    html = as_user(intruder).get("/admin/", follow=True).content.decode()
    assert "unassigned" not in html
    assert "data-inquiry-alarms" not in html
