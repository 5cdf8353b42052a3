"""The trial of urgency rules: the result for a sentence, and a preview on recent inquiries."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import AccessEntry, Inquiry, UrgencySettings, WarningPhrase
from tests.inquiries.desk.helpers import receive
from tests.support.admin import without_menu

URL = reverse("warning-phrases:try")
SETTINGS = {"uses_score": "on", "look_first_from": 25, "first_tier_from": 70, "crisis_from": 50}
PHRASE = {"label": "Blue toes", "advice": "emergency", "patterns": "blue toe*"}
PHRASE |= {"severity": 2, "is_active": "on"}


@pytest.fixture
def manager(as_user, superuser):
    with without_menu():
        yield as_user(superuser)


def test_trying_a_sentence_shows_the_result_and_accesses_no_inquiry(manager):
    receive()
    html = manager.post(URL, {**SETTINGS, "sentence": "I have chest pain"}).content.decode()
    for text in ["Result: Emergency", "Call 911", "Chest pain or trouble breathing"]:
        assert text in html
    html = manager.post(URL, {**SETTINGS, "sentence": "Where do I park?"}).content.decode()
    assert "Result: Not urgent" in html
    page = BeautifulSoup(html, "html.parser")
    assert page.h1.text.strip() == "Try the urgency rules"
    assert page.select("[aria-label=Breadcrumb] li")[-1].text.strip() == "Try the urgency rules"
    assert Inquiry.objects.count() == 1
    assert not AccessEntry.objects.filter(inquiries__len__gt=0).exists()


def test_an_unsaved_phrase_can_be_tried(manager):
    form = manager.get(reverse("warning-phrases:add")).content.decode()
    assert f'formaction="{URL}"' in form
    for number in ["", "9" * 5000]:  # ids without a phrase
        html = manager.post(
            URL, {**PHRASE, "phrase": number, "sentence": "my toes are blue"}
        ).content.decode()
        assert "<li>Blue toes</li>" in html
    assert not WarningPhrase.objects.filter(label="Blue toes").exists()


def test_the_preview_counts_changed_results_and_is_logged(manager):
    inquiry, other = receive(message="my toes are blue"), receive(name="B")
    response = manager.post(URL, {**PHRASE, "preview": "on"})
    assert response.context["moves"] == [(("Not urgent", "Emergency"), 1)]
    assert inquiry.reference in response.content.decode()
    entry = AccessEntry.objects.first()
    assert (entry.kind, set(entry.inquiries)) == ("searched", {inquiry.pk, other.pk})


def test_an_invalid_phrase_shows_its_error(manager):
    html = manager.post(URL, {**PHRASE, "patterns": "pain", "sentence": "x"}).content.decode()
    assert "alone is in too many messages" in html


def test_only_users_who_edit_phrases_can_try_the_rules(desk):
    assert desk.get(URL)["Location"] == reverse("wagtailadmin_home")


def test_turning_the_score_off_changes_how_messages_are_judged(manager):
    message = "His talk is like porridge since lunch and the cheek slid down."
    WarningPhrase.objects.all().delete()
    assert receive(message=message).urgent
    url = reverse("wagtailsettings:edit", args=["inquiries", "urgencysettings"])
    form = SETTINGS | {"uses_score": ""}
    assert manager.post(f"{url}{UrgencySettings.load().pk}/", form, follow=True).status_code == 200
    assert not receive(name="B", message=message).urgent
    refused = manager.post(f"{url}{UrgencySettings.load().pk}/", SETTINGS | {"look_first_from": 90})
    assert "lower than" in refused.content.decode()
