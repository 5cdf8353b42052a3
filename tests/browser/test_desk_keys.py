"""The front desk by keyboard: past all filters to the first row, and the sheet of keys."""

from playwright.sync_api import expect

from tests.inquiries.desk.helpers import receive


def ask_for_keys(page):
    """A question mark shows our sheet and not Wagtail's, another hides it."""
    keys = page.get_by_text("next inquiry, previous inquiry")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(page.locator("#keyboard-shortcuts-dialog")).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_the_second_tab_leads_to_the_first_row_and_a_question_mark_shows_the_keys(site, front_desk):
    receive(name="Calm Person")
    receive(name="Urgent Person", message="Since yesterday I have chest pain.")
    page = site.open("/admin/inquiries/", user=front_desk)
    for key in ["Tab", "Tab", "Enter"]:
        page.keyboard.press(key)
    first = page.get_by_role("link", name="Urgent Person")
    expect(first).to_be_focused()
    ask_for_keys(page)
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Urgent Person", exact=True)).to_be_visible()
    ask_for_keys(page)
