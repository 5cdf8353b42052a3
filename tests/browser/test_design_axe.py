"""axe finds nothing on any public page: see tests.browser.axe. The form: test_conversation_axe.py."""

from django.template.loader import render_to_string
from wagtail.models import Page

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from education.models import ArticlePage, GlossaryPage, HomePage, TermPage
from tests.browser.axe import BOTH, PHONE, findings, too_wide
from tests.browser.every_block import every_block
from tests.support.publishing import publish

PAGES = ["/contact/", "/nowhere/", "/search/?q=kyphoplasty", "/search/?q=kyfoplasty"]


def test_every_page_type_passes_axe_fits_and_sets_no_cookie(site, demo, article):
    glossary = HomePage.objects.get().add_child(instance=GlossaryPage(title="Words we use"))
    publish(glossary)
    publish(glossary.add_child(instance=TermPage(title="Vertebroplasty", meaning="Cement for a bone.")))
    one_of_each = {type(page): page.url for page in Page.objects.live().specific() if page.url}
    both = {one_of_each[ArticlePage], "/contact/"}
    page = site.open("/")
    for path in [*one_of_each.values(), every_block(article).url, *PAGES]:
        page.goto(path)
        assert findings(page, BOTH if path in both else PHONE) == [], path
        assert too_wide(page) == [], path
    assert page.context.cookies() == []


def test_style_guide_with_every_component_and_error_pages(site, editor):
    clinic_fallback.remember(ClinicSettings.current())
    page = site.open("/styleguide/", user=editor)
    assert findings(page, BOTH) == []
    drawn = [render_to_string(f"{status}.html") for status in (403, 429, 503, 500)]
    assert [html.count("<h1") for html in drawn] == [1, 1, 1, 1]
    page.route("/500/", lambda route: route.fulfill(body=drawn[-1], content_type="text/html"))
    page.goto("/500/")
    assert findings(page) == []
