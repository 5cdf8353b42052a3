"""The front desk's screens pass axe."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.browser.axe import BOTH, DESKTOP, PHONE, WAGTAIL_FAULTS, axe_violations
from tests.inquiries.desk.helpers import in_hours, overwrite, receive, seen

QUEUE = reverse("inquiry:index")


@pytest.fixture
def inquiry(committed_db, front_desk):
    """An urgent, overdue inquiry with a call and a note, from a patient who wrote before."""
    overwrite(receive(message="Where do I park?"), due_at=in_hours(1))
    inquiry = receive(message="Since last night I have no feeling between my legs.")
    inquiry.take(by=front_desk, seen=seen(inquiry))
    inquiry.log_call("no_answer", by=front_desk, seen=seen(inquiry), text="Rang for long.")
    inquiry.add_note("She asked for a morning.", by=front_desk, seen=seen(inquiry))
    return overwrite(inquiry, due_at=in_hours(-3), received_at=inquiry.received_at - timedelta(days=1))


def check(page, address, views=PHONE, with_frame=False):
    page.goto(address)
    assert axe_violations(page, views, exclude=WAGTAIL_FAULTS, with_frame=with_frame) == [], address


def test_the_queue_its_forms_and_inquiry_pages_pass_axe(site, front_desk, inquiry):
    page = site.open("/robots.txt", user=front_desk)
    check(page, f"{QUEUE}?topic=condition", BOTH)
    check(page, f"{QUEUE}{inquiry.pk}/")
    check(page, f"{QUEUE}{inquiry.pk}/print/")
    close = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "close"])
    check(page, f"{close}?id={inquiry.pk}&next={QUEUE}")
    page.goto(f"{QUEUE}enter/")
    page.locator("main form[method=post] [type=submit]").first.click()
    page.locator(".error-message").first.wait_for()
    assert axe_violations(page, exclude=WAGTAIL_FAULTS) == []
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    inquiry.change_status("closed", outcome="answered", was_urgent=True, by=front_desk, seen=seen(inquiry))
    check(page, f"{QUEUE}{inquiry.pk}/", DESKTOP)


def test_the_managers_screens_pass_axe(site, manager, inquiry):
    page = site.open("/robots.txt", user=manager)
    check(page, "/admin/", BOTH, with_frame=True)
    check(page, reverse("inquiry:person"))
    check(page, reverse("inquiry_access"))
