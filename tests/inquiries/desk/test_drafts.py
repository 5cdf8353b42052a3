"""What staff type is never lost: across sign-out, across other buttons, across a closed tab."""

import pytest
from django.urls import reverse

from inquiries.models import Draft
from tests.inquiries.desk.helpers import act, expire_session, opened, page_html

NOTE = "She asks for a morning."
REPLY = "Yes, keep taking it."


@pytest.mark.parametrize(
    ("name", "typed"), [("compose", {"did": "note", "text": NOTE}), ("draft", {"answer": REPLY})]
)
def test_what_is_sent_after_the_idle_sign_out_is_there_after_signing_in(
    desk, front_desk, inquiry, name, typed
):
    expire_session(desk)
    assert act(desk, name, inquiry, **typed).status_code == 403
    assert inquiry.events.count() == 1
    desk.force_login(front_desk)
    back = desk.get(reverse(f"inquiry:{name}", args=[inquiry.pk]), follow=True)
    assert back.redirect_chain[-1][0] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert typed.popitem()[1] in back.content.decode()


def test_a_note_typed_before_another_button_is_kept_and_gone_once_saved(desk, inquiry):
    assert NOTE in act(desk, "take", inquiry, text=NOTE, follow=True).content.decode()
    html = act(desk, "compose", inquiry, did="note", text=NOTE, follow=True).content.decode()
    assert not Draft.objects.exists()
    assert "haven&#x27;t saved it yet" not in html


def test_the_open_page_keeps_what_is_typed_for_its_author_alone(desk, as_user, colleague, onlooker, inquiry):
    address = reverse("inquiry:draft", args=[inquiry.pk])
    as_user(onlooker).post(address, {"text": NOTE})
    assert not Draft.objects.exists()
    assert desk.post(address, {"text": NOTE}).status_code == 200
    assert NOTE in page_html(desk, inquiry)
    assert NOTE not in page_html(as_user(colleague), inquiry)
    assert NOTE.encode() not in bytes(Draft.objects.values_list("text", flat=True).get())
    desk.post(address, {"text": ""})
    assert not Draft.objects.exists()
    desk.post(address, {"text": NOTE})
    opened(inquiry).delete()
    assert not Draft.objects.exists()


def test_a_reply_is_kept_as_a_draft_until_it_is_sent(desk, inquiry):
    response = desk.post(reverse("inquiry:draft", args=[inquiry.pk]), {"answer": REPLY, "button": "draft"})
    assert response["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    html = page_html(desk, inquiry)
    assert f"{REPLY}</textarea>" in html
    assert "It isn't sent yet." in html
    typed = {"did": "note", "text": NOTE, "answer": REPLY, "draft_shown": Draft.objects.get().answer_digest}
    act(desk, "compose", inquiry, **typed)
    assert (Draft.objects.get().text, Draft.objects.get().answer) == ("", REPLY)
    act(desk, "take", inquiry, text="", answer="")  # from a tab that was opened before
    assert Draft.objects.get().answer == REPLY
    act(desk, "reply", inquiry, answer=REPLY, link_days=7, confirmed="1")
    assert not Draft.objects.exists()


def test_a_refused_press_keeps_both_and_says_once_that_the_reply_is_not_sent(desk, inquiry):
    response = act(desk, "take", inquiry, text=NOTE, answer=f"{REPLY}\r\nBye")
    assert response.status_code == 422
    draft = Draft.objects.get()
    assert (draft.text, draft.answer) == (NOTE, f"{REPLY}\r\nBye")
    shown = response.context["draft"].answer_digest
    assert act(desk, "take", inquiry, answer=f"{REPLY}\nBye", draft_shown=shown).status_code == 302
    assert "kept as a draft. It isn&#x27;t sent." in page_html(desk, inquiry)
