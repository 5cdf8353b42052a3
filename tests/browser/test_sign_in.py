"""Staff sign in: password and app, passkey, recovery code; the first time they set it up."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import OVERFLOW, findings
from tests.browser.signing_in import give_code, give_password, wait_for_admin
from tests.support.browsing import Browsing
from tests.support.signing_in import code, enrol


@pytest.fixture
def local_site(site_server, committed_db, tabs):
    """The site by a name: no browser makes passkeys for a bare address. Its tabs keep it, so they go."""
    browsing = Browsing(tabs, site_server.url.replace("127.0.0.1", "localhost"))
    yield browsing
    for page in browsing.pages:
        page.context.close()
    browsing.close()


def check(page):
    """On a phone: axe finds nothing, and nothing is cut off."""
    assert findings(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERFLOW) <= 0


def test_the_first_time_an_app_is_set_up_on_a_phone(site, front_desk):
    page = site.open("/admin/inquiries/", width=390)
    check(page)
    give_password(page, front_desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Protect your account")
    check(page)
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("I can't scan it").click()
    check(page)
    give_code(page, code(page.locator(".secret").inner_text()), button="Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    check(page)
    page.get_by_role("link", name="I've saved them").click()
    wait_for_admin(page)


def test_wrong_input_is_explained_without_javascript(site, front_desk):
    enrol(front_desk)
    page = site.open("/sign-in/", java_script_enabled=False)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Enter your password.")
    give_password(page, front_desk)
    give_code(page, "000000")
    expect(page.get_by_role("alert").first).to_contain_text("That code is wrong")


def test_a_passkey_is_added_and_then_enough_by_itself(local_site, front_desk):
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
    give_password(page, front_desk)
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
    page.goto("/sign-in/?next=/robots.txt")  # costs less than a page of the admin
    give_password(page, front_desk)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(re.compile("/robots.txt$"))


def test_a_passkey_that_is_not_there_is_said_in_words(local_site, front_desk):
    page = local_site.open("/sign-in/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey didn't work.")
