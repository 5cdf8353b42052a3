"""The sheet of keys, and the desktop notification of what is urgent."""

from playwright.sync_api import expect

from tests.inquiries.desk.desk_cast import receive

STUB = """
window.told = [];
window.Notification = class { static permission = "granted"; constructor(text) { window.told.push(text); } };
Object.defineProperty(document, "hidden", { get: () => true });
"""


def test_a_question_mark_opens_our_keys_and_not_wagtails(site, front_desk):
    for address in ["/admin/inquiries/", f"/admin/inquiries/{receive().pk}/"]:
        page = site.open(address, user=front_desk)
        expect(page.get_by_text("next inquiry, previous inquiry")).to_be_hidden()
        page.keyboard.press("?")
        expect(page.get_by_text("next inquiry, previous inquiry")).to_be_visible()
        expect(page.locator("#keyboard-shortcuts-dialog")).to_be_hidden()
        page.keyboard.press("?")
        expect(page.get_by_text("next inquiry, previous inquiry")).to_be_hidden()


def test_a_notification_says_nothing_of_the_patient(site, front_desk):
    page = site.open("/admin/inquiries/", user=front_desk)
    page.evaluate(STUB)
    receive(name="Quiet Person", message="Thank you")
    receive(name="Urgent Person", message="My groin went numb and I can't pee since last night.")
    for _round in range(2):
        with page.expect_response("**/news/**"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("window.told.length")
    assert page.evaluate("window.told") == ["An urgent inquiry is waiting."]
