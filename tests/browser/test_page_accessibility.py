"""Public pages work by keyboard, at 320 px, with forced colors, for screen readers, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from clinic.models import ClinicSettings
from education.models import (
    ArticlePage,
    HomePage,
    LocationIndexPage,
    LocationPage,
    TopicPage,
)
from tests.browser.axe import OVERFLOW_WIDTH
from tests.support.publishing import publish

ARTICLE = "/education/kyphoplasty/"
FOCUSED = """() => {
    const element = document.activeElement;
    const box = element.getClientRects()[0];
    if (!box || element === document.body) return null;
    const topmost = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const style = getComputedStyle(element);
    return {
        name: (element.innerText || element.labels?.[0]?.innerText || element.name || "").trim(),
        visible: box.top >= 0 && box.bottom <= innerHeight,
        covered: !element.contains(topmost) && !topmost?.contains(element),
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""
LAYOUT_SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""
CONTRAST = """pairs => pairs.map((names) => {
    const style = getComputedStyle(document.documentElement);
    const luminance = (name) => {
        const parts = style.getPropertyValue(name).match(/[0-9a-f]{2}/gi).map((x) => parseInt(x, 16) / 255);
        const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [lighter, darker] = names.map(luminance).sort((a, b) => b - a);
    return (lighter + 0.05) / (darker + 0.05);
})"""


# A 1280 x 1024 px window at 400 % zoom shows 320 x 256 px of the page.
@pytest.mark.parametrize(
    ("width", "height"), [(390, 700), (1280, 700), (320, 256)], ids=["phone", "wide", "400 %"]
)
def test_every_focused_element_is_visible_and_outlined(site, width, height):
    page = site.open(ARTICLE, width=width, height=height)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["visible"], focused
        assert not focused["covered"], focused
        assert focused["outline"], focused
        stops.append(focused["name"])
    assert stops[0] == "Skip to the content"
    assert "Send" in stops
    # Focus follows the page: breadcrumbs, form, footer.
    assert stops.index("Home") < stops.index("Send") < stops.index("Find us on a map")


def test_search_works_by_keyboard_alone(site):
    page = site.open("/search/")
    search_field = page.get_by_label("What are you looking for?")
    while not search_field.evaluate("input => input === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.type("kyphoplasty")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 page found for “kyphoplasty”.")
    result = page.locator(".results a")
    while not result.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Kyphoplasty"))


def test_long_words_dont_overflow_and_a_topic_without_a_drawing_uses_the_space(site):
    clinic = ClinicSettings.current()
    clinic.name = "Interventional-Pain-and-Spine-Center-of-Placeholder-City " + "Rehabilitation" * 3
    clinic.save()
    article = ArticlePage.objects.get(slug="kyphoplasty")
    article.title = "Wirbelkörperkompressionsfrakturbehandlungsmöglichkeiten " * 2
    publish(article)
    topic, word = TopicPage.objects.get(), "Spondylolisthesis" * 5
    points = [{"title": word, "text": f"<p>{word}</p>"}]
    topic.body = [("section", {"heading": word, "content": [("points", points)]})]
    topic.drawing = ""
    publish(topic)
    offices = LocationIndexPage(title=word, slug="offices")
    HomePage.objects.get().add_child(instance=offices)
    offices.add_child(instance=LocationPage(title=word, slug="one"))
    page = site.open("/", width=320, height=640)
    for path in [ARTICLE, "/", "/education/", topic.url, "/offices/one/"]:
        page.goto(path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate(OVERFLOW_WIDTH) <= 0, (path, width)
        if path == "/":
            page.set_viewport_size({"width": 390, "height": 844})
            assert page.locator(".topics h3").bounding_box()["width"] > 200


def test_an_article_on_a_phone_has_collapsed_contents_and_a_contact_bar(site):
    page = site.open(ARTICLE, width=390, height=844)
    bar = page.get_by_role("navigation", name="Quick contact")
    expect(bar).to_be_hidden()  # the page header has the same links
    page.mouse.wheel(0, 400)
    expect(bar.get_by_role("link", name="Call")).to_have_attribute("href", "tel:+12025550100")
    bar.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_role("heading", name="Ask us about this")).to_be_in_viewport()
    link = page.get_by_role("link", name="Recovery and Follow-Up Care")
    expect(link).to_be_hidden()
    page.locator(".toc summary").click()
    link.click()
    expect(page.get_by_role("heading", name="Recovery and Follow-Up Care")).to_be_in_viewport()


def test_an_article_on_a_wide_screen_never_shifts_and_marks_the_current_section(site):
    page = site.open(ARTICLE, forced_colors="active")  # reduced motion is on, too: tests.support.browsing
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate(LAYOUT_SHIFT) == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # The section after the feedback buttons has the same margin as the others.
    gap = "element => getComputedStyle(element).marginBlockStart"
    others = page.locator(".text > section + section").first.evaluate(gap)
    assert page.locator(".text > .helpful + section").evaluate(gap) == others != "0px"
    stroke = page.locator(".drawing svg").first.evaluate("svg => getComputedStyle(svg).stroke")
    assert stroke == page.evaluate("getComputedStyle(document.body).color")
    page.get_by_role("link", name="Final Thoughts").click()
    current = page.locator(".toc [aria-current]")
    expect(current).to_have_text("Final Thoughts")
    expect(current).to_have_count(1)


def test_an_article_without_javascript_shows_its_contents_and_prints_cleanly(site):
    page = site.open(ARTICLE, java_script_enabled=False)
    expect(page.get_by_role("link", name="Recovery and Follow-Up Care")).to_be_visible()
    page.emulate_media(media="print")
    for part in (".bar", ".toc", ".crumbs", ".top nav", "button"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("header address")).to_have_text(re.compile("123 Placeholder Street"))
    expect(page.locator("header.top")).to_contain_text("Placeholder Pain and Spine Clinic")
    expect(page.get_by_text("Not yet medically reviewed by this clinic")).to_be_visible()
    expect(page.locator("time").first).to_have_text("October 15, 2025")
    expect(page.locator(".drawing").first).to_be_visible()
    expect(page.locator("#id_name")).to_be_visible()


BACKGROUNDS = ["--paper", "--tint", "--note", "--caution", "--urgent"]
MIN_CONTRAST = {
    **{(text, background): 7 for text in ("--ink", "--soft") for background in BACKGROUNDS},
    **{("--teal", background): 4.5 for background in BACKGROUNDS},
    **{("--edge", background): 3 for background in BACKGROUNDS},
    **{(f"--{level}-ink", f"--{level}"): 4.5 for level in ("note", "caution", "urgent")},
    ("--clay", "--paper"): 4.5,
}


def test_colors_have_enough_contrast_in_light_and_dark_mode(site):
    page = site.open("/")
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        contrasts = page.evaluate(CONTRAST, [*MIN_CONTRAST])
        for (colors, minimum), contrast in zip(MIN_CONTRAST.items(), contrasts, strict=True):
            assert contrast >= minimum, (scheme, colors)


def test_screen_readers_get_labels_landmarks_character_counts_and_errors(site):
    page = site.open("/contact/")
    expect(page.locator("body")).to_match_aria_snapshot(
        """
        - link "Skip to the content"
        - banner:
          - link /Clinic/
          - 'link "Call us: (202) 555-0100"'
          - navigation "Main":
            - link "Ask us a question"
            - link "Search"
        - navigation "Breadcrumb":
          - list:
            - listitem:
              - link "Home"
        - main:
          - heading "Ask us a question" [level=1]
          - group "Your question"
          - group "How can we reach you?":
            - textbox "Your name"
            - textbox "Phone number"
          - button "Send"
        - contentinfo:
          - heading "Opening hours" [level=2]
        """
    )
    message, count = page.get_by_label("Your question or message"), page.locator(".field__count")
    expect(count).to_be_hidden()
    message.focus()
    expect(count).to_have_text("Characters left: 5,000")
    message.fill("x" * 4_990 + "🦴")
    expect(count).to_have_text("Characters left: 9")
    expect(count).to_have_attribute("aria-live", "polite")
    message.fill("x" * 5_001)
    expect(count).to_have_text("Too long. Characters to remove: 1")
    page.get_by_role("button", name="Send").click()
    name = page.get_by_label("Your name", exact=True)
    expect(name).to_have_accessible_description(re.compile("Error: Enter your name."))
    assert name.get_attribute("aria-invalid") == "true"
