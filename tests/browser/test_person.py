"""Erasing a person's inquiries by keyboard alone, without JavaScript, on wide and narrow screens."""

from playwright.sync_api import expect

from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import opened, receive


def test_a_persons_inquiries_are_found_and_erased_by_keyboard_alone(site, manager):
    opened(
        receive(email="ana.with-a-very-long-address.that-does-not-break@subdomain.of-a-clinic.example.com")
    )
    page = site.open("/admin/inquiries/person/", user=manager, java_script_enabled=False)
    page.get_by_label("Email address or phone number").focus()
    page.keyboard.type("202 555 0143")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 inquiry from +12025550143")).to_be_visible()
    assert fits(page)
    if not page.locator("input[name=chosen]").is_checked():
        page.locator("input[name=chosen]").focus()
        page.keyboard.press("Space")
    tab_to(page, "Erase selected …")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Erase 1 inquiry for good?")).to_be_visible()
    assert fits(page)
    tab_to(page, "again", attribute="name")
    page.keyboard.type("(202) 555-0143")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 inquiry is erased")).to_be_visible()
    assert Inquiry.objects.count() == 0


def tab_to(page, wanted, attribute="textContent"):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"(document.activeElement.{attribute} || '').trim()") == wanted:
            return
    raise AssertionError(f"{wanted} can't be reached by keyboard")


def fits(page):
    for width in [1280, 390]:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            return False
    return True
