"""Managers export or erase everything about a person, without a trace of it in logs."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import ModelLogEntry

from inquiries.models import AccessEntry, Inquiry, InquiryEvent
from inquiries.privacy.data_subject import DERIVED, Changed, Contact
from inquiries.privacy.data_subject_views import ContactForm, ErasureForm
from tests.inquiries.desk.helpers import opened, receive, seen

EMAIL, PHONE = "ana@example.com", "(202) 555-0143"
FIND, EXPORT = reverse("inquiry:person"), reverse("inquiry:person_export")
ASK, ERASE = reverse("inquiry:person_ask_to_erase"), reverse("inquiry:person_erase")
STEPS = [(FIND, "searched"), (EXPORT, "exported"), (ASK, "searched"), (ERASE, "erased")]


@pytest.fixture(scope="module", autouse=True)
def received(module_db):
    """Two inquiries of the person, one without the phone number, and someone else's."""
    receive(name="Somebody Else", email="else@example.com", phone="+12025550199")
    opened(receive())
    opened(receive(message="Another matter.", email="Ana@Example.com", phone=""))


@pytest.fixture
def two():
    return list(Inquiry.objects.filter(email__iexact=EMAIL).order_by("pk"))


def ids_of(contact=EMAIL):
    return list(Contact.read(contact).inquiries().values_list("pk", flat=True))


def erase(client, contact=EMAIL, again=EMAIL, **answers):
    answers.setdefault("seen", Contact.read(contact).state())
    answers.setdefault("chosen", ids_of(contact))
    return client.post(ERASE, {"contact": contact, "again": again, **answers})


def test_a_person_is_found_by_email_or_phone_in_any_format(office, two):
    html = office.post(FIND, {"contact": " ANA@EXAMPLE.COM "}).content.decode()
    assert "2 inquiries from" in html
    assert all(inquiry.reference in html for inquiry in two)
    assert PHONE.replace("(", "") not in html
    assert 'name="contact" value="+12025550143"' in html
    assert "+12025550199" not in html
    for typed in [PHONE, "202.555.0143", "+1 202 555 0143", "1-202-555-0143"]:
        assert ids_of(typed) == [two[0].pk], typed
    html = office.post(FIND, {"contact": PHONE}).content.decode()
    assert ("1 inquiry from" in html, two[0].reference in html) == (True, True)
    html = office.post(FIND, {"contact": "nobody@example.com"}).content.decode()
    assert "Nothing is stored for this address or number." in html


def test_an_invalid_contact_is_an_error(office, two, facts_read_once):
    for typed in ["\x00", "", "Ana", "12", "a@b", "@", "' OR 1=1 --", "x" * 300]:
        assert ContactForm({"contact": typed}).errors, typed
    for address in [FIND, EXPORT, ASK, ERASE]:
        response = office.post(address, {"contact": "Ana"})
        assert response.status_code == 422, address
        assert b"error-message" in response.content, address
    assert Inquiry.objects.count() == 3


def test_the_export_contains_everything(office, manager, two):
    two[0].add_note("Called her son", by=manager, seen=seen(two[0]))
    response = office.post(EXPORT, {"contact": EMAIL, "chosen": ids_of()})
    assert response["Content-Disposition"].startswith('attachment; filename="person-')
    assert "no-store" in response["Cache-Control"]
    inquiries = json.loads(response.content)["inquiries"]
    assert {row["reference"] for row in inquiries} == {inquiry.reference for inquiry in two}
    row = next(row for row in inquiries if row["reference"] == two[0].reference)
    assert row["message"] == two[0].message
    assert [event["text"] for event in row["timeline"]] == ["", "Called her son"]
    assert {email["email"] for email in row["emails"]} == {"front_desk_notice", "receipt"}
    assert {f.name for f in Inquiry._meta.concrete_fields} - set(row) == DERIVED
    assert {f.name for f in InquiryEvent._meta.concrete_fields} <= set(row["timeline"][0])


def test_a_confirmed_erasure_includes_emails_and_spares_other_people(office, two):
    emails = ProcrastinateJob.objects.filter(args__inquiry_id__in=[inquiry.pk for inquiry in two])
    assert f'formaction="{ASK}"' in office.post(FIND, {"contact": EMAIL}).content.decode()
    html = office.post(ASK, {"contact": EMAIL, "chosen": ids_of()}).content.decode()
    assert "Erase 2 inquiries for good?" in html
    assert (Inquiry.objects.count(), emails.exists()) == (3, True)
    shown_state = html.split('name="seen" value="')[1].split('"')[0]
    response = erase(office, again="ANA@example.com", seen=shown_state)
    assert response["Location"] == FIND
    assert (Inquiry.objects.get().name, emails.exists()) == ("Somebody Else", False)
    assert "2 inquiries are erased" in office.get(FIND).content.decode()


def test_nothing_is_erased_or_exported_without_a_confirmation_and_a_choice(office, two):
    for again in ["", "else@example.com", PHONE, "an@example.com"]:
        assert "again" in ErasureForm({"contact": EMAIL, "again": again}).errors, again
    assert erase(office, again="else@example.com").status_code == 422
    for state, status in [("", 409), ("x" * 64, 409), ("x" * 65, 422)]:
        assert erase(office, seen=state).status_code == status, state
    for address in [EXPORT, ASK, ERASE]:
        response = office.post(address, {"contact": EMAIL, "again": EMAIL, "chosen": ["x", "99999"]})
        assert response.status_code == 422
        assert "Choose at least one inquiry." in response.content.decode()
    assert Inquiry.objects.count() == 3


def test_an_inquiry_that_arrives_before_the_confirmation_is_shown_first(office, two, manager):
    before = Contact.read(EMAIL).state()
    new = receive(message="One more thing.")
    response = erase(office, seen=before)
    assert response.status_code == 409
    assert new.reference in response.content.decode()
    with pytest.raises(Changed):
        Contact.read(EMAIL).erase(by=manager, seen=before)
    assert Inquiry.objects.count() == 4


def test_inquiries_on_hold_survive_a_persons_erasure(office, manager, two):
    two[0].hold(by=manager, seen=seen(two[0]))
    html = office.post(ASK, {"contact": EMAIL, "chosen": ids_of()}).content.decode()
    assert f"{two[0].reference} is on legal hold and cannot be erased." in html
    assert "Erase 1 inquiry for good?" in html
    assert "1 is on legal hold and stays." in office.get(erase(office)["Location"]).content.decode()
    assert set(Inquiry.objects.filter(email__iexact=EMAIL)) == {two[0]}
    # Only the inquiry on hold is left.
    assert "Erase for good" not in office.post(ASK, {"contact": EMAIL, "chosen": ids_of()}).content.decode()
    response = erase(office)
    assert response.status_code == 422
    assert "is on legal hold and cannot be erased." in response.content.decode()
    assert set(Inquiry.objects.filter(email__iexact=EMAIL)) == {two[0]}


def test_an_inquiry_with_an_unopened_addition_isnt_erased(office, two):
    two[0].patient_wrote("One more thing.")
    html = office.post(ASK, {"contact": EMAIL, "chosen": ids_of()}).content.decode()
    assert "These contain messages that nobody has opened yet" in html
    assert "Erase 1 inquiry for good?" in html
    erase(office)
    assert set(Inquiry.objects.filter(email__iexact=EMAIL)) == {two[0]}


def test_only_managers_can_find_export_or_erase_a_person(as_user, front_desk, editor, reviewer, onlooker):
    home = reverse("wagtailadmin_home")
    for user in [front_desk, editor, reviewer, onlooker]:
        client = as_user(user)
        assert client.get(FIND)["Location"] == erase(client)["Location"] == home
        for address in [FIND, EXPORT, ASK]:
            assert client.post(address, {"contact": EMAIL})["Location"] == home
        with pytest.raises(PermissionDenied):
            Contact.read(EMAIL).erase(by=user, seen=Contact.read(EMAIL).state())
    assert Inquiry.objects.count() == 3


def test_a_contact_in_the_url_is_ignored(office, two):
    for address in [EXPORT, ASK, ERASE]:
        assert office.get(address, {"contact": EMAIL})["Location"] == FIND
    assert b"inquiries from" not in office.get(FIND, {"contact": EMAIL}).content


def test_each_step_is_logged_with_ids_only(office, manager, two, caplog):
    chosen = {"contact": EMAIL, "again": EMAIL, "seen": Contact.read(EMAIL).state(), "chosen": ids_of()}
    with caplog.at_level("DEBUG"):
        for address, kind in STEPS:
            office.post(address, chosen)
            entry = AccessEntry.objects.first()
            assert (entry.kind, entry.person, set(entry.inquiries)) == (kind, manager.pk, {*chosen["chosen"]})
    rows = [str(list(model.objects.values())) for model in [AccessEntry, ModelLogEntry]]
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    logged = " ".join([*rows, *lines, *(str(value) for value in office.session.values())]).lower()
    assert [text for text in [EMAIL, "lovelace", "2025550143", "back hurts"] if text in logged] == []


def test_people_who_share_a_phone_are_listed_but_not_preselected(office):
    phone = "+12025550177"
    hers = opened(receive(name="Ruth Lovelace", message="One", phone=phone))
    his = receive(name="Bert Lovelace", message="I have chest pain", phone=phone, email="")
    html = office.post(FIND, {"contact": phone, "about": hers.pk}).content.decode()
    assert "Bert Lovelace" in html
    assert html.count(" checked>") == 1
    assert "2 of them are still open." in html
    assert "nobody has spoken to the patient" in html
    rows = json.loads(office.post(EXPORT, {"contact": phone, "chosen": [hers.pk]}).content)["inquiries"]
    assert [row["name"] for row in rows] == ["Ruth Lovelace"]
    erase(office, contact=phone, again=phone, chosen=[hers.pk])
    assert Inquiry.objects.get(phone=phone) == his


def test_only_managers_see_links_to_a_persons_data(office, desk, two):
    queue, page = reverse("inquiry:index"), reverse("inquiry:inspect", args=[two[0].pk])
    assert f'href="{FIND}"' in office.get(queue).content.decode()
    assert f'formaction="{FIND}"' in office.get(page).content.decode()
    assert FIND not in desk.get(page).content.decode()
