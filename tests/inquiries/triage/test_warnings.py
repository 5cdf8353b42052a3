"""Warning phrases flag emergencies and give advice; denied and past symptoms don't count."""

from collections import namedtuple

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from inquiries.choices import Tier
from inquiries.models import WarningPhrase
from inquiries.triage import starter_phrases, urgency
from inquiries.triage.starter_phrases import PHRASES
from tests.inquiries.desk.helpers import receive

Phrase = namedtuple("Phrase", "code label advice severity patterns")


def tier(message):
    return urgency.judge(message, PHRASES).tier


def test_word_forms_and_typos_are_recognized():
    messages = [
        *["My leg is weak", "MY LEG IS WEAK", "my leg is weaK, suddenly", "My legs became weaker"],
        *["my leg is wéak", "My\nleg is weak", "incontinance since Monday"],
        "No fever, but my legs are weak.",  # the denial covers only the fever
    ]
    assert [text for text in messages if tier(text) != Tier.EMERGENCY] == []


def test_denied_or_long_past_symptoms_arent_urgent_unless_they_are_new():
    old = [
        *["No weakness in my legs.", "I have no fever after the injection."],
        *["She denies fever, chills, weakness and incontinence", "Sin debilidad en las piernas"],
        *["I had a stroke in 2015.", "old stroke. still ok for shot?", "tuve convulsiones de niña lo pongo?"],
        *["no me abre el link del video", "no pude orinar pa la prueba, vuelvo mañana?"],
        "I had a stroke in 2015 and my left side has been weak ever since, nothing new",
    ]
    new = [
        "I had a stroke in 2015 and now my leg is weak again.",
        "Tuve un derrame en 2014 y hoy otra vez traigo débil la pierna",
    ]
    assert {text: tier(text) for text in old} == dict.fromkeys(old, Tier.NONE)
    assert {text: tier(text) for text in new} == dict.fromkeys(new, Tier.EMERGENCY)


def test_reading_joking_or_asking_about_symptoms_gets_no_advice():
    messages = [
        "I read online that numbness in the saddle area is an emergency, what is the saddle area?",
        "The nurse line asked if I have thoughts of hurting myself. No. I'd just like the pain better.",
        *["I about had a heart attack when I saw the bill.", "My brother took his own life in 1987."],
        *["Please put me down for Tuesday.", "im done w u people. transfer me"],
        "numbness, fever, stroke: the consent form lists them all. What is the real number?",
        "She cannot walk well since the fall three weeks ago",
        "I can't do this anymore with the insurance company, can you call them for me",
        *["Please stop sending me letters, I want to end this", "Ya no necesito la cita, gracias por todo"],
    ]
    assert [text for text in messages if urgency.judge(text, PHRASES).advice] == []


def test_overdoses_and_thoughts_of_suicide_get_tier_and_advice():
    for message, expected in [
        ("I took too many of my oxycodone pills by mistake", ("emergency", "poison")),
        ("my 3yo got in my purse and I think she ate my gabapentin", ("emergency", "poison")),
        ("I want to die and I swallowed the whole bottle of pills tonight", ("crisis", "poison")),
        ("quero morrer", ("crisis", "crisis")),
        ("I don't feel safe with myself tonight and I'm alone with my pills", ("crisis", "crisis")),
        ("Hoy los oigo en la cocina. No me tengo confianza con la pistola en la casa", ("crisis", "crisis")),
        ("ayoko na po mabuhay, naipon ko na ang mga gamot", ("crisis", "crisis")),
    ]:
        judgement = urgency.judge(message, PHRASES)
        assert (judgement.tier, judgement.advice) == expected, message


def test_danger_in_another_language_is_detected():
    for text in [
        "não consigo respirar",
        "我爸爸嘴巴歪，说话不清",
        "khó thở quá",
        "fòk ou ede m, li pa ka respire",
    ]:
        assert "danger-in-another-language" in urgency.judge(text, PHRASES).reasons, text


def test_a_line_with_a_tilde_flags_the_message_without_advice():
    phrase = Phrase("x", "Numb", "emergency", 2, "~numb toe/toes")
    judgement = urgency.judge("my toes are numb", [phrase])
    assert (judgement.tier, judgement.advice, judgement.labels) == (Tier.LOOK_FIRST, "", ("Numb",))


def test_only_a_high_score_alone_advises_calling_911():
    message = "His talk is like porridge since lunch and the cheek slid down."
    probability = urgency.classifier.learned_weights().score(message).emergency
    for first_tier, expected in ((probability - 0.01, Tier.EMERGENCY), (1.1, Tier.LOOK_FIRST)):
        thresholds = urgency.Thresholds(look_first=probability - 0.01, first_tier=first_tier)
        assert urgency.judge(message, [], thresholds).tier == expected
    assert urgency.judge(message, [], urgency.Thresholds(2, 2, 2)).tier == Tier.NONE


@pytest.mark.parametrize(("code", "expected"), [("blue-toes", Tier.EMERGENCY), ("bleeding", Tier.NONE)])
def test_the_score_contradicts_shipped_phrases_but_not_managers_own(code, expected):
    message = "Could you please send me the bill for March again? The one with blue toes on the envelope"
    assert urgency.judge(message, [Phrase(code, "Blue", "emergency", 2, "blue toe*")]).tier == expected


def test_numbers_and_very_little_text_have_no_score():
    for text in ["", "555-0148", "03/14/1951", "78 y/o", "911", "die", "1 2 3 4 5 6 7 8"]:
        assert urgency.classifier.learned_weights().score(text) == (0, 0, 0), text


def test_in_very_short_messages_the_score_only_detects_crises():
    assert urgency.judge("perdónenme todos, ya no puedo más", []).advice == "crisis"
    bill = [Phrase("bleeding", "Blue", "emergency", 2, "blue toe*")]
    assert urgency.judge("the bill with blue toes on it", bill).tier == Tier.EMERGENCY


def test_urgency_is_detected_in_a_long_message():
    rest = "Thank you for the kind letter about my bill, and please tell the ladies at the desk hello. " * 20
    message = f"{rest} Since last night I have no feeling between my legs and I cannot pee. {rest}"
    assert (tier(rest), tier(message)) == (Tier.NONE, Tier.EMERGENCY)


def test_there_are_at_most_5000_weights_and_none_for_numbers():
    weights = urgency.classifier.learned_weights().weights
    assert sum(weight != 0 for row in weights.values() for weight in row) <= 5_000
    assert not [f for f in weights if "{" not in f[:2] and any(c.isdigit() for c in f)]


def test_managers_can_edit_warning_phrases(desk, as_user, superuser):
    url = reverse("warning-phrases:add")
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
    phrase = {"label": "Blue toes", "advice": "emergency", "patterns": "blue toe*", "severity": 2}
    as_user(superuser).post(url, phrase | {"is_active": "on"})
    assert receive(message="My toes are blue").urgent_because == "Blue toes"
    WarningPhrase.objects.update(is_active=False)
    assert not receive(message="My toes are very blue").urgent


def test_phrases_with_no_words_or_only_an_everyday_word_are_refused():
    for patterns in ["", " \n ", '""', "leg //", "~"]:
        with pytest.raises(ValidationError):
            WarningPhrase(label="x", patterns=patterns).full_clean()
    for patterns in ["pain", "fever\nthe", "lookout/pai*", "a", "7", "~dolor"]:
        with pytest.raises(ValidationError, match="Add a second word"):
            WarningPhrase(label="x", patterns=patterns).full_clean()
    WarningPhrase(label="x", patterns="pain chest\nhemorrhage").full_clean()


def test_a_new_site_starts_with_the_starter_phrases():
    def as_sets(rows):
        return {(*row, frozenset(patterns.splitlines())) for *row, patterns in rows}

    fields = ("code", "label", "advice", "severity", "patterns")
    assert as_sets(WarningPhrase.objects.values_list(*fields)) == as_sets(starter_phrases.PHRASES)
