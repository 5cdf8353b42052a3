"""An inquiry on a phone shows its state and next step first, and fits the screen."""

from tests.inquiries.desk.helpers import receive


def top_of(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def test_an_inquiry_on_a_phone_shows_its_state_first_and_doesnt_overflow(site, front_desk):
    inquiry = receive(name="Maximiliana Featherstonehaugh-Cholmondeley")
    page = site.open(f"/admin/inquiries/{inquiry.pk}/", user=front_desk, width=390)
    tops = [top_of(page, f".inquiry-{name}") for name in ["state", "primary", "message", "facts", "timeline"]]
    assert tops == sorted(tops)

    page.get_by_label("Close", exact=True).check()
    page.get_by_label("Outcome").select_option("appointment")
    place = page.locator("label:has([name=place])").first
    assert place.evaluate("label => label.scrollWidth <= label.clientWidth")
    box, label = (
        page.locator(selector).bounding_box()
        for selector in ["[name=tell_patient]", "label[for=id_close_tell_patient]"]
    )
    assert box["x"] + box["width"] <= label["x"]
    assert abs(box["y"] - label["y"]) < 12

    arrow = "summary => getComputedStyle(summary, '::before').content.slice(1, 2)"
    assert page.locator(".inquiry-reply > summary").evaluate(arrow) == "▸"
    for details in page.locator(".inquiry details > summary").all():
        details.click()
    assert page.locator(".inquiry-reply > summary").evaluate(arrow) == "▾"
    assert_no_overflow(page, inquiry)


def assert_no_overflow(page, inquiry):
    find_overflowing = (
        "els => els.filter(el => el.getBoundingClientRect().right > innerWidth).map(el => el.outerHTML)"
    )
    heading = page.locator(".w-breadcrumbs li a").last
    assert inquiry.reference in heading.inner_text()
    heading.evaluate(
        "(a, [one, other]) => a.lastChild.data = a.lastChild.data.replace(one, other)",
        [inquiry.reference, "WWWW-WWWW"],
    )
    for width in [390, 320]:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.locator(".inquiry *, .w-breadcrumbs li").evaluate_all(find_overflowing) == []
        outcome, box = (
            page.locator(selector).bounding_box() for selector in ["[name=outcome]", ".inquiry-composer"]
        )
        assert outcome["x"] + outcome["width"] <= box["x"] + box["width"]
        assert heading.evaluate("a => a.scrollHeight <= a.clientHeight + 1")
