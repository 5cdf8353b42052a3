"""What staff do at the sign-in's pages."""

from playwright.sync_api import expect

from tests.support.signing_in import SECRET, code


def give_password(page, user):
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page, secret=SECRET, button="Sign in"):
    """What the app shows now. Where its half minute ends meanwhile, the tolerance allows for that."""
    page.get_by_label("Code", exact=True).fill(code(secret))
    page.get_by_role("button", name=button, exact=True).click()


def wait_for_admin(page):
    expect(page.locator("body#wagtail")).to_be_attached()
