"""Drafts of notes and replies survive session timeouts, other buttons and closed tabs."""

import pytest
from django.urls import reverse

from inquiries.models import Draft
from tests.inquiries.desk.helpers import act, expire_session, opened, page_html

NOTE = "She asks for a morning."
REPLY = "Yes, keep taking it."


@pytest.mark.parametrize(
    ("name", "typed"), [("compose", {"did": "note", "text": NOTE}), ("draft", {"answer": REPLY})]
)
def test_text_submitted_after_a_session_timeout_reappears_after_sign_in(
    desk, front_desk, inquiry, name, typed
):
    expire_session(desk)
    assert act(desk, name, inquiry, **typed).status_code == 403
    assert inquiry.events.count() == 1
    desk.force_login(front_desk)
    back = desk.get(reverse(f"inquiry:{name}", args=[inquiry.pk]), follow=True)
    assert back.redirect_chain[-1][0] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert typed.popitem()[1] in back.content.decode()


def test_another_button_keeps_the_note_as_a_draft_until_it_is_saved(desk, inquiry):
    longest = "\r\n".join(["a" * 48] * 102)  # 5,000 characters, a line break counting as one
    for note in [longest, NOTE]:
        assert f"{note}</textarea>" in act(desk, "take", inquiry, text=note, follow=True).content.decode()
    html = act(desk, "compose", inquiry, did="note", text=NOTE, follow=True).content.decode()
    assert not Draft.objects.exists()
    assert "haven&#x27;t saved it yet" not in html


def test_a_typed_question_stays_on_the_page_until_it_is_sent(desk, clinician, inquiry):
    typed = {"question": "Stop the aspirin?", "clinician": clinician.pk, "button": "draft"}
    for name in ["take", "compose", "draft", "insert"]:
        html = act(desk, name, inquiry, did="note", text=NOTE, **typed).content.decode()
        assert "Stop the aspirin?</textarea>" in html, name
        assert f'<option value="{clinician.pk}" selected>' in html, name
        assert ("Your question hasn&#x27;t been sent." in html) == (name in {"take", "compose"})
    assert (inquiry.events.count(), Draft.objects.get().text) == (1, NOTE)
    assert act(desk, "ask", inquiry, text=NOTE, **typed).status_code == 302


def test_autosaved_drafts_are_encrypted_and_visible_only_to_their_author(
    desk, as_user, colleague, onlooker, inquiry
):
    url = reverse("inquiry:draft", args=[inquiry.pk])
    as_user(onlooker).post(url, {"text": NOTE})
    assert not Draft.objects.exists()
    assert desk.post(url, {"text": NOTE}).status_code == 200
    assert NOTE in page_html(desk, inquiry)
    assert NOTE not in page_html(as_user(colleague), inquiry)
    assert NOTE.encode() not in bytes(Draft.objects.values_list("text", flat=True).get())
    desk.post(url, {"text": ""})
    assert not Draft.objects.exists()
    desk.post(url, {"text": NOTE})
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
    act(desk, "take", inquiry, text="", answer="")  # from a tab opened before the draft
    assert Draft.objects.get().answer == REPLY
    act(desk, "reply", inquiry, answer=REPLY, link_days=7, confirmed="1")
    assert not Draft.objects.exists()


def test_a_refused_action_keeps_both_drafts_and_warns_about_the_unsent_reply(desk, inquiry):
    response = act(desk, "take", inquiry, text=NOTE, answer=f"{REPLY}\r\nBye")
    assert response.status_code == 422
    draft = Draft.objects.get()
    assert (draft.text, draft.answer) == (NOTE, f"{REPLY}\r\nBye")
    shown = response.context["draft"].answer_digest
    assert act(desk, "take", inquiry, answer=f"{REPLY}\nBye", draft_shown=shown).status_code == 302
    assert "saved as a draft. It hasn&#x27;t been sent." in page_html(desk, inquiry)
