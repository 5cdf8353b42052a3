"""Drafts are saved on the server as staff type, never in the browser."""

from playwright.sync_api import expect

from inquiries.models import Draft
from tests.inquiries.desk.helpers import receive


def test_drafts_survive_a_closed_tab_and_can_be_saved_without_javascript(site, front_desk):
    address = f"/admin/inquiries/{receive().pk}/"
    other, page = (site.open(address, user=front_desk) for _ in range(2))
    page.get_by_label("Internal note").fill("She hears badly.")
    page.locator(".inquiry-reply > summary").click()
    with page.context.expect_event("response", lambda response: response.url.endswith("/draft/")):
        page.get_by_label("Your reply").fill("Yes, keep taking it.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == page.evaluate(
        "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
        ".filter(key => !(localStorage[key] ?? sessionStorage[key]).includes('keep taking')).length"
    )
    page.get_by_label("Your reply").fill("Yes, keep taking it. Call if it hurts.")
    with page.context.expect_event("response", lambda response: response.url.endswith("/draft/")):
        page.evaluate("dispatchEvent(new Event('pagehide'))")  # what a closing tab fires
    with other.context.expect_event("response", lambda response: response.url.endswith("/draft/")):
        other.get_by_label("Internal note").fill("She hears very badly.")
    again = site.open(address, user=front_desk, java_script_enabled=False)
    reply = again.get_by_label("Your reply")
    expect(reply).to_have_value("Yes, keep taking it. Call if it hurts.")
    expect(again.get_by_label("Internal note")).to_have_value("She hears very badly.")

    # Without JavaScript, a button saves the draft.
    if not reply.is_visible():
        again.locator(".inquiry-reply > summary").click()
    reply.fill("Yes, keep taking it.")
    again.locator(".inquiry-reply").get_by_role("button", name="Save as draft").click()
    expect(again.get_by_text("Draft saved. Only you can see it.")).to_be_visible()
    expect(reply).to_have_value("Yes, keep taking it.")
    assert Draft.objects.count() == 1
