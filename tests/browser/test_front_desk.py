"""The front desk signs in, finds an inquiry, takes it, writes a note and closes it."""

import pytest
from playwright.sync_api import expect

from inquiries.choices import Status
from inquiries.models.rate_limit import Origin
from inquiries.public.form.inquiry_form import InquiryForm
from tests.browser.signing_in import give_code, give_password, wait_for_admin
from tests.support.signing_in import enrol


@pytest.fixture
def inquiry(committed_db, answers):
    form = InquiryForm(answers)
    assert form.is_valid()
    return form.save(origin=Origin("192.0.2.1"))


@pytest.mark.parametrize("width", [1280, 390])
def test_sign_in_find_take_note(site, front_desk, inquiry, width):
    enrol(front_desk)
    page = site.open("/admin/", width=width)
    give_password(page, front_desk)
    give_code(page)
    wait_for_admin(page)

    page.goto("/admin/inquiries/")
    page.get_by_role("textbox", name="Name, phone, email, or reference").fill("555.0143")
    page.keyboard.press("Enter")
    page.wait_for_url("**found=**")
    page.get_by_role("link", name=inquiry.reference).click()
    expect(page.get_by_text("I lifted a box on Sunday")).to_be_visible()

    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_text("Amara Okafor took this").first).to_be_visible()
    page.get_by_label("Internal note").fill("Called her daughter back.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Called her daughter back.").first).to_be_visible()

    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.assignee) == (Status.IN_PROGRESS, front_desk)
