"""Uploaded files in a private S3 bucket, served by the site."""

from io import BytesIO

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from clinic.environment import kinds
from tests.support.s3 import s3_bucket


@pytest.fixture
def bucket(db, settings, monkeypatch):
    with s3_bucket(monkeypatch, "media") as bucket:
        storage = kinds.media_storage("s3://media/clinic")
        settings.STORAGES = {**settings.STORAGES, "default": storage}
        yield bucket


def keys(bucket):
    return {item.key for item in bucket.objects.all()}


def public_grants(bucket):
    grants = [grant for item in bucket.objects.all() for grant in item.Acl().grants]
    return [grant for grant in grants if "AllUsers" in str(grant)]


def private_document():
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    file = ContentFile(b"%PDF-1.4 private", "a.pdf")
    return Document.objects.create(title="A", file=file, collection=collection)


def test_only_images_and_permitted_documents_in_the_bucket_are_served(bucket, client, as_user, editor):
    file = BytesIO()
    PIL.Image.new("RGB", (900, 300), "teal").save(file, "PNG")
    image = Image.objects.create(title="Logo", file=ContentFile(file.getvalue(), "logo.png"))
    rendition = image.get_rendition("width-300")
    assert {f"clinic/{image.file.name}", f"clinic/{rendition.file.name}"} == keys(bucket)
    assert rendition.url == f"/media/{rendition.file.name}"
    response = client.get(rendition.url)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "public, max-age=3600")
    assert b"".join(response).startswith(b"\x89PNG")

    document = private_document()
    assert f"clinic/{document.file.name}" in keys(bucket)
    for name in ["none.png", "%00", "..%2fdocuments%2fa.pdf", "x" * 2000]:
        assert client.get(f"/media/images/{name}").status_code == 404, name
    assert "/sign-in/" in client.get(document.url)["Location"]
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert b"private" in b"".join(as_user(editor).get(document.url))
    assert not public_grants(bucket)
