"""Every response to an urgent message starts with 911 or 988, even if the message is invalid."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.triage.language import is_spanish
from inquiries.triage.overdose import is_overdose

URL = reverse("inquiries:contact")
CRISIS, EMERGENCY = "I want to end my life tonight", "I can't feel my legs since this morning"
OVERDOSE = "I took all my oxycodone pills and I want to die"


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def first_block(response):
    """Return the text of the first element in the page's main part, on one line."""
    return " ".join(page_of(response).main.find(recursive=False).text.split())


@pytest.mark.parametrize(
    ("message", "number", "mistake"),
    [
        (CRISIS, "988", {"name": ""}),
        (EMERGENCY, "911", {"phone": "", "email": ""}),
        (OVERDOSE, "911", {"topic": "nonsense"}),
    ],
)
def test_a_form_with_errors_starts_with_the_advice(client, answers, message, number, mistake):
    response = client.post(URL, {**answers, "message": message, **mistake})
    assert f"{number} now" in first_block(response)
    assert page_of(response).title.text.split("–")[0].strip().endswith(f"{number} now")
    [focused] = page_of(response).select("[autofocus]")
    assert focused["data-advice"]


def test_a_form_sent_by_another_site_starts_with_the_advice(client, answers):
    response = client.post(URL, {**answers, "message": CRISIS}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert "Call or text 988 now" in first_block(response)
    assert len(page_of(response).select("[autofocus]")) == 1


def test_both_ends_of_an_overlong_message_are_judged(client, answers):
    long = "My back hurts. " * 4000
    response = client.post(URL, {**answers, "message": long + CRISIS})
    assert "988" in first_block(response)
    assert not page_of(client.post(URL, {**answers, "message": long})).select("[data-advice]")


def test_the_confirmation_and_its_title_start_with_the_advice(client, answers):
    response = client.post(URL, {**answers, "message": EMERGENCY}, follow=True)
    assert "Call 911 now" in first_block(response)
    assert page_of(response).title.text.startswith("Call 911 now")
    assert (Inquiry.objects.get().status, Inquiry.objects.get().urgent) == ("new", True)


def test_an_overdose_leads_with_911_then_poison_help_then_988(client, answers):
    response = client.post(URL, {**answers, "message": OVERDOSE}, follow=True)
    calls = [link["href"] for link in page_of(response).select("[data-advice] a")]
    assert calls == ["tel:911", "tel:+18002221222", "tel:988"]
    assert Inquiry.objects.get().advice == "poison"


@pytest.mark.parametrize(
    ("message", "spanish", "english", "change"),
    [
        ("Quiero morir, ya no puedo más con el dolor", "oprima el 2", "Call or text 988 now", {}),
        ("No siento las piernas desde esta mañana", "Llame al 911", "Call 911 now", {"name": ""}),
        ("Me tomé todas las pastillas", "1-800-222-1222", "Then call Poison Help", {}),
    ],
)
def test_a_message_in_spanish_gets_advice_in_both_languages(
    client, answers, message, spanish, english, change
):
    page = page_of(client.post(URL, {**answers, **change, "message": message}, follow=True))
    advice = page.select_one("[data-advice]")
    assert spanish in advice.select_one("[lang=es]").text
    assert english in advice.text


def test_a_calm_message_gets_no_advice(client, answers):
    for change in [{"name": ""}, {}]:
        html = client.post(URL, {**answers, **change}, follow=True).content.decode()
        assert "data-advice" not in html
    assert not Inquiry.objects.get().urgent


OVERDOSES = [
    *["my wife overdosed", "I swallowed the whole bottle of tylenol", "I took 30 oxy"],
    *["accidental double dose of morphine", "mi esposo tomó demasiadas pastillas"],
    "she ate all her fentanyl patches",
]
NO_OVERDOSES = [
    *["I took 10 mg oxycodone and my chest hurts", "took tylenol for chest pain, all day it hurts"],
    *["I want to take all my pills and end it", "my pump is beeping"],
]


def test_overdoses_are_recognized():
    assert [text for text in OVERDOSES + NO_OVERDOSES if is_overdose(text)] == OVERDOSES


def test_spanish_is_recognized():
    spanish = ["Me duele el pecho", "quiero morir", "since el sábado mi pierna no responde"]
    others = ["My son has chest pain", "Light kills me", "SI joint pain", "", "痛い"]
    assert [text for text in spanish + others if is_spanish(text)] == spanish
