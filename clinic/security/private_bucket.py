"""Uploaded files in an S3 bucket (MEDIA_STORAGE) that only the site reads."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """Files keep the addresses that they have on a disk, so readers' browsers ask no other host.

    Pictures come through clinic.views.image and the cache in front; documents through Wagtail's view, which
    knows who may read them.
    """

    default_acl = None
    file_overwrite = False

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return settings.MEDIA_URL + quote(name)
