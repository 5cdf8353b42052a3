"""The front desk signs in, finds an inquiry, takes it, writes a note and closes it."""

import pytest
from playwright.sync_api import expect

from inquiries.choices import Status
from inquiries.forms import InquiryForm


@pytest.fixture
def inquiry(committed_db, answers):
    form = InquiryForm(answers)
    assert form.is_valid()
    return form.save()


def sign_in(page, username):
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
