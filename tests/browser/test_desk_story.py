"""The receptionists' work: concurrent edits, updates, bulk actions, phone calls, and search."""

from playwright.sync_api import expect

from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import in_hours, opened, overwrite, receive

# Pretends that the tab is in the background and that notifications are allowed.
HIDDEN_TAB = """
window.shown = [];
window.Notification = class { static permission = "granted"; constructor(text) { window.shown.push(text); } };
Object.defineProperty(document, "hidden", { value: true });
"""
POLL_NOW = "document.dispatchEvent(new Event('visibilitychange'))"


def rows(page):
    return page.locator(".inquiry-queue tbody tr")


def test_two_receptionists_see_each_others_changes_to_an_inquiry(site, front_desk, colleague):
    inquiry = receive()
    address = f"/admin/inquiries/{inquiry.pk}/"
    bens = site.open(address, user=colleague)
    amaras = site.open(address, user=front_desk)
    expect(amaras.get_by_text("Also viewing this: Ben Lindqvist")).to_be_visible()
    amaras.get_by_role("button", name="Assign to me").click()
    expect(amaras.get_by_text("Amara Okafor took this")).to_be_visible()
    bens.evaluate(POLL_NOW)
    expect(bens.get_by_text("Someone just changed this inquiry.")).to_be_visible()

    note = bens.get_by_label("Internal note")
    note.fill("I called her, she wants Tuesday.")
    bens.get_by_role("button", name="Save", exact=True).click()
    expect(bens.locator(".inquiry-changes")).to_contain_text("Amara Okafor took this")
    expect(note).to_have_value("I called her, she wants Tuesday.")
    bens.get_by_role("button", name="Save", exact=True).click()
    expect(bens.get_by_text("Note added.")).to_be_visible()


def test_new_inquiries_are_announced_and_urgent_ones_notify_hidden_tabs(site, front_desk):
    page = site.open("/admin/inquiries/", user=front_desk)
    title = page.title()
    receive(name="First Person")
    receive(name="Second Person")
    page.evaluate(POLL_NOW)
    expect(page.get_by_role("link", name="2 new inquiries. Show them")).to_be_visible()
    receive(name="Third Person", message="Since yesterday I have chest pain.")
    page.evaluate(HIDDEN_TAB)
    for _round in range(2):
        with page.expect_response("**/news/**"):
            page.evaluate(POLL_NOW)
    alert = page.get_by_role("alert").filter(has_text="1 new URGENT message and 2 others. Show them")
    expect(alert).to_be_visible()
    expect(page).to_have_title(f"(1 urgent) {title}")
    assert page.evaluate("shown") == ["An urgent inquiry is waiting."]  # once, without patient data
    alert.get_by_role("link").click()
    expect(page).to_have_title(title)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("Third Person")


def test_bulk_closing_respects_the_filter_and_can_be_undone(site, front_desk):
    for number in range(3):
        opened(receive(name=f"Bill {number}", topic="billing"))
    receive(name="Other", topic="treatment")
    page = site.open("/admin/inquiries/view/all/?topic=billing", user=front_desk, width=390)
    expect(rows(page)).to_have_count(3)
    page.get_by_role("checkbox", name="Select", exact=True).first.check()
    assert_bulk_actions_visible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert_list_fits(page)
    page.get_by_role("checkbox", name="Select all").first.check()
    expect(page.get_by_text("All 3 inquiries on this screen selected")).to_be_visible()
    page.get_by_role("link", name="Close the selected inquiries").click()
    page.get_by_label("Outcome").select_option("answered")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("3 inquiries closed.", exact=True)).to_be_visible()
    assert Inquiry.objects.filter(status="closed").count() == 3
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 inquiries changed back.")).to_be_visible()
    assert Inquiry.objects.filter(status="new").count() == 4


def assert_list_fits(page):
    tabs = page.locator(".inquiry-tabs")
    assert tabs.locator("a").first.evaluate("tab => getComputedStyle(tab).fontSize") == "13px"
    assert tabs.evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")
    padding = "cell => parseFloat(getComputedStyle(cell).paddingRight)"
    assert page.locator(".inquiry-queue td").last.evaluate(padding) >= 20


def assert_bulk_actions_visible(page):
    """Check that bulk actions and the last tab are visible without scrolling the page sideways."""
    actions = page.get_by_role("region", name="Bulk actions")
    for name in ["Assign", "Snooze", "Close", "In progress", "More"]:
        expect(actions.get_by_text(name, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Everything")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('.content-wrapper').scrollLeft") == 0


# Fields that the form hides, by type of caller.
HIDDEN = {"clinician": [], "caregiver": ["practice", "npi"], "patient": ["patient_name", "practice", "npi"]}


def test_a_call_is_entered_on_a_phone_and_found_by_part_of_its_number(site, front_desk):
    overwrite(receive(name="Other Patient", phone="+13035550187"), received_at=in_hours(-3))
    page = site.open("/admin/inquiries/", user=front_desk, width=390)
    page.get_by_role("link", name="Enter a call or visit").click()
    for asker, hidden in HIDDEN.items():
        page.locator(f"[name=asker][value={asker}]").check()
        assert [name for name in HIDDEN["patient"] if page.locator(f"[name={name}]").is_hidden()] == hidden
    page.get_by_label("Caller's name").fill("Old Mr Grünwald")
    page.get_by_label("Phone number").fill("202 555 0188")
    page.get_by_label("Reason for call").fill("An appointment for his wife")
    page.get_by_role("button", name="Save inquiry").click()
    expect(page.get_by_text("Phone call, taken by Amara Okafor")).to_be_visible()
    # The menu button doesn't cover the icon of a message.
    icon = page.locator(".messages li .messages-icon").first.bounding_box()
    assert icon["x"] >= page.locator(".sidebar-nav-toggle").bounding_box()["width"]
    page.goto("/admin/inquiries/view/closed/")
    page.get_by_role("textbox", name="Name, phone, email, or reference").fill("5550188")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("Old Mr Grünwald")
