"""Receipts per address are limited, since anyone can enter another person's email address."""

import pytest
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.models.inquiry.model import MAX_RECEIPTS_PER_DAY

URL = reverse("inquiries:contact")
VICTIM = "victim@elsewhere.example"


@pytest.mark.usefixtures("committed_db")
def test_receipts_per_address_are_limited_but_notices_to_the_front_desk_arent(
    client, answers, run_worker, mailoutbox
):
    for number in range(MAX_RECEIPTS_PER_DAY + 3):
        email = VICTIM if number % 2 else VICTIM.upper()
        client.post(URL, {**answers, "email": email, "message": f"My back hurts since {number} days."})
    client.post(URL, {**answers, "message": "My back hurts too."})
    assert Inquiry.objects.count() == MAX_RECEIPTS_PER_DAY + 4
    run_worker()
    receipts = [to for email in mailoutbox for to in email.to if "front-desk" not in to]
    assert sorted(map(str.lower, receipts)) == sorted([VICTIM] * MAX_RECEIPTS_PER_DAY + [answers["email"]])


def test_the_confirmation_only_mentions_a_receipt_if_one_is_sent(db, client, answers):
    for number in range(MAX_RECEIPTS_PER_DAY + 1):
        page = client.post(URL, {**answers, "message": f"My back hurts since {number} days."}, follow=True)
        assert ("@patient.example" in page.content.decode()) is (number < MAX_RECEIPTS_PER_DAY)
