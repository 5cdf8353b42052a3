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
    """The whole clinic of `make run`, once for all tests of a file."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True):
        load_demo_site._set_clinic()
        load_demo_site._add_content(HomePage.objects.get())
        yield


@pytest.fixture
def counted(client, django_assert_max_num_queries):
    """Gets an address twice as the page cache asks for it, the second time within a number of queries."""
    version = VersionReader()

    def get(address, most):
        with version.rendering(version.current()):
            client.get(address)  # fills what a process keeps: this version's values, templates
            with django_assert_max_num_queries(most) as queries:
                assert client.get(address).status_code == 200
        return len(queries)

    return get


@pytest.fixture
def index(db):
    return ArticleIndexPage.objects.get(slug="education")


@pytest.fixture
def imported(index):
    """Makes a page of a file's name and content, as an editor would: (page, notes as texts)."""

    def make(name, content):
        data = content if isinstance(content, bytes) else content.encode()
        article = read_article(name, data)
        return make_page(article, index), [str(note) for note in article.notes]

    return make


@pytest.fixture
def make_article(index):
    """A published article that says as little as it may."""

    def make(title, **fields):
        page = ArticlePage(title=title, **{"lead": f"About {title}.", **fields})
        index.add_child(instance=page)
        publish(page)
        return ArticlePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def media(settings, tmp_path):
    """A folder for uploaded files that goes away."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def picture(db, media):
    """A picture in the image library, its file in a folder that goes away."""
    content = BytesIO()
    PIL.Image.new("RGB", (450, 250), "teal").save(content, "PNG")
    return Image.objects.create(title="Picture", file=ContentFile(content.getvalue(), "picture.png"))


@pytest.fixture
def panel(db, rf):
    """What a panel says to editors above this page's fields, without the form around it."""

    def draw(kind, page):
        stored = type(page).objects.get(pk=page.pk)
        return kind().bind_to_model(type(page)).get_bound_panel(stored, request=rf.get("/")).render_html()

    return draw


@pytest.fixture
def sections(db, rf):
    """The sections of an article with this body, as readers get them once it's stored: soup."""

    def render(body, **fields):
        page = ArticlePage(body=body, **fields)
        page.body = page.body.stream_block.to_python(page.body.get_prep_value())
        context = {"page": page, "request": rf.get("/"), "clinic": ClinicSettings.current()}
        return BeautifulSoup(render_to_string("education/sections.html", context), "html.parser")

    return render
