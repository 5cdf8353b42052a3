"""axe finds nothing on any public page, in any state of the form: see tests.browser.axe for how it looks."""

from io import BytesIO

import PIL.Image
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from education.blocks.examples import EXAMPLES
from education.models import ArticlePage, GlossaryPage, HomePage, TermPage
from tests.browser.axe import findings
from tests.browser.test_design_reach import OVERFLOW, TWICE
from tests.support.publishing import publish

PAGES = [
    *["/contact/", "/contact/status/", "/contact/received/CCCC-CCCC/", "/nowhere/"],
    *["/search/", "/search/?q=kyphoplasty", "/search/?q=kyfoplasty", "/search/?q=zzzz"],
]
# WCAG 1.4.12: nothing may be lost when readers set these. The size is doubled as well.
SPACING = """
    html { font-size: 200% !important }
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
"""
STYLE = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"


def too_wide(page):
    """How the page doesn't fit: on a small phone, at twice the size, with wide spacing."""
    found = []
    for width, style in [(320, ""), (320, TWICE), (640, SPACING)]:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(STYLE, style)
        if page.evaluate(OVERFLOW) > 0:
            found.append((width, style))
    page.evaluate(STYLE, "")
    return found


def test_every_page_type_of_the_demos_whole_clinic_with_a_glossary(site, demo):
    glossary = HomePage.objects.get().add_child(instance=GlossaryPage(title="Words we use"))
    publish(glossary)
    publish(glossary.add_child(instance=TermPage(title="Vertebroplasty", meaning="Cement for a bone.")))
    one_of_each = {type(page): page.url for page in Page.objects.live().specific() if page.url}
    page = site.open("/")
    for path in [*one_of_each.values(), *PAGES]:
        page.goto(path)
        assert findings(page, phone_differs=True) == [], path
        assert too_wide(page) == [], path


def every_block(article):
    """An article next to this one that has one of each."""
    png = BytesIO()
    PIL.Image.new("RGB", (450, 250), "teal").save(png, "PNG")
    Image.objects.create(title="A picture", file=ContentFile(png.getvalue(), "picture.png"))
    video = Document.objects.create(title="Up", file=ContentFile(b"", "up.mp4"))
    chosen = {"video": {"video": video, "captions": video}, "download": {"document": video}}
    content = []
    for name, (_sentence, example) in EXAMPLES.items():
        value = example() if callable(example) else example
        content.append((name, {**value, **chosen[name]} if name in chosen else value))
    index = article.get_parent().specific
    page = ArticlePage(
        title="All", lead="All.", body=[("section", {"heading": "A", "content": content})], slug="all"
    )
    index.add_child(instance=page)
    publish(page)
    return page


def test_a_page_with_every_block(site, article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    opened = site.open(every_block(article).url)
    assert findings(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1280
    assert opened.locator(".checklist li").count() == 2


def test_form_empty_with_errors_and_sent(site):
    page = site.open("/contact/")
    assert findings(page) == []
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()
    assert findings(page) == []
    page.get_by_label("Your question or message").fill("My back hurts.")
    page.get_by_label("Your name", exact=True).fill("Maria Example")
    page.get_by_label("Phone number").fill("202 555 0143")
    page.get_by_role("button", name="Send").click()
    page.locator("[data-reference]").wait_for()
    assert findings(page) == []


def test_style_guide_with_every_component(site, editor):
    page = site.open("/styleguide/", user=editor)
    assert findings(page) == []


def test_error_pages(site):
    clinic_fallback.remember(ClinicSettings.current())
    page = site.open("/")
    drawn = {f"{site.url}/{status}/": render_to_string(f"{status}.html") for status in (403, 429, 500, 503)}
    page.route(
        lambda address: address in drawn,
        lambda route: route.fulfill(body=drawn[route.request.url], content_type="text/html"),
    )
    for address in drawn:
        page.goto(address)
        assert page.get_by_role("heading", level=1).count() == 1
        assert findings(page) == []
