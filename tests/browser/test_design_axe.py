"""axe finds nothing on public pages: see tests.browser.axe. The form: test_conversation_axe.py."""

from wagtail.models import Page

from education.management.commands import load_demo_site
from education.models import (
    ArticlePage,
    GlossaryPage,
    HomePage,
    LocationPage,
    PersonPage,
    TermPage,
    TopicPage,
)
from tests.browser.axe import BOTH, findings, too_wide
from tests.browser.every_block import every_block
from tests.support.publishing import publish

# The types with parts that no other has. Of all others `make audit` asks axe, in four looks.
ASKED = [HomePage, ArticlePage, TopicPage, PersonPage, LocationPage, GlossaryPage, TermPage]


def test_every_page_type_passes_axe_fits_and_sets_no_cookie(site, article, settings, tmp_path):
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True
    home = HomePage.objects.get()
    load_demo_site._set_clinic()
    for add in [load_demo_site._add_questions, load_demo_site._add_people, load_demo_site._add_locations]:
        add(home)
    glossary = home.add_child(instance=GlossaryPage(title="Words we use"))
    publish(glossary)
    publish(glossary.add_child(instance=TermPage(title="Vertebroplasty", meaning="Cement for a bone.")))
    one_of_each = {type(page): page.url for page in Page.objects.live().specific() if page.url}
    one_of_each[ArticlePage] = every_block(article).url
    assert len(one_of_each) == 12
    page = site.open("/")
    for kind, path in [*one_of_each.items(), (HomePage, "/search/?q=kyphoplasty"), (None, "/nowhere/")]:
        page.goto(path)
        if kind in ASKED:
            assert findings(page) == [], path
        assert too_wide(page) == [], path
    assert page.context.cookies() == []


def test_axe_on_the_style_guide_with_every_component(site, editor):
    assert findings(site.open("/styleguide/", user=editor), BOTH) == []
