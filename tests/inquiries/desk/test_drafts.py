"""What staff type is never lost: across sign-out, across other buttons, across a closed tab."""

import pytest
from django.urls import reverse

from clinic.accounts.middleware import IDLE_TIMEOUT, LAST_SEEN_AT
from inquiries.models import Draft
from tests.inquiries.desk.desk_cast import act, opened

pytestmark = pytest.mark.django_db
NOTE = "She asks for a morning."


def page_of(client, inquiry):
    return client.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()


def test_a_note_sent_after_the_idle_sign_out_is_there_after_signing_in(desk, front_desk, inquiry):
    session = desk.session
    session[LAST_SEEN_AT] -= IDLE_TIMEOUT + 60
    session.save()
    response = act(desk, "compose", inquiry, did="note", text=NOTE)
    assert response["Location"].startswith("/sign-in/")
    assert inquiry.events.count() == 1
    desk.force_login(front_desk)
    back = desk.get(reverse("inquiry:compose", args=[inquiry.pk]))
    assert back["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert NOTE in page_of(desk, inquiry)


def test_a_note_typed_before_another_button_is_kept_and_gone_once_saved(desk, inquiry):
    act(desk, "take", inquiry, text=NOTE)
    assert NOTE in page_of(desk, inquiry)
    act(desk, "compose", inquiry, did="note", text=NOTE)
    assert not Draft.objects.exists()
    assert "haven&#x27;t saved it yet" not in page_of(desk, inquiry)


def test_the_open_page_keeps_what_is_typed_for_its_author_alone(desk, as_user, colleague, inquiry):
    address = reverse("inquiry:draft", args=[inquiry.pk])
    assert desk.post(address, {"text": NOTE}).status_code == 200
    assert NOTE in page_of(desk, inquiry)
    assert NOTE not in page_of(as_user(colleague), inquiry)
    assert NOTE.encode() not in bytes(Draft.objects.values_list("text", flat=True).get())
    desk.post(address, {"text": ""})
    assert not Draft.objects.exists()


def test_nobody_without_permission_keeps_one_and_erasure_takes_it(client, onlooker, desk, inquiry):
    client.force_login(onlooker)
    client.post(reverse("inquiry:draft", args=[inquiry.pk]), {"text": NOTE})
    assert not Draft.objects.exists()
    desk.post(reverse("inquiry:draft", args=[inquiry.pk]), {"text": NOTE})
    opened(inquiry).delete()
    assert not Draft.objects.exists()
