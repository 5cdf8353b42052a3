from io import BytesIO

import PIL.Image
import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import override_settings
from wagtail.images.models import Image

from clinic.caching.per_version import VersionReader
from clinic.models import ClinicSettings
from education.importing import make_page, read_article
from education.management.commands import load_demo_site
from education.models import ArticleIndexPage, ArticlePage, HomePage
from tests.support.publishing import publish


@pytest.fixture(scope="module")
def demo_site(module_db, tmp_path_factory):
    """The demo site of `make run`, loaded once for all tests in a file."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True):
        load_demo_site._set_clinic()
        load_demo_site._add_content(HomePage.objects.get())
        yield


@pytest.fixture
def count_queries(client, django_assert_max_num_queries):
    """Return a function that requests a URL with warm caches, limits the queries and counts them."""
    version = VersionReader()

    def get(url, max_queries):
        with version.rendering(version.current()):
            client.get(url)  # fills the caches of templates and of this version's values
            with django_assert_max_num_queries(max_queries) as queries:
                assert client.get(url).status_code == 200
        return len(queries)

    return get


@pytest.fixture
def index(db):
    return ArticleIndexPage.objects.get(slug="education")


@pytest.fixture
def imported(index):
    """Return a function that imports a file from its name and content; it returns (page, notes)."""

    def make(name, content):
        data = content if isinstance(content, bytes) else content.encode()
        article = read_article(name, data)
        return make_page(article, index), [str(note) for note in article.notes]

    return make


@pytest.fixture
def make_article(index):
    """Return a function that publishes an article with only the required fields."""

    def make(title, **fields):
        page = ArticlePage(title=title, **{"lead": f"About {title}.", **fields})
        index.add_child(instance=page)
        publish(page)
        return ArticlePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def media(settings, tmp_path):
    """A temporary folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def picture(db, media):
    """An image in the library, with its file in `media`."""
    content = BytesIO()
    PIL.Image.new("RGB", (450, 250), "teal").save(content, "PNG")
    return Image.objects.create(title="Picture", file=ContentFile(content.getvalue(), "picture.png"))


@pytest.fixture
def panel(db, rf):
    """Return a function that renders an editor panel of a page, without the form around it."""

    def render(panel_class, page):
        stored = type(page).objects.get(pk=page.pk)
        return (
            panel_class().bind_to_model(type(page)).get_bound_panel(stored, request=rf.get("/")).render_html()
        )

    return render


@pytest.fixture
def sections(db, rf):
    """Return a function that renders an article body as if it had been stored; it returns the parsed HTML."""

    def render(body, **fields):
        page = ArticlePage(body=body, **fields)
        page.body = page.body.stream_block.to_python(page.body.get_prep_value())
        context = {"page": page, "request": rf.get("/"), "clinic": ClinicSettings.current()}
        return BeautifulSoup(render_to_string("education/sections.html", context), "html.parser")

    return render
