"""Keyboard shortcuts of the front desk."""

from playwright.sync_api import expect

from tests.inquiries.desk.helpers import receive


def toggle_shortcuts(page):
    """Check that a question mark toggles our list of shortcuts and never opens Wagtail's."""
    keys = page.get_by_text("next inquiry, previous inquiry")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(page.locator("#keyboard-shortcuts-dialog")).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_a_skip_link_jumps_to_the_first_row_and_question_mark_lists_shortcuts(site, front_desk):
    receive(name="Calm Person")
    receive(name="Urgent Person", message="Since yesterday I have chest pain.")
    page = site.open("/admin/inquiries/", user=front_desk)
    for key in ["Tab", "Tab", "Enter"]:
        page.keyboard.press(key)
    first = page.get_by_role("link", name="Urgent Person")
    expect(first).to_be_focused()
    toggle_shortcuts(page)
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Urgent Person", exact=True)).to_be_visible()
    toggle_shortcuts(page)
