"""Staff sign in with an authenticator app or a passkey, and set it up the first time."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import OVERFLOW_WIDTH, axe_violations
from tests.browser.signing_in import submit_code, submit_password, wait_for_admin
from tests.support.browsing import Browsing
from tests.support.signing_in import code, enroll


@pytest.fixture
def local_site(site_server, committed_db, tabs):
    """The site on localhost, because browsers create passkeys only for host names. Closes its own tabs."""
    browsing = Browsing(tabs, site_server.url.replace("127.0.0.1", "localhost"))
    yield browsing
    for page in browsing.pages:
        page.context.close()
    browsing.close()


def check(page):
    """Check that the page passes axe and fits on a phone."""
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERFLOW_WIDTH) <= 0


def test_the_first_sign_in_sets_up_an_authenticator_app(site, front_desk):
    page = site.open("/admin/inquiries/", width=390)
    check(page)
    submit_password(page, front_desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Protect your account")
    check(page)
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("I can't scan it").click()
    check(page)
    submit_code(page, code(page.locator(".secret").inner_text()), button="Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    check(page)
    page.get_by_role("link", name="I've saved them").click()
    wait_for_admin(page)


def test_sign_in_errors_are_explained_without_javascript(site, front_desk):
    enroll(front_desk)
    page = site.open("/sign-in/", java_script_enabled=False)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Enter your password.")
    submit_password(page, front_desk)
    submit_code(page, "000000")
    expect(page.get_by_role("alert").first).to_contain_text("That code is wrong")


def test_an_added_passkey_is_enough_to_sign_in(local_site, front_desk):
    page = local_site.open("/sign-in/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    built_in = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": built_in})
    submit_password(page, front_desk)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Continue").wait_for()
    check(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="I've saved them").click()
    wait_for_admin(page)

    page.context.clear_cookies()
    page.goto("/admin/inquiries/view/mine/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    wait_for_admin(page)
    expect(page).to_have_url(re.compile("^[^?]+/admin/inquiries/view/mine/$"))

    page.context.clear_cookies()
    page.goto("/sign-in/?next=/robots.txt")  # faster than an admin page
    submit_password(page, front_desk)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(re.compile("/robots.txt$"))


def test_a_missing_passkey_shows_an_error_message(local_site, front_desk):
    page = local_site.open("/sign-in/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey didn't work.")
