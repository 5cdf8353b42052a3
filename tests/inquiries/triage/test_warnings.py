"""Warning phrases: an emergency is accepted, flagged and advised on; few other messages are taken for one."""

from collections import namedtuple

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from inquiries.emails import front_desk_notice
from inquiries.models import Inquiry, WarningPhrase
from inquiries.triage import starter_phrases, urgency
from tests.inquiries.desk.desk_cast import receive
from tests.inquiries.triage.learn import labelled

Phrase = namedtuple("Phrase", "label advice patterns")
STARTER = [Phrase(*row) for row in starter_phrases.PHRASES]


FIRST = labelled("")
KNOWN = [row for number, row in enumerate(FIRST) if number % 3 != 2]
APART = FIRST[2::3]
FRESH = labelled("_fresh")
LAST = labelled("_last")
HARD = labelled("_hard")
VEILED = labelled("_veiled")
TRIAGE = labelled("_triage")
OBLIQUE = labelled("_oblique")
WALKIN = labelled("_walkin")
KEPT_APART = labelled("_apart")
STRANGERS = labelled("_strangers")
NEWCOMERS = labelled("_newcomers")
LATECOMERS = labelled("_latecomers")
FINAL = labelled("_final")
CALLERS = labelled("_callers")
ORDINARY = labelled("_plain") + labelled("_ordinary")
EVERYDAY = labelled("_everyday")
READERS = labelled("_readers")


def judged(message):
    found = urgency.found_in(message, STARTER)
    if any(phrase.advice == "crisis" for phrase in found):
        return "crisis"
    return "urgent" if found else "calm"


def recall_and_precision(messages):
    real = [judged(message) != "calm" for label, message in messages if label != "calm"]
    false = sum(judged(message) != "calm" for label, message in messages if label == "calm")
    return sum(real) / len(real), sum(real) / (sum(real) + false)


def test_the_labelled_set_is_as_large_as_promised():
    assert len(FIRST) >= 300
    assert len(APART) >= 100


@pytest.mark.parametrize(
    ("messages", "recall", "precision"),
    [
        (KNOWN, 1, 0.93),
        (APART, 1, 0.92),
        (FRESH, 1, 0.93),
        (LAST, 1, 0.93),
        (HARD, 1, 0.93),
        (VEILED, 1, 0.93),
        (TRIAGE, 1, 0.93),
        (OBLIQUE, 1, 0.93),
        (WALKIN, 1, 0.88),
        (KEPT_APART, 0.98, 0.83),
        (STRANGERS, 0.97, 0.9),
        (NEWCOMERS, 0.97, 0.9),
        (LATECOMERS, 0.98, 0.9),
        (FINAL, 0.9, 0.9),
        (CALLERS, 1, 0.92),
    ],
    ids=[
        "known",
        "apart",
        "fresh",
        "last",
        "hard",
        "veiled",
        "triage",
        "oblique",
        "walkin",
        "kept apart",
        "strangers",
        "newcomers",
        "latecomers",
        "final",
        "callers",
    ],
)
def test_emergencies_are_found_and_little_else(messages, recall, precision):
    found = recall_and_precision(messages)
    assert found[0] >= recall
    assert found[1] >= precision


def test_ordinary_messages_are_hardly_ever_flagged():
    assert sum(judged(message) != "calm" for _, message in ORDINARY) <= len(ORDINARY) * 0.02
    assert sum(judged(message) != "calm" for _, message in EVERYDAY) <= len(EVERYDAY) * 0.05
    assert sum(judged(message) != "calm" for _, message in READERS) <= len(READERS) * 0.07


@pytest.mark.parametrize("messages", [FIRST, FRESH, LAST], ids=["first", "fresh", "last"])
def test_thoughts_of_suicide_lead_to_988(messages):
    assert [m for label, m in messages if label == "crisis" and judged(m) != "crisis"] == []


@pytest.mark.parametrize(
    "message",
    [
        "My leg is weak",
        "MY LEG IS WEAK",
        "my leg is weaK, suddenly",
        "My legs became weaker",
        "my leg is wéak",
        "My\nleg is weak",
        "incontinance since Monday",
    ],
)
def test_word_forms_and_typing_mistakes(message):
    assert judged(message) == "urgent"


@pytest.mark.parametrize(
    "message",
    [
        "No weakness in my legs.",
        "I have no fever after the injection.",
        "She denies fever, chills, weakness and incontinence",
        "Sin debilidad en las piernas",
        "I had a stroke in 2015.",
    ],
)
def test_what_is_denied_or_long_past_is_no_emergency(message):
    assert judged(message) == "calm"


@pytest.mark.parametrize(
    "message", ["No fever, but my legs are weak.", "I had a stroke in 2015 and now my leg is weak again."]
)
def test_a_denial_or_the_past_hides_nothing_else(message):
    assert judged(message) == "urgent"


LIKE_EMERGENCIES = Phrase("Reads like an emergency", "emergency", "?emergency")
LIKE_CRISES = Phrase("Reads like thoughts of suicide", "crisis", "?crisis")


def test_what_no_phrase_says_may_still_read_like_an_emergency():
    message = "His talk is like porridge since lunch and the cheek slid down."
    assert urgency.found_in(message, [LIKE_EMERGENCIES, LIKE_CRISES]) == [LIKE_EMERGENCIES]
    assert urgency.found_in("There is not much keeping me here any more.", [LIKE_CRISES]) == [LIKE_CRISES]
    assert urgency.found_in("Where do I park?", [LIKE_EMERGENCIES, LIKE_CRISES]) == []


def test_what_is_urgent_does_not_drown_in_a_long_message():
    rest = "Thank you for the kind letter about my bill, and please tell the ladies at the desk hello. " * 20
    message = f"{rest} His talk is like porridge since lunch and the cheek slid down. {rest}"
    assert urgency.found_in(rest, [LIKE_EMERGENCIES]) == []
    assert urgency.found_in(message, [LIKE_EMERGENCIES]) == [LIKE_EMERGENCIES]


def test_a_phrase_that_says_why_is_reason_enough():
    chest = Phrase("Chest pain", "emergency", "chest pain")
    assert urgency.found_in("I have chest pain and sweat", [LIKE_EMERGENCIES, chest]) == [chest]


# What becomes of it

URL = reverse("inquiries:contact")


@pytest.mark.django_db
def test_an_emergency_is_accepted_flagged_and_advised_on(client, answers):
    message = "Since last night I have no feeling between my legs."
    response = client.post(URL, {**answers, "message": message}, follow=True)
    inquiry = Inquiry.objects.get()
    assert (inquiry.urgent, inquiry.status) == (True, "new")
    assert "Numbness between the legs" in inquiry.urgent_because
    html = response.content.decode()
    assert html.index("Call 911 now") < html.index("We have your message</h1>")


@pytest.mark.django_db
def test_thoughts_of_suicide_are_answered_with_988(client, answers):
    html = client.post(URL, {**answers, "message": "I want to die."}, follow=True).content.decode()
    assert 'href="tel:988"' in html
    assert Inquiry.objects.get().urgent_because == "Thoughts of suicide or self-harm"


@pytest.mark.django_db
def test_other_messages_get_no_advice(client, answers):
    assert "data-advice" not in client.post(URL, answers, follow=True).content.decode()
    assert not Inquiry.objects.get().urgent


@pytest.mark.django_db
def test_the_front_desks_letter_says_urgent_and_nothing_more():
    letter = front_desk_notice(receive(message="I have chest pain"))
    assert letter.subject.startswith("URGENT")
    assert "chest" not in letter.subject + letter.body


@pytest.mark.django_db
def test_it_stands_on_top_of_the_queue_with_its_reason(desk):
    urgent = receive(name="Urgent", message="I have chest pain")
    receive(name="Calm")
    response = desk.get(reverse("inquiry:index"))
    assert response.context["object_list"][0] == urgent
    assert "Chest pain or trouble breathing" in response.content.decode()


@pytest.mark.django_db
def test_managers_keep_the_phrases(desk, as_user, superuser):
    url = reverse("warning-phrases:add")
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
    phrase = {"label": "Blue toes", "advice": "emergency", "patterns": "blue toe*", "severity": 2}
    as_user(superuser).post(url, phrase | {"is_active": "on"})
    assert receive(message="My toes are blue").urgent_because == "Blue toes"
    WarningPhrase.objects.update(is_active=False)
    assert not receive(message="My toes are very blue").urgent


@pytest.mark.django_db
@pytest.mark.parametrize("patterns", ["", " \n ", '""', "leg //", "?", "?weather"])
def test_phrases_without_words_are_refused(patterns):
    with pytest.raises(ValidationError):
        WarningPhrase(label="x", patterns=patterns).full_clean()
