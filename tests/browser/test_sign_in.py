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


def test_the_first_time_an_app_is_set_up_on_a_phone(site, front_desk):
    page = site.open("/admin/inquiries/", width=390)
    give_password(page, front_desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Protect your account")
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("I can't scan it").click()
    give_code(page, code(page.locator(".secret").inner_text()), button="Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    recovery_code = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="I've saved them").click()
    wait_for_admin(page)

    page = site.open("/admin/inquiries/view/mine/", width=390)
    give_password(page, front_desk)
    give_code(page, recovery_code)
    wait_for_admin(page)
    expect(page).to_have_url(re.compile("^[^?]+/admin/inquiries/view/mine/$"))


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
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="I've saved them").click()
    wait_for_admin(page)

    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    wait_for_admin(page)

    page.context.clear_cookies()
    page.goto("/admin/")
    give_password(page, front_desk)
    page.get_by_role("button", name="Use my passkey").click()
    wait_for_admin(page)


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


PAGES = ["factors/", "factors/totp/activate/", "factors/webauthn/add/", "password/change/", "out/"]


def test_axe_finds_nothing_and_nothing_is_cut_off(site, front_desk, colleague):
    page = site.open("/sign-in/")
    for path in ["", "password/reset/", "password/choose/1-x/"]:
        page.goto(f"/sign-in/{path}")
        assert findings(page) == [], path
    give_password(site_page := site.open("/sign-in/"), front_desk)
    for path in PAGES:
        site_page.goto(f"/sign-in/{path}")
        assert findings(site_page) == [], path
        site_page.set_viewport_size({"width": 320, "height": 640})
        assert site_page.evaluate(OVERFLOW) <= 0, path
    page = site.open("/sign-in/factors/recovery-codes/generate/", user=colleague)
    page.get_by_role("button", name="Make new codes").click()
    assert findings(page) == []
