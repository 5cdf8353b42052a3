"""Public pages pass axe and fit the screen. The contact form is in test_conversation_axe.py."""

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
from tests.browser.axe import BOTH, axe_violations, overflowing_views
from tests.browser.every_block import every_block
from tests.support.publishing import publish

# Page types with components of their own. `make audit` checks the others.
CHECKED_WITH_AXE = [HomePage, ArticlePage, TopicPage, PersonPage, LocationPage, GlossaryPage, TermPage]


def test_every_page_type_passes_axe_fits_the_screen_and_sets_no_cookie(site, article, settings, tmp_path):
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
        if kind in CHECKED_WITH_AXE:
            assert axe_violations(page) == [], path
        assert overflowing_views(page) == [], path
    assert page.context.cookies() == []


def test_the_style_guide_passes_axe(site, editor):
    assert axe_violations(site.open("/styleguide/", user=editor), BOTH) == []
