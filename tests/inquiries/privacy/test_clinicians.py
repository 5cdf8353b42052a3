"""A clinician, present or former, tries every way to inquiries that nobody handed over."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from inquiries.choices import EventKind
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import bulk_url, receive, seen
from tests.support.admin import admin_addresses, is_open

SECRETS = ["Goldfinch", "hayloft", "wren@example.com", "555-0187"]
WAYS = ["/inquir", "/question", "/reports/", "/pages/search", "/saved-texts", "/warning-phra", "/admin/bulk/"]


@pytest.fixture
def other(front_desk):
    """Somebody else's inquiry, with a question to another clinician, a note and a reading code."""
    contact = {"email": "wren@example.com", "phone": "+12025550187"}
    found = receive(name="Wren Goldfinch", message="In the hayloft", **contact)
    found.add_note("hayloft note", by=front_desk, seen=seen(found))
    return found


@pytest.fixture
def handed(inquiry, front_desk, clinician):
    return inquiry.ask(clinician, "May she fly?", by=front_desk, seen=seen(inquiry))


@pytest.fixture(params=["clinician", "former clinician"])
def intruder(request, crawl, clinician, handed):
    if request.param == "former clinician":
        clinician.groups.set(Group.objects.filter(name="Editors"))
    return User.objects.get(pk=clinician.pk)


def addresses(other):
    found = [a.replace("/1/", f"/{other.pk}/") for a in admin_addresses() if any(way in a for way in WAYS)]
    bulk = [f"{bulk_url(name)}?id={other.pk}" for name in ["assign", "close", "note", "spam"]]
    queue = ["?export=csv", "?export=xlsx", "?q=Goldfinch", "view/all/", "view/all/?export=csv"]
    return [*found, *bulk, *(f"/admin/inquiries/{end}" for end in queue), "/admin/"]


@pytest.mark.parametrize("intruder", ["clinician"], indirect=True)  # others' walk: test_roles
def test_no_address_shows_or_changes_another_inquiry(as_user, intruder, other, handed, crawl):
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
def test_a_clinician_cannot_open_the_desks_page_of_a_handed_inquiry(
    as_user, intruder, inquiry, handed, crawl
):
    client = as_user(intruder)
    of_it = [address for address in addresses(inquiry) if f"/inquiries/{inquiry.pk}/" in address]
    assert len(of_it) > 10
    assert [address for address in of_it if is_open(client.get(address))] == []


def test_a_question_to_somebody_else_is_not_found(as_user, intruder, reviewer, other, front_desk):
    reviewer.groups.add(Group.objects.get(name="Clinicians"))
    theirs = other.ask(reviewer, "hayloft?", by=front_desk, seen=seen(other))
    client = as_user(intruder)
    for send in [client.get, client.post]:
        response = send(reverse("question", args=[theirs.pk]))
        assert not is_open(response)
        assert "hayloft" not in response.content.decode()
    with pytest.raises(PermissionDenied):
        other.answer_question(theirs, "No.", by=intruder)
    assert not other.events.filter(kind=EventKind.ADVISED).exists()


def test_methods_refuse_what_screens_do_not_offer_and_the_first_page_counts_nothing(
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
