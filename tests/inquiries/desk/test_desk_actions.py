"""The front desk's actions: each works, refuses a stale screen, strangers, other methods and bad input."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from inquiries.desk.actions import ACTIONS
from inquiries.models import Inquiry, StaleInquiry
from tests.inquiries.desk.helpers import act, page_html, seen

GOOD = {"take": {}, "work": {}, "note": {"text": "Call after lunch"}}


def test_take_makes_it_mine(desk, front_desk, inquiry):
    response = act(desk, "take", inquiry)
    assert response["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    inquiry.refresh_from_db()
    assert (inquiry.assignee, inquiry.status) == (front_desk, "in_progress")


def test_note_is_kept_as_typed(desk, inquiry):
    act(desk, "note", inquiry, text="  line one\r\n\r\n<b>line two</b>")
    assert inquiry.events.last().text == "  line one\n\n<b>line two</b>"
    assert "&lt;b&gt;line two" in page_html(desk, inquiry)


def test_refuses_a_stale_screen_shows_what_changed_and_keeps_the_typed_note(desk, colleague, inquiry):
    shown = seen(inquiry)
    inquiry.add_note("She called back", by=colleague, seen=shown)
    before = inquiry.events.count()
    for name, answers in [("take", {}), ("note", {"text": "I typed this at length"})]:
        response = act(desk, name, inquiry, seen=shown, **answers)
        assert response.status_code == 409, name
        html = response.content.decode()
        for words in ["changed while you were looking", "Ben Lindqvist added a note", "She called back"]:
            assert words in html, name
    assert ">\nI typed this at length</textarea>" in html
    assert response.context["seen"] == seen(inquiry)
    assert (inquiry.events.count(), inquiry.status) == (before, "new")
    assert act(desk, "note", inquiry, text="I typed this at length").status_code == 302  # the next try


def test_refuses_people_without_permission(as_user, onlooker, editor, inquiry):
    for user in [onlooker, editor]:
        client = as_user(user)
        for name, answers in {**GOOD, "correct": {"name": "Anna Lovelace"}}.items():
            assert act(client, name, inquiry, **answers)["Location"] == reverse("wagtailadmin_home"), name
    assert (inquiry.events.count(), Inquiry.objects.get().name) == (1, "Ana Lovelace")


def test_refuses_people_without_permission_and_staleness_below_the_views_too(front_desk, onlooker, inquiry):
    for change in [
        lambda: inquiry.take(by=onlooker, seen=seen(inquiry)),
        lambda: inquiry.change_status("spam", by=onlooker, seen=seen(inquiry)),
        lambda: inquiry.add_note("x", by=onlooker, seen=seen(inquiry)),
    ]:
        with pytest.raises(PermissionDenied):
            change()
    shown = seen(inquiry)
    inquiry.take(by=front_desk, seen=shown)
    with pytest.raises(StaleInquiry):
        inquiry.take(by=front_desk, seen=shown)


def test_other_methods_do_nothing_and_get_leads_to_the_page(desk, inquiry):
    for name in GOOD:
        url = reverse(f"inquiry:{name}", args=[inquiry.pk])
        assert [desk.put(url).status_code, desk.delete(url).status_code] == [405] * 2
        assert desk.get(url)["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert inquiry.events.count() == 1


BAD = [
    *(("take", {"seen": seen}) for seen in ["", "x", "99999999999999999999999"]),
    *(("note", {"text": text}) for text in ["", " \n ", "x" * 5001, "\x00"]),
    *(("wait", {"follow_up_at": at}) for at in ["", "soon", "2001-01-01T10:00", "9999-12-31T23:59"]),
    *(("close", {"outcome": outcome}) for outcome in ["", "nonsense", "no_answer"]),
    *(("call", {"result": result}) for result in ["", "nonsense", "left_message"]),
    ("reopen", {"seen": "x"}),
    ("assign", {"to": "99999"}),
    ("link", {"original": "nothing"}),
    ("unlink", {}),
    ("not_spam", {}),
]


def test_bad_input_is_refused_and_changes_nothing(front_desk, inquiry):
    for name, answers in BAD:
        sent = {"seen": seen(inquiry)} | answers
        form = ACTIONS[name].form(MultiValueDict({field: [value] for field, value in sent.items()}))
        if form.is_valid():
            with pytest.raises(ValidationError):
                ACTIONS[name].do(inquiry, by=front_desk, **form.cleaned_data)
    assert inquiry.events.count() == 1


@pytest.mark.parametrize(
    ("name", "answers"),
    [("note", {"text": ""}), ("take", {"seen": "x"}), ("close", {"outcome": "no_answer"})],
)
def test_what_form_or_model_refuse_is_shown(desk, inquiry, name, answers):
    response = act(desk, name, inquiry, **answers)
    assert response.status_code == 422
    assert b"error-message" in response.content


def test_staff_screens_keep_djangos_csrf_protection(front_desk, inquiry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(front_desk)
    assert act(client, "take", inquiry).status_code == 403


def test_nobody_adds_edits_copies_or_deletes(client, superuser, inquiry):
    client.force_login(superuser)
    before = Inquiry.objects.values().get(pk=inquiry.pk)
    for address in [
        "new/",
        f"edit/{inquiry.pk}/",
        f"delete/{inquiry.pk}/",
        f"copy/{inquiry.pk}/",
        f"history/{inquiry.pk}/",
        f"history-results/{inquiry.pk}/",
        f"usage/{inquiry.pk}/",
        f"{inquiry.pk}/edit/",
        f"{inquiry.pk}/delete/",
    ]:
        url = reverse("inquiry:index") + address
        assert client.get(url).status_code == 404
        assert client.post(url, {"name": "Someone else", "message": "x"}).status_code == 404
    bulk = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "delete"])
    assert client.post(f"{bulk}?id={inquiry.pk}").status_code == 404
    assert client.post(reverse("inquiry:inspect", args=[inquiry.pk]), {"name": "x"}).status_code == 405
    assert Inquiry.objects.values().get(pk=inquiry.pk) == before


def test_saving_an_inquiry_past_its_methods_is_refused(inquiry):
    inquiry.name = "Someone else"
    for fields in [None, ["name"], ["status", "message"]]:
        with pytest.raises(ValidationError):
            inquiry.save(update_fields=fields)
