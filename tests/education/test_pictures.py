"""Publishing an article queues its renditions, and images in use are protected."""

from io import BytesIO

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.images.models import Image, Rendition
from wagtail.utils.file import hash_filelike

from education.jobs import make_pictures
from tests.education.review.editor_form import messages_in


@pytest.fixture
def illustrated(make_article, picture):
    block = ("image", {"image": picture, "alt_text": "A vertebra"})
    return make_article("Illustrated", body=[("section", {"heading": "A", "content": [block]})])


def test_publishing_a_page_with_images_queues_renditions(illustrated, make_article):
    make_article("Plain")
    job = ProcrastinateJob.objects.get(queue_name="pictures")
    assert job.args == {"page_id": illustrated.pk}


def test_a_page_view_creates_no_renditions(illustrated, client):
    make_pictures(page_id=illustrated.pk)
    count = Rendition.objects.count()
    html = client.get(illustrated.url).content.decode()
    assert count == Rendition.objects.count() == 9
    assert html.count("<source") == 2
    assert 'loading="lazy"' in html
    assert 'width="400"' in html


def test_images_of_a_deleted_page_get_no_renditions_and_can_be_deleted(as_user, editor, illustrated, picture):
    page_id = illustrated.pk
    illustrated.delete()
    make_pictures(page_id=page_id)
    assert not Rendition.objects.exists()
    as_user(editor).post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Image.objects.exists()


def test_the_file_of_an_image_cannot_be_replaced(as_user, editor, picture):
    before = picture.file_hash or picture.get_file_hash()
    other = BytesIO()
    PIL.Image.new("RGB", (450, 250), "red").save(other, "PNG")
    data = {"title": "Renamed", "file": ContentFile(other.getvalue(), "other.png"), "collection": 1}
    response = as_user(editor).post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    assert "Upload the new one as a separate picture." in response.content.decode()
    picture.refresh_from_db()
    with picture.open_file() as file:
        assert hash_filelike(file) == before
    del data["file"]
    assert as_user(editor).post(reverse("wagtailimages:edit", args=[picture.pk]), data).status_code == 302


def delete_urls(picture):
    bulk = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
    return [reverse("wagtailimages:delete", args=[picture.pk]), f"{bulk}?id={picture.pk}"]


def test_an_image_on_an_article_cannot_be_deleted(as_user, editor, illustrated, picture):
    client = as_user(editor)
    for address in delete_urls(picture):
        page = client.get(address).content.decode()
        assert "prevent it from being deleted" in page
        assert "Yes, delete" not in page
        assert client.post(address).status_code == 302
    with pytest.raises(ProtectedError, match="Take it out of the page first"), transaction.atomic():
        Image.objects.all().delete()
    assert Image.objects.get() == picture


def test_an_image_in_a_draft_or_scheduled_version_cannot_be_deleted(as_user, editor, article, picture):
    block = ("image", {"image": picture, "alt_text": "A vertebra"})
    article.body = [("section", {"heading": "Why", "content": [block]})]
    revision = article.save_revision()
    client = as_user(editor)
    for address in delete_urls(picture):
        assert "shows this file" in messages_in(client.post(address))
    revision.approved_go_live_at = timezone.now()
    revision.save()
    article.refresh_from_db()
    article.save_revision()  # newer, without the image
    with pytest.raises(ProtectedError), transaction.atomic():
        picture.delete()
    assert Image.objects.get() == picture
