"""On a phone an inquiry begins with its state and the next step."""

from tests.inquiries.desk.desk_cast import receive


def top_of(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def test_state_and_next_step_stand_above_the_message_on_a_phone(site, front_desk):
    page = site.open(f"/admin/inquiries/{receive().pk}/", user=front_desk)
    page.set_viewport_size({"width": 390, "height": 844})
    tops = [top_of(page, f".inquiry-{name}") for name in ["state", "primary", "message", "facts", "timeline"]]
    assert tops == sorted(tops)


def test_the_arrow_of_a_disclosure_turns(site, front_desk):
    page = site.open(f"/admin/inquiries/{receive().pk}/", user=front_desk)
    summary = page.locator(".inquiry-reply > summary")
    arrow = "summary => getComputedStyle(summary, '::before').content.slice(1, 2)"
    assert summary.evaluate(arrow) == "▸"
    summary.click()
    assert summary.evaluate(arrow) == "▾"
