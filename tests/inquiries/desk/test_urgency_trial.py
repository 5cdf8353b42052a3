"""Managers try the urgency rules: what a sentence triggers and why, and what a change would have changed."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import AccessEntry, Inquiry, UrgencySettings, WarningPhrase
from tests.inquiries.desk.helpers import receive
from tests.support.admin import without_menu

URL = reverse("warning-phrases:try")
NUMBERS = {"uses_score": "on", "look_first_from": 25, "first_tier_from": 70, "crisis_from": 50}
BLUE = {"label": "Blue toes", "advice": "emergency", "patterns": "blue toe*"}
BLUE |= {"severity": 2, "is_active": "on"}


@pytest.fixture
def manager(as_user, superuser):
    with without_menu():
        yield as_user(superuser)


def test_a_sentence_shows_what_it_triggers_and_why_and_no_message_is_read(manager):
    receive()
    html = manager.post(URL, {**NUMBERS, "sentence": "I have chest pain"}).content.decode()
    for words in ["Result: Emergency", "Call 911", "Chest pain or trouble breathing"]:
        assert words in html
    html = manager.post(URL, {**NUMBERS, "sentence": "Where do I park?"}).content.decode()
    assert "Result: Not urgent" in html
    page = BeautifulSoup(html, "html.parser")
    assert page.h1.text.strip() == "Try the urgency rules"
    assert page.select("[aria-label=Breadcrumb] li")[-1].text.strip() == "Try the urgency rules"
    assert Inquiry.objects.count() == 1
    assert not AccessEntry.objects.filter(inquiries__len__gt=0).exists()


def test_a_phrase_is_tried_as_it_stands_on_its_page(manager):
    form = manager.get(reverse("warning-phrases:add")).content.decode()
    assert f'formaction="{URL}"' in form
    for number in ["", "9" * 5000]:  # of no phrase
        html = manager.post(URL, {**BLUE, "phrase": number, "sentence": "my toes are blue"}).content.decode()
        assert "<li>Blue toes</li>" in html
    assert not WarningPhrase.objects.filter(label="Blue toes").exists()


def test_the_preview_counts_what_would_have_changed_and_is_logged(manager):
    inquiry, other = receive(message="my toes are blue"), receive(name="B")
    response = manager.post(URL, {**BLUE, "preview": "on"})
    assert response.context["moves"] == [(("Not urgent", "Emergency"), 1)]
    assert inquiry.reference in response.content.decode()
    entry = AccessEntry.objects.first()
    assert (entry.kind, set(entry.inquiries)) == ("searched", {inquiry.pk, other.pk})


def test_a_phrase_with_a_mistake_says_so(manager):
    html = manager.post(URL, {**BLUE, "patterns": "pain", "sentence": "x"}).content.decode()
    assert "alone is in too many messages" in html


def test_only_who_keeps_the_phrases_may_try(desk):
    assert desk.get(URL)["Location"] == reverse("wagtailadmin_home")


def test_managers_adjust_the_score_and_it_counts(manager):
    message = "His talk is like porridge since lunch and the cheek slid down."
    WarningPhrase.objects.all().delete()
    assert receive(message=message).urgent
    url = reverse("wagtailsettings:edit", args=["inquiries", "urgencysettings"])
    form = NUMBERS | {"uses_score": ""}
    assert manager.post(f"{url}{UrgencySettings.load().pk}/", form, follow=True).status_code == 200
    assert not receive(name="B", message=message).urgent
    refused = manager.post(f"{url}{UrgencySettings.load().pk}/", NUMBERS | {"look_first_from": 90})
    assert "lower than" in refused.content.decode()
