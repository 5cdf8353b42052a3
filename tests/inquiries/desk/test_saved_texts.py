"""Saved replies and notes: offered by topic, searchable, filled in, and inserted without being sent."""

import pytest

from inquiries.desk.detail.action_views import InsertSavedText
from inquiries.models import CannedText, Reply
from tests.inquiries.desk.helpers import act, page_html, reply_is_open


@pytest.fixture
def greeting():
    return CannedText.objects.create(title="Greeting", use="reply", text="Dear {name}, this is {my_name}.")


def test_texts_for_the_topic_come_first_and_other_topics_arent_offered(desk, inquiry):
    for title, topic in [("Anything", ""), ("About pain", "condition"), ("About bills", "billing")]:
        CannedText.objects.create(title=title, use="reply", topic=topic, text="x")
    html = page_html(desk, inquiry)
    assert html.index("About pain") < html.index("Anything")
    assert "About bills" not in html


def test_search_finds_saved_texts_of_any_topic(desk, inquiry):
    CannedText.objects.create(title="About bills", use="note", topic="billing", text="Send them to Medicare.")
    CannedText.objects.create(title="Parking", use="note", text="Behind the house.")
    CannedText.objects.create(title="Greeting", use="reply", text="Good morning")
    searches = {"find_reply": "left from before", "find_note": "medicare bills"}
    html = act(desk, "insert", inquiry, **searches, find_in="note").content.decode()
    assert "About bills" in html
    assert "Greeting" in html
    assert "Parking" not in html


def test_a_saved_note_is_inserted_into_the_note_only(desk, inquiry):
    note = CannedText.objects.create(title="Voicemail", use="note", text="Left a voicemail for {reference}.")
    html = act(desk, "insert", inquiry, saved=note.pk).content.decode()
    assert f"Left a voicemail for {inquiry.reference}.</textarea>" in html
    assert not reply_is_open(html)


def test_an_unknown_saved_text_inserts_nothing(desk, inquiry):
    for saved in ["0", "99999999999999999999", "x", "²", ""]:
        assert InsertSavedText().get_text(saved) is None, saved
    response = act(desk, "insert", inquiry, saved="²", text="Kept")
    assert (response.status_code, "Kept</textarea>" in response.content.decode()) == (200, True)


def test_a_saved_reply_is_appended_to_the_typed_text_and_not_sent(desk, as_user, onlooker, inquiry, greeting):
    answers = {"answer": "Typed.", "text": "Note of mine", "saved": greeting.pk}
    assert act(as_user(onlooker), "insert", inquiry, **answers).status_code == 302
    html = act(desk, "insert", inquiry, **answers).content.decode()
    assert "Typed.\n\nDear Ana Lovelace, this is Amara Okafor.</textarea>" in html
    assert "Note of mine</textarea>" in html
    assert not Reply.objects.exists()
    assert inquiry.events.count() == 1
