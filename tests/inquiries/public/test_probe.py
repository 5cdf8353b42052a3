"""A site check sends a test inquiry through the real form, without leaving anything behind."""

from urllib.parse import parse_qs

import pytest
from django.core.signing import TimestampSigner
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.operations import checks
from inquiries.models import Inquiry, InquiryEvent, Sending
from inquiries.public import probe

CONTACT = reverse("inquiries:contact")


@pytest.fixture
def own_base_url(settings, site_server, committed_db):
    settings.BASE_URL = site_server.url


def found_problem():
    return str(checks.run(["test_inquiry"])["test_inquiry"] or "")


@pytest.mark.usefixtures("own_base_url")
def test_the_probe_arrives_over_http_and_leaves_nothing_behind():
    assert found_problem() == ""
    for model in (Inquiry, InquiryEvent, Sending, ProcrastinateJob):
        assert not model.objects.exists(), model


@pytest.mark.usefixtures("own_base_url")
@pytest.mark.parametrize(
    ("broken", "status"),
    [("models.Inquiry._queue_emails", 503), ("public.form.inquiry_form.InquiryForm.is_valid", 200)],
)
def test_a_probe_that_isnt_stored_is_a_problem(monkeypatch, broken, status):
    monkeypatch.setattr(f"inquiries.{broken}", lambda self: None)
    assert f"got a {status}" in found_problem()
    assert not Inquiry.objects.exists()


def test_an_unsigned_probe_is_an_ordinary_inquiry(client, answers):
    client.post(CONTACT, {**answers, "probe": "name=Eve&message=x"})
    assert Inquiry.objects.get().name == answers["name"]


def test_a_site_with_another_key_stores_nothing(client, monkeypatch):
    signed = probe.signed_answers()
    assert "Site check" in parse_qs(signed)["name"]
    monkeypatch.setattr(probe, "signer", TimestampSigner(key="another"))
    assert client.post(CONTACT, {"probe": signed}).status_code == 200
    assert not Inquiry.objects.exists()
