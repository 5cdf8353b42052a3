"""The front desk's actions: results, stale pages, permissions, HTTP methods and invalid data."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from inquiries.desk.actions import ACTIONS
from inquiries.models import Inquiry, StaleInquiry
from tests.inquiries.desk.helpers import act, page_html, reply_is_open, seen

VALID_DATA = {"take": {}, "work": {}, "note": {"text": "Call after lunch"}}


def test_taking_an_inquiry_assigns_it_to_the_user(desk, front_desk, inquiry):
    response = act(desk, "take", inquiry)
    assert response["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    inquiry.refresh_from_db()
    assert (inquiry.assignee, inquiry.status) == (front_desk, "in_progress")


def test_notes_keep_their_whitespace_and_are_escaped(desk, inquiry):
    act(desk, "note", inquiry, text="  line one\r\n\r\n<b>line two</b>")
    assert inquiry.events.last().text == "  line one\n\n<b>line two</b>"
    assert "&lt;b&gt;line two" in page_html(desk, inquiry)


def test_a_stale_page_is_refused_with_the_changes_and_the_typed_note(desk, colleague, inquiry):
    shown = seen(inquiry)
    inquiry.add_note("She called back", by=colleague, seen=shown)
    before = inquiry.events.count()
    for name, answers in [("take", {}), ("note", {"text": "I typed this at length"})]:
        response = act(desk, name, inquiry, seen=shown, **answers)
        assert response.status_code == 409, name
        html = response.content.decode()
        for text in ["changed while you were viewing it", "Ben Lindqvist added a note", "She called back"]:
            assert text in html, name
    assert ">\nI typed this at length</textarea>" in html
    assert response.context["seen"] == seen(inquiry)
    assert (inquiry.events.count(), inquiry.status) == (before, "new")
    assert act(desk, "note", inquiry, text="I typed this at length").status_code == 302  # trying again works


def test_text_stays_on_the_page_if_its_action_became_impossible(desk, colleague, clinician, inquiry):
    asked = {"seen": seen(inquiry), "clinician": clinician.pk, "question": "Stop the aspirin?"}
    inquiry.change_status("closed", outcome="answered", by=colleague, seen=seen(inquiry))
    html = act(desk, "ask", inquiry, **asked).content.decode()
    assert "Stop the aspirin?</textarea>" in html
    inquiry.change_status("in_progress", by=colleague, seen=seen(inquiry))
    inquiry.change_status("spam", by=colleague, seen=seen(inquiry))
    html = act(desk, "reply", inquiry, answer="Yes, stop it.", link_days=7).content.decode()
    for page in [html, page_html(desk, inquiry)]:  # the second has the draft
        assert "Yes, stop it.</textarea>" in page
        assert reply_is_open(page)


def test_users_without_permission_cant_perform_actions(
    as_user, onlooker, editor, reviewer, clinician, inquiry
):
    assert not any(user.has_perm("inquiries.change_inquiry") for user in [reviewer, clinician])
    for user in [onlooker, editor]:
        client = as_user(user)
        for name, answers in {**VALID_DATA, "correct": {"name": "Anna Lovelace"}}.items():
            assert act(client, name, inquiry, **answers)["Location"] == reverse("wagtailadmin_home"), name
    assert (inquiry.events.count(), Inquiry.objects.get().name) == (1, "Ana Lovelace")


def test_the_model_checks_permission_and_staleness(front_desk, onlooker, inquiry):
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


def test_get_redirects_to_the_inquiry_and_other_methods_are_refused(desk, inquiry):
    for name in VALID_DATA:
        url = reverse(f"inquiry:{name}", args=[inquiry.pk])
        assert [desk.put(url).status_code, desk.delete(url).status_code] == [405] * 2
        assert desk.get(url)["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert inquiry.events.count() == 1


INVALID_DATA = [
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


def test_invalid_data_changes_nothing(front_desk, inquiry):
    for name, answers in INVALID_DATA:
        sent = {"seen": seen(inquiry)} | answers
        form = ACTIONS[name].form(MultiValueDict({field: [value] for field, value in sent.items()}))
        if form.is_valid():
            with pytest.raises(ValidationError):
                ACTIONS[name].perform(inquiry, by=front_desk, **form.cleaned_data)
    assert inquiry.events.count() == 1


def test_errors_of_forms_and_models_are_shown(desk, inquiry):
    for name, answers in [
        ("note", {"text": ""}),
        ("take", {"seen": "x"}),
        ("close", {"outcome": "no_answer"}),
    ]:
        response = act(desk, name, inquiry, **answers)
        assert (response.status_code, b"error-message" in response.content) == (422, True), name


def test_actions_require_a_csrf_token(front_desk, inquiry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(front_desk)
    assert act(client, "take", inquiry).status_code == 403


def test_wagtails_add_edit_copy_and_delete_views_dont_exist(client, superuser, inquiry):
    client.force_login(superuser)
    before = Inquiry.objects.values().get(pk=inquiry.pk)
    for path in [
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
        url = reverse("inquiry:index") + path
        assert client.get(url).status_code == 404
        assert client.post(url, {"name": "Someone else", "message": "x"}).status_code == 404
    bulk = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "delete"])
    assert client.post(f"{bulk}?id={inquiry.pk}").status_code == 404
    assert client.post(reverse("inquiry:inspect", args=[inquiry.pk]), {"name": "x"}).status_code == 405
    assert Inquiry.objects.values().get(pk=inquiry.pk) == before


def test_saving_an_inquiry_directly_is_refused(inquiry):
    inquiry.name = "Someone else"
    for fields in [None, ["name"], ["status", "message"]]:
        with pytest.raises(ValidationError):
            inquiry.save(update_fields=fields)
