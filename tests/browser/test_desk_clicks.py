"""Clicks and page loads that an urgent inquiry takes, from the queue to closed (docs/front-desk.md)."""

from playwright.sync_api import expect

from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import receive

CLICKS, LOADS = 9, 3
URGENT = "Since yesterday I have chest pain."


class ClickCounter:
    """Clicks on behalf of the test, and counts clicks and page loads."""

    def __init__(self, page):
        self.page, self.clicks, self.loads = page, 0, 0
        page.on("domcontentloaded", self.note_load)

    def note_load(self, _page):
        self.loads += 1

    def click(self, element):
        element.click()
        self.clicks += 1

    def choose(self, select, value):
        """Count two clicks: one opens the list and one chooses."""
        select.select_option(value)
        self.clicks += 2


def test_handling_an_urgent_inquiry_takes_nine_clicks(site, front_desk):
    receive(name="Calm Person")
    urgent = receive(name="Urgent Person", message=URGENT)
    page = site.open("/admin/inquiries/", user=front_desk)
    counter = ClickCounter(page)
    first = page.locator(".inquiry-queue tbody tr").first
    expect(first).to_contain_text("Chest pain or trouble breathing")
    box = page.locator(".inquiry-composer")
    counter.click(first.get_by_role("link", name="Urgent Person"))
    expect(page.get_by_role("link", name="(202) 555-0143").first).to_be_visible()
    counter.click(box.get_by_text("No answer", exact=True))
    counter.click(box.get_by_text("Call back", exact=True))
    counter.click(box.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("You'll be reminded to call back")).to_be_visible()
    expect(page.get_by_text("Amara Okafor called: no answer")).to_be_visible()

    counter.click(box.get_by_text("Spoke to the patient", exact=True))
    page.keyboard.press("Tab")  # to the note
    page.get_by_label("Internal note").fill("He is in the emergency room.")
    counter.click(box.get_by_text("Close", exact=True))
    counter.choose(page.get_by_label("Outcome"), "emergency")
    counter.click(box.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Closed: Sent to the emergency room.")).to_be_visible()
    page.wait_for_load_state()  # so that the last load is counted
    inquiry = Inquiry.objects.get(pk=urgent.pk)
    assert (inquiry.status, inquiry.call_attempts, inquiry.assignee) == ("closed", 2, front_desk)
    assert inquiry.events.filter(kind="call").last().text == "He is in the emergency room."
    assert (counter.clicks, counter.loads) == (CLICKS, LOADS)
