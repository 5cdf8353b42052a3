"""“New page from document”: upload or paste, preview, create a draft."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image

from education.models import ArticlePage, PendingImport
from tests.education.page_content import kinds, texts_of

TEXT = "Title\nA lead.\nWhy\nBecause.\n"
WORD = (Path(__file__).parent / "files" / "libreoffice.docx").read_bytes()


@pytest.fixture
def address(index):
    return reverse("education_importing:document", args=[index.pk])


def word():
    return SimpleUploadedFile("thinners.docx", WORD)


def test_import_button_is_only_on_the_article_list(as_user, editor, index, address):
    client, pages = as_user(editor), [index, index.get_parent()]
    html = [client.get(reverse("wagtailadmin_explore", args=[page.pk])).text for page in pages]
    assert address in html[0]
    assert "from-document" not in html[1]


def test_word_file_is_previewed_then_becomes_a_draft(as_user, editor, address, media):
    client = as_user(editor)
    preview = client.post(address, {"file": word()}, follow=True)
    assert not ArticlePage.objects.filter(slug="blood-thinners-before-an-injection").exists()
    for words in ["Numbered steps", "Nested list", "Exampl-aban | 3 days before", "Footnote 2 became"]:
        assert words in preview.text
    response = client.post(preview.request["PATH_INFO"], {"alt_1": "A calendar, five days crossed out"})
    page = ArticlePage.objects.get(slug="blood-thinners-before-an-injection")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.owner) == (False, editor)
    assert texts_of(page.body[2].value["content"][1])[0] == "A calendar, five days crossed out"
    assert Image.objects.filter(uploaded_by_user=editor).count() == 1
    assert not PendingImport.objects.exists()


def test_slug_and_search_fields_are_previewed(as_user, editor, address):
    facts = {
        "slug": "nerves",
        "short_title": "Nerve blocks",
        "seo_title": "Blocks in brief",
        "search_description": "What they are.",
    }
    lines = "\n".join(f"{name}: {words}" for name, words in facts.items())
    file = SimpleUploadedFile("a.md", f"---\n{lines}\n---\n# Title\n\nLead.\n\n# Why\n\nSo.\n".encode())
    html = as_user(editor).post(address, {"file": file}, follow=True).content.decode()
    assert [words for words in facts.values() if f"<td>{words}</td>" not in html] == []


def test_picture_needs_a_description_or_is_left_out(as_user, editor, address, media):
    client = as_user(editor)
    confirm = client.post(address, {"file": word()}).url
    refused = client.post(confirm, {"alt_1": ""})
    assert "Describe the picture, or leave it out." in refused.content.decode()
    client.post(confirm, {"alt_1": "", "without_1": "on"})
    page = ArticlePage.objects.get(slug="blood-thinners-before-an-injection")
    assert kinds(page)[2] == ["steps", "text"]
    assert not Image.objects.filter(uploaded_by_user=editor).exists()


@pytest.mark.parametrize(
    ("is_html", "text", "kind"),
    [
        ("", "Nerve blocks\nA lead.\nWhy\n- One\n- Two\n", "bullets"),
        ("True", "<h1>Nerve blocks</h1><p>A lead.</p><h2>Why</h2><ol><li>One</li></ol>", "steps"),
    ],
)
def test_pasted_text_and_html_become_a_draft(as_user, editor, address, is_html, text, kind):
    client = as_user(editor)
    client.post(client.post(address, {"text": text, "is_html": is_html}).url)
    assert kinds(ArticlePage.objects.get(slug="nerve-blocks")) == [[kind]]


def test_refused_documents_arent_stored(as_user, editor, address):
    client, damaged = as_user(editor), SimpleUploadedFile("a.docx", WORD[:3000])
    for data, error in [
        ({}, "Choose a file or paste text, not both."),
        ({"file": damaged}, "This Word file is damaged"),
        ({"text": "a\x00b"}, "Null characters are not allowed"),
    ]:
        assert error in client.post(address, data).content.decode()
    assert not PendingImport.objects.exists()


def test_confirming_twice_creates_one_draft(as_user, editor, address):
    client = as_user(editor)
    confirm = client.post(address, {"text": TEXT}).url
    assert client.post(confirm).status_code == 302
    assert "is already a draft" in client.post(confirm, follow=True).content.decode()
    assert ArticlePage.objects.filter(title="Title").count() == 1


def test_slug_already_in_use_creates_no_page(as_user, editor, address, article):
    client = as_user(editor)
    confirm = client.post(address, {"text": f"{article.slug}\nA lead.\nWhy\nBecause.\n"}).url
    pages = ArticlePage.objects.count()
    assert "already a page at" in client.post(confirm).content.decode()
    assert ArticlePage.objects.count() == pages


def test_import_needs_permission_and_is_private_to_the_uploader(
    as_user, front_desk, editor, superuser, address
):
    confirm = as_user(editor).post(address, {"text": TEXT}).url
    assert as_user(superuser).get(confirm).status_code == 404
    client = as_user(front_desk)
    assert [client.get(address).status_code, client.post(address, {"file": word()}).status_code] == [302, 302]
    assert client.get(confirm).status_code == 404
    assert PendingImport.objects.count() == 1


def test_unconfirmed_imports_are_deleted_after_a_day(as_user, editor, address):
    client = as_user(editor)
    client.post(address, {"text": TEXT})
    PendingImport.objects.update(created_at=timezone.now() - timedelta(days=2))
    client.post(address, {"text": TEXT})
    assert PendingImport.objects.count() == 1
