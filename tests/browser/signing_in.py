"""Steps of staff on the sign-in pages."""

from playwright.sync_api import expect

from tests.support.signing_in import code


def submit_password(page, user):
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in", exact=True).click()


def submit_code(page, text=None, button="Sign in"):
    """Submit `text`, or the app's current code (the site still accepts one that has just expired)."""
    page.get_by_label("Code", exact=True).fill(text or code())
    page.get_by_role("button", name=button, exact=True).click()


def wait_for_admin(page):
    expect(page.locator("body#wagtail")).to_be_attached()
