"""Videos and downloads are self-hosted, captioned and protected from replacement."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.documents.models import Document

from education.blocks import VideoBlock

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nRoll onto your side.\n"


@pytest.fixture
def upload(db, media):
    """Return a function that adds a document to the library."""

    def make(name, content=b"content"):
        document = Document(title=name, file=ContentFile(content, name))
        document._set_document_file_metadata()
        document.save()
        return document

    return make


@pytest.fixture
def video(upload):
    return {
        "title": "Getting up",
        "video": upload("up.mp4"),
        "captions": upload("up.vtt", CAPTIONS),
        "transcript": "<p>Roll onto your side.</p>",
    }


def body_of(name, value):
    return [("section", {"heading": "How", "content": [(name, value)]})]


def test_a_video_has_captions_and_a_transcript(client, make_article, video):
    response = client.get(make_article("Up", body=body_of("video", video)).url)
    figure = BeautifulSoup(response.content, "html.parser").find(id="how").parent.figure
    assert figure.video.source["src"] == video["video"].url
    assert figure.video.source["type"] == "video/mp4"
    assert figure.track["kind"] == "captions"
    assert "Roll onto your side." in figure.details.get_text()
    assert "media-src 'self'" in response["Content-Security-Policy"]
    captions = client.get(video["captions"].url)
    assert captions["Content-Type"].startswith("text/vtt")
    assert b"".join(captions.streaming_content) == CAPTIONS
    assert captions["Content-Length"] == str(len(CAPTIONS))


def test_a_file_is_served_only_while_a_live_page_offers_it(client, as_user, editor, make_article, upload):
    file = upload("cures.pdf")
    assert client.get(file.url).status_code == 404
    page = make_article("List", body=body_of("download", {"title": "A list", "document": file}))
    assert client.get(file.url).status_code == 200
    page.unpublish()
    assert client.get(file.url).status_code == 404
    assert as_user(editor).get(file.url).status_code == 200


def test_a_video_block_requires_a_video_file_and_captions(video, upload):
    block = VideoBlock()
    assert block.clean(block.normalize(video))["title"] == "Getting up"
    for field, name, content in [
        ("video", "up.pdf", b"%PDF"),
        ("captions", "up.mp4", b"WEBVTT"),
        ("captions", "up.vtt", b"<script>alert(1)</script>"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.normalize({**video, field: upload(name, content)}))
        assert list(refusal.value.block_errors) == [field]


def test_a_download_shows_its_type_and_size(sections, upload):
    download = {"title": "Medicine list", "document": upload("list.pdf", b"%PDF" + b"." * 2044)}
    section = sections(body_of("download", download))
    assert section.a["href"] == download["document"].url
    assert "(PDF, 2.0\xa0KB)" in section.get_text().replace("\n", " ")


def test_a_file_on_a_page_cannot_be_deleted(make_article, upload):
    document = upload("list.pdf")
    make_article("List", body=body_of("download", {"title": "A", "document": document}))
    with pytest.raises(ProtectedError, match="A page shows this file"):
        document.delete()


def test_the_file_of_a_document_cannot_be_replaced(as_user, editor, upload):
    document = upload("list.pdf")
    data = {"title": "A", "collection": 1, "file": ContentFile(b"%PDF other", "other.pdf")}
    response = as_user(editor).post(reverse("wagtaildocs:edit", args=[document.pk]), data)
    assert "Upload the new one as a separate document." in response.content.decode()
    document.refresh_from_db()
    assert document.file.read() == b"content"
