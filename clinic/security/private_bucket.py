"""Uploaded files in a private S3 bucket (MEDIA_STORAGE)."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """S3 storage with the same URLs as a local disk, so browsers never contact another host.

    Images are served by clinic.views.image and the cache in front of it; documents by Wagtail's view, which
    checks permissions.
    """

    default_acl = None
    file_overwrite = False

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return settings.MEDIA_URL + quote(name)
