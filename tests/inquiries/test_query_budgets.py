"""The query budget of sending an inquiry, including its transaction and emails."""

from django.urls import reverse

from inquiries.models import Inquiry, WarningPhrase
from tests.support import writes

URL = reverse("inquiries:contact")


def test_sending_an_inquiry_takes_at_most_12_queries(
    client, answers, article, within_a_second, django_assert_max_num_queries
):
    answers |= {"page": article.pk, "page_revision": article.live_revision_id}
    client.post(URL, answers | {"name": "Who came first"})
    with django_assert_max_num_queries(12):
        assert client.post(URL, answers | {"message": "Another message"}).status_code == 302
    assert Inquiry.objects.latest("pk").page_revision == article.live_revision_id


def test_a_new_warning_phrase_applies_once_the_cache_expires(client, answers, monkeypatch):
    client.post(URL, answers)
    WarningPhrase.objects.create(label="Hiccups", patterns="hiccup*")
    monkeypatch.setattr(writes.clock, "tick", lambda: None)
    client.post(URL, answers | {"message": "I have hiccups"})
    assert Inquiry.objects.latest("pk").urgent_because == "Hiccups"
    WarningPhrase.objects.all().delete()
    client.post(URL, answers | {"message": "More hiccups"})
    assert Inquiry.objects.latest("pk").urgent
