"""axe finds nothing on any public page: see tests.browser.axe. The form: test_conversation_axe.py."""

from django.template.loader import render_to_string
from wagtail.models import Page

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from education.models import ArticlePage, GlossaryPage, HomePage, TermPage
from tests.browser.axe import findings, too_wide
from tests.browser.every_block import every_block
from tests.support.publishing import publish

PAGES = [
    *["/contact/", "/contact/status/", "/contact/received/CCCC-CCCC/", "/nowhere/"],
    *["/search/", "/search/?q=kyphoplasty", "/search/?q=kyfoplasty", "/search/?q=zzzz"],
]


def test_every_page_type_passes_axe_fits_and_sets_no_cookie(site, demo):
    glossary = HomePage.objects.get().add_child(instance=GlossaryPage(title="Words we use"))
    publish(glossary)
    publish(glossary.add_child(instance=TermPage(title="Vertebroplasty", meaning="Cement for a bone.")))
    one_of_each = {type(page): page.url for page in Page.objects.live().specific() if page.url}
    differs_on_a_phone = {one_of_each[HomePage], one_of_each[ArticlePage]}  # header, contents, bar
    page = site.open("/")
    for path in [*one_of_each.values(), *PAGES]:
        page.goto(path)
        assert findings(page, phone_differs=path in differs_on_a_phone) == [], path
        assert too_wide(page) == [], path
    assert page.context.cookies() == []


def test_a_page_with_every_block(site, article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    opened = site.open(every_block(article).url)
    assert findings(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1280
    assert opened.locator(".checklist li").count() == 2


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
