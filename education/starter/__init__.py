"""The site that a new clinic starts with. Fictional people are only in the demo's folder, demo/."""

from pathlib import Path
from string import Template

from wagtail.models import Page, Site

from clinic.models import ClinicSettings, NavigationSettings
from education.importing import make_page, read_article
from education.importing.pages import sections_of_article
from education.models import (
    ArticleIndexPage,
    ArticlePage,
    HomePage,
    StandardPage,
    TopicArticle,
    TopicIndexPage,
    TopicPage,
)
from education.review.unreviewed import publish_starter

FOLDER = Path(__file__).parent
KYPHOPLASTY = FOLDER / "kyphoplasty.md"
# In the order of the footer. Pages that describe only the software are published immediately; the clinic and
# its counsel finish the others first.
PAGES = [
    "about",
    "new-patients",
    "insurance-and-billing",
    "privacy-practices",
    "website-privacy",
    "nondiscrimination",
    "accessibility",
]
PUBLISHED_PAGES = {"website-privacy", "accessibility"}


def publish(page: Page, parent: Page) -> Page:
    parent.add_child(instance=page)
    revision = page.save_revision()
    if page.contains_medical_claims:
        publish_starter(revision)
    else:
        revision.publish()
    return page


def add_article(file: Path, index: ArticleIndexPage) -> ArticlePage:
    return make_page(read_article(file.name, file.read_bytes()), index, publish=publish_starter)


def add_home(site: Site) -> HomePage:
    """Replace Wagtail's welcome page with the home page."""
    welcome = site.root_page.specific
    home = HomePage(
        title=ClinicSettings.for_site(site).name,
        slug="clinic",
        introduction="Placeholder: say in one sentence who you are and whom you help.",
    )
    publish(home, Page.get_first_root_node())
    site.root_page = home
    site.save()
    if type(welcome) is Page and not welcome.get_children().exists():
        welcome.delete()
    return home


def add_education(home: HomePage) -> ArticlePage:
    """Add the article list, the first article, and an example topic. Return the article."""
    index = ArticleIndexPage(
        title="Patient education",
        slug="education",
        introduction="Read about pain, about your spine, and about what may help.",
        show_in_menus=True,
    )
    article = add_article(KYPHOPLASTY, publish(index, home))
    topics = publish(TopicIndexPage(title="What we help with", slug="topics", show_in_menus=True), home)
    add_topic(
        topics,
        "Broken vertebrae",
        "A fracture from osteoporosis, an injury or cancer can make it hard to stand and walk.",
        "bone",
        [article],
    )
    return article


def add_topic(
    index: TopicIndexPage, title: str, introduction: str, drawing: str, articles: list[ArticlePage]
) -> None:
    topic = TopicPage(title=title, introduction=introduction, drawing=drawing)
    for sort_order, article in enumerate(articles):
        topic.topic_articles.add(TopicArticle(article=article, sort_order=sort_order))
    publish(topic, index)


def add_standard_pages(home: HomePage, clinic: ClinicSettings) -> None:
    """Add the pages about the clinic, with its name, phone and address, and link them in the footer."""
    facts = {"name": clinic.name, "phone": clinic.phone_display, "address": clinic.address_line}
    pages = [_standard_page(home, name, facts) for name in PAGES]
    menus = NavigationSettings.for_site(clinic.site)
    menus.footer = [("link", {"page": page, "url": "", "label": ""}) for page in pages]
    menus.privacy_page = next(page for page in pages if page.slug == "website-privacy")
    menus.save()


def _standard_page(home: HomePage, name: str, facts: dict[str, str]) -> StandardPage:
    text = Template((FOLDER / "pages" / f"{name}.md").read_text()).substitute(facts)
    article = read_article(f"{name}.md", text.encode())
    page = StandardPage(
        title=article.title,
        slug=article.document.slug,
        introduction=article.lead,
        body=sections_of_article(article),
        live=False,
    )
    home.add_child(instance=page)
    revision = page.save_revision()
    if name in PUBLISHED_PAGES:
        revision.publish()
    return page
