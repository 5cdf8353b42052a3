"""What staff do at the sign-in's pages."""

from playwright.sync_api import expect

from tests.support.signing_in import code


def give_password(page, user):
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page, text=None, button="Sign in"):
    """Without `text`, what the app shows now: should its half minute end, the tolerance allows for that."""
    page.get_by_label("Code", exact=True).fill(text or code())
    page.get_by_role("button", name=button, exact=True).click()


def wait_for_admin(page):
    expect(page.locator("body#wagtail")).to_be_attached()
