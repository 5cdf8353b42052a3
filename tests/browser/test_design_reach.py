"""The pages reach everyone: by keyboard, at 320 px, with larger spacing, in any colours, without scripts."""

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
from tests.browser.axe import OVERFLOW
from tests.support.publishing import publish

ARTICLE = "/education/kyphoplasty/"
# What has the focus: its name, whether it can be seen, whether anything lies over it, how it is outlined.
FOCUSED = """() => {
    const element = document.activeElement;
    const box = element.getClientRects()[0];
    if (!box || element === document.body) return null;
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const style = getComputedStyle(element);
    return {
        name: (element.innerText || element.labels?.[0]?.innerText || element.name || "").trim(),
        seen: box.top >= 0 && box.bottom <= innerHeight,
        covered: !element.contains(over) && !over?.contains(element),
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
    const light = (name) => {
        const parts = style.getPropertyValue(name).match(/[0-9a-f]{2}/gi).map((x) => parseInt(x, 16) / 255);
        const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [one, other] = names.map(light).sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
})"""


# A window of 1280 by 1024 px at 400 % zoom has room for 320 by 256 px of page.
@pytest.mark.parametrize(
    ("width", "height"), [(390, 700), (1280, 700), (320, 256)], ids=["phone", "wide", "400 %"]
)
def test_every_stop_of_the_keyboard_is_seen(site, width, height):
    page = site.open(ARTICLE, width=width, height=height)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["seen"], focused
        assert not focused["covered"], focused
        assert focused["outline"], focused
        stops.append(focused["name"])
    assert stops[0] == "Skip to the content"
    assert "Send" in stops
    # The order of the page: the way back up, the contents, the form, the footer.
    assert stops.index("Home") < stops.index("Send") < stops.index("Find us on a map")


def test_searching_by_keyboard_alone(site):
    page = site.open("/search/")
    words = page.get_by_label("What are you looking for?")
    while not words.evaluate("input => input === document.activeElement"):
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


def test_long_words_and_names_stay_on_the_page_and_a_topic_without_a_drawing_has_room(site):
    """As an editor may write them: a title and a clinic's name of words without a break."""
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
            assert page.evaluate(OVERFLOW) <= 0, (path, width)
        if path == "/":
            page.set_viewport_size({"width": 390, "height": 844})
            assert page.locator(".topics h3").bounding_box()["width"] > 200


def test_an_article_on_a_phone_folds_its_contents_and_is_a_tap_from_its_form_and_the_phone(site):
    page = site.open(ARTICLE, width=390, height=844)
    bar = page.get_by_role("navigation", name="Quick contact")
    expect(bar).to_be_hidden()  # the page's head says the same
    page.mouse.wheel(0, 400)
    expect(bar.get_by_role("link", name="Call")).to_have_attribute("href", "tel:+12025550100")
    bar.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_role("heading", name="Ask us about this")).to_be_in_viewport()
    link = page.get_by_role("link", name="Recovery and Follow-Up Care")
    expect(link).to_be_hidden()
    page.locator(".toc summary").click()
    link.click()
    expect(page.get_by_role("heading", name="Recovery and Follow-Up Care")).to_be_in_viewport()


def test_an_article_on_a_wide_screen_shifts_nothing_and_names_the_section_being_read(site):
    page = site.open(ARTICLE, forced_colors="active")  # asks for less motion, too: tests.support.browsing
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate(LAYOUT_SHIFT) == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # Below the feedback's buttons, too.
    gap = "element => getComputedStyle(element).marginBlockStart"
    others = page.locator(".text > section + section").first.evaluate(gap)
    assert page.locator(".text > .helpful + section").evaluate(gap) == others != "0px"
    stroke = page.locator(".drawing svg").first.evaluate("svg => getComputedStyle(svg).stroke")
    assert stroke == page.evaluate("getComputedStyle(document.body).color")
    page.get_by_role("link", name="Final Thoughts").click()
    current = page.locator(".toc [aria-current]")
    expect(current).to_have_text("Final Thoughts")
    expect(current).to_have_count(1)


def test_an_article_without_javascript_has_its_contents_beside_the_text_and_prints_as_a_document(site):
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


GROUNDS = ["--paper", "--tint", "--note", "--caution", "--urgent"]
LEAST = {
    **{(text, ground): 7 for text in ("--ink", "--soft") for ground in GROUNDS},
    **{("--teal", ground): 4.5 for ground in GROUNDS},
    **{("--edge", ground): 3 for ground in GROUNDS},
    **{(f"--{level}-ink", f"--{level}"): 4.5 for level in ("note", "caution", "urgent")},
    ("--clay", "--paper"): 4.5,
}


def test_contrast_in_light_and_dark(site):
    page = site.open("/")
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        for (colors, least), found in zip(LEAST.items(), page.evaluate(CONTRAST, [*LEAST]), strict=True):
            assert found >= least, (scheme, colors)


def test_a_screen_reader_is_told_names_landmarks_characters_left_and_what_is_wrong(site):
    """The accessibility tree, as the browser hands it on."""
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
