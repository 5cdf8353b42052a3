"""Anybody can type somebody else's email address into the form: it gets a few receipts a day and no more."""

import pytest
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.models.inquiry.model import MAX_RECEIPTS_PER_DAY

URL = reverse("inquiries:contact")
VICTIM = "victim@elsewhere.example"


@pytest.mark.usefixtures("committed_db")
def test_a_strangers_address_gets_few_receipts_and_the_front_desk_all_notices(
    client, answers, run_worker, mailoutbox
):
    for number in range(MAX_RECEIPTS_PER_DAY + 3):
        spelled = VICTIM if number % 2 else VICTIM.upper()
        client.post(URL, {**answers, "email": spelled, "message": f"My back hurts since {number} days."})
    client.post(URL, {**answers, "message": "My back hurts too."})
    assert Inquiry.objects.count() == MAX_RECEIPTS_PER_DAY + 4
    run_worker()
    receipts = [to for email in mailoutbox for to in email.to if "front-desk" not in to]
    assert sorted(map(str.lower, receipts)) == sorted([VICTIM] * MAX_RECEIPTS_PER_DAY + [answers["email"]])


def test_the_confirmation_promises_no_receipt_that_is_not_sent(db, client, answers):
    for number in range(MAX_RECEIPTS_PER_DAY + 1):
        page = client.post(URL, {**answers, "message": f"My back hurts since {number} days."}, follow=True)
        assert ("@patient.example" in page.content.decode()) is (number < MAX_RECEIPTS_PER_DAY)
