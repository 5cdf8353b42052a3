"""How often sending an inquiry asks the database, everything counted: its transaction and the emails too."""

from django.urls import reverse

from inquiries.models import Inquiry, WarningPhrase
from tests.support import writes

URL = reverse("inquiries:contact")


def test_sending_an_inquiry(client, answers, article, within_a_second, django_assert_max_num_queries):
    answers |= {"page": article.pk, "page_revision": article.live_revision_id}
    client.post(URL, answers | {"name": "Who came first"})
    with django_assert_max_num_queries(12):
        assert client.post(URL, answers | {"message": "Another message"}).status_code == 302
    assert Inquiry.objects.latest("pk").page_revision == article.live_revision_id


def test_a_new_phrase_counts_as_soon_as_what_was_read_is_old(client, answers, monkeypatch):
    client.post(URL, answers)
    WarningPhrase.objects.create(label="Hiccups", patterns="hiccup*")
    monkeypatch.setattr(writes.clock, "tick", lambda: None)
    client.post(URL, answers | {"message": "I have hiccups"})
    assert Inquiry.objects.latest("pk").urgent_because == "Hiccups"
    WarningPhrase.objects.all().delete()
    client.post(URL, answers | {"message": "More hiccups"})
    assert Inquiry.objects.latest("pk").urgent
