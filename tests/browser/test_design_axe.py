"""axe finds nothing on any public page, in any state of the form: see tests.browser.axe for how it looks."""

from io import BytesIO

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from wagtail.documents.models import Document
from wagtail.images.models import Image

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from education.blocks.examples import EXAMPLES
from education.models import ArticlePage, GlossaryPage, HomePage, TermPage
from tests.browser.axe import findings
from tests.support.publishing import publish, publish_reviewed

ARTICLE = "/education/kyphoplasty/"


@pytest.mark.parametrize(
    "paths",
    [
        ["/", "/education/"],
        [ARTICLE],
        ["/search/", "/search/?q=kyphoplasty", "/search/?q=zzzz", "/nowhere/"],
    ],
    ids=["home and list", "article", "search and not found"],
)
def test_pages(site, paths):
    page = site.open(paths[0])
    for path in paths:
        page.goto(path)
        assert findings(page) == []


def test_the_demos_whole_clinic_with_a_glossary(site, demo, editor, reviewer):
    glossary = HomePage.objects.get().add_child(instance=GlossaryPage(title="Words we use"))
    glossary.save_revision().publish()
    term = glossary.add_child(instance=TermPage(title="Disk", meaning="A cushion between two bones."))
    publish_reviewed(term, editor, reviewer)
    page = site.open("/", width=390)
    for path in ["/", "/topics/my-back-hurts/", "/people/ada-sample/", "/locations/main-office/", term.url]:
        page.goto(path)
        assert findings(page) == [], path
    page.set_viewport_size({"width": 1280, "height": 900})
    for path in ["/people/", "/locations/", "/topics/", "/questions-patients-ask/", glossary.url]:
        page.goto(path)
        assert findings(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path


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
