"""Invalid uploads are refused with a message, never with a 500 or by running out of memory."""

import struct
import zlib

import PIL.ImageFile
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model

pytestmark = pytest.mark.django_db


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height):
    """Return a tiny file that claims this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def real_png(width, height):
    """Return a valid image of one color: 121 million pixels take 15 KB."""
    body = zlib.compress(bytes(height * (1 + (width + 7) // 8)), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FILES = {
    "a decompression bomb": ("bomb.png", png(60_000, 60_000)),
    "the largest possible size": ("bomb.png", png(2**31 - 1, 2**31 - 1)),
    "no size": ("empty.png", png(0, 0)),
    "an SVG with a script": ("x.svg", SVG),
    "an SVG named .png": ("x.png", SVG),
    "HTML named .jpg": ("x.jpg", b"<html><script>alert(1)</script>"),
    "a truncated GIF": ("x.gif", b"GIF89a\xff\xff\xff\xff\x00\x00\x00"),
    "an empty file": ("x.png", b""),
    "noise": ("x.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(range(256))),
    "a malicious name": ("../../x\x00.php", b"<?php"),
}


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages:add_multiple"])
def test_invalid_images_are_refused(as_user, editor, crawl, address):
    client = as_user(editor)
    for description, (name, content) in FILES.items():
        sent = {field: SimpleUploadedFile(name, content, "image/png") for field in ("file", "files[]")}
        data = {"title": "x", "collection": 1, **sent}
        response = client.post(reverse(address), data, headers={"x-requested-with": "XMLHttpRequest"})
        assert response.status_code in ([200] if address.endswith("add") else range(200, 500)), description
        assert not get_image_model().objects.exists(), description


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_an_image_with_too_many_pixels_is_refused_without_decoding_it(as_user, editor, monkeypatch):
    decoded = []
    monkeypatch.setattr(PIL.ImageFile.ImageFile, "load", lambda self: decoded.append(self.size))
    upload = SimpleUploadedFile("x.png", real_png(11_000, 11_000), "image/png")
    assert upload.size < 100_000
    response = as_user(editor).post(reverse("wagtailimages:add"), {"title": "x", "file": upload})
    assert "11000 by 11000 pixels" in str(response.context["form"].errors["file"])
    assert not decoded


def test_a_photo_from_a_phone_is_accepted(as_user, editor):
    upload = SimpleUploadedFile("x.png", real_png(4_000, 3_000), "image/png")
    as_user(editor).post(reverse("wagtailimages:add"), {"title": "x", "file": upload, "collection": 1})
    assert get_image_model().objects.get().width == 4_000


def test_documents_of_unsafe_types_are_refused(as_user, editor):
    client = as_user(editor)
    for name, content in [("x.html", b"<script>"), ("x.svg", SVG), ("x.exe", b"MZ")]:
        data = {"title": "x", "file": SimpleUploadedFile(name, content), "collection": 1}
        response = client.post(reverse("wagtaildocs:add"), data)
        assert response.status_code == 200
        assert response.context["form"].errors["file"], name


def test_an_upload_over_the_limit_is_refused(as_user, editor, settings):
    settings.MAX_UPLOAD_BYTES = 100_000
    upload = SimpleUploadedFile("x.png", b"x" * 200_000)
    response = as_user(editor).post(reverse("wagtailimages:add"), {"title": "x", "file": upload})
    assert response.status_code == 413
