"""The receptionists' work in a real browser: a morning, two at once, many at once, a call, half a number."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from inquiries.jobs import bring_back_waiting
from inquiries.models import Inquiry
from tests.inquiries.desk.desk_cast import in_hours, opened, receive, shift


def rows(page):
    return page.locator(".inquiry-queue tbody tr")


def test_the_receptionists_morning(site, front_desk):
    receive(name="Calm Person", message="I would like an appointment.")
    urgent = receive(name="Urgent Person", message="Since yesterday I have chest pain.")
    page = site.open("/admin/inquiries/", user=front_desk)
    expect(rows(page).first).to_contain_text("Urgent Person")
    expect(rows(page).first).to_contain_text("Chest pain or trouble breathing")

    # All by keyboard: the button that makes sense next is a Tab away from the heading's links.
    page.get_by_role("link", name="Urgent Person").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Assign to me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Call (202) 555-0143")).to_be_visible()

    page.get_by_label("Internal note").fill("Rang ten times")
    page.get_by_text("No answer", exact=True).click()
    page.get_by_text("Wait for the patient", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Amara Okafor called: no answer")).to_be_visible()
    expect(page.get_by_text(re.compile("Snoozed until"))).to_be_visible()
    page.goto("/admin/inquiries/view/waiting/")
    expect(rows(page).first).to_contain_text(re.compile("comes back"))

    shift(urgent, follow_up_at=timezone.now() - timedelta(minutes=1))
    bring_back_waiting(0)
    page.goto("/admin/inquiries/view/mine/")
    page.get_by_role("link", name="Urgent Person").click()
    expect(page.get_by_text("It's time to follow up")).to_be_visible()


def test_two_receptionists_at_one_inquiry(site, front_desk, colleague):
    inquiry = receive()
    address = f"/admin/inquiries/{inquiry.pk}/"
    bens = site.open(address, user=colleague)
    amaras = site.open(address, user=front_desk)
    expect(amaras.get_by_text("Also looking at this: Ben Lindqvist")).to_be_visible()
    amaras.get_by_role("button", name="Assign to me").click()
    expect(amaras.get_by_text("Amara Okafor took this")).to_be_visible()
    bens.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(bens.get_by_text("Someone just worked on this inquiry.")).to_be_visible()

    note = bens.get_by_label("Internal note")
    note.fill("I called her, she wants Tuesday.")
    bens.get_by_role("button", name="Save", exact=True).click()
    expect(bens.locator(".inquiry-changes")).to_contain_text("Amara Okafor took this")
    expect(note).to_have_value("I called her, she wants Tuesday.")
    bens.get_by_role("button", name="Save", exact=True).click()
    expect(bens.get_by_text("Note added.")).to_be_visible()


def test_what_came_in_is_announced_emergencies_as_such_even_in_another_tab(site, front_desk):
    page = site.open("/admin/inquiries/", user=front_desk)
    title = page.title()
    receive(name="First Person")
    receive(name="Second Person")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("link", name="2 new inquiries. Show them")).to_be_visible()
    receive(name="Third Person", message="Since yesterday I have chest pain.")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    alert = page.get_by_role("alert").filter(has_text="1 new URGENT message and 2 others. Show them")
    expect(alert).to_be_visible()
    expect(page).to_have_title(f"(1 urgent) {title}")
    alert.get_by_role("link").click()
    expect(page).to_have_title(title)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("Third Person")


def test_many_at_once_under_a_filter_and_undo(site, front_desk):
    for number in range(3):
        opened(receive(name=f"Bill {number}", topic="billing"))
    receive(name="Other", topic="treatment")
    page = site.open("/admin/inquiries/?topic=billing", user=front_desk)
    expect(rows(page)).to_have_count(3)
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


def test_on_a_phone_all_that_can_be_done_to_many_is_in_sight(site, front_desk):
    """And the tab at the right end of its row does not move the page."""
    receive()
    page = site.open("/admin/inquiries/view/all/", user=front_desk, width=390)
    page.get_by_role("checkbox", name="Select", exact=True).check()
    can_be_done = page.get_by_role("region", name="Bulk actions")
    for name in ["Assign", "Snooze", "Close", "In progress", "More"]:
        expect(can_be_done.get_by_text(name, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Everything")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('.content-wrapper').scrollLeft") == 0


def test_a_call_is_entered_and_found_by_half_its_number_on_a_phone(site, front_desk):
    shift(receive(name="Somebody Else", phone="+13035550187"), received_at=in_hours(-3))
    page = site.open("/admin/inquiries/", user=front_desk, width=390)
    page.get_by_role("link", name="Enter a call or visit").click()
    page.get_by_label("Caller's name").fill("Old Mr Grünwald")
    page.get_by_label("Phone number").fill("202 555 0188")
    page.get_by_label("Reason for call").fill("An appointment for his wife")
    page.get_by_role("button", name="Save inquiry").click()
    expect(page.get_by_text("Phone call, taken by Amara Okafor")).to_be_visible()
    page.goto("/admin/inquiries/view/closed/")
    page.get_by_role("textbox", name="Name, phone, email, or reference").fill("5550188")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("Old Mr Grünwald")
