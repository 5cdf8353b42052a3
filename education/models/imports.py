"""Uploaded documents that an editor hasn't confirmed yet."""

from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone

from education.models.articles import ArticleIndexPage

KEPT_FOR = timedelta(days=1)


class PendingImportManager(models.Manager["PendingImport"]):
    def keep(self, **fields: object) -> "PendingImport":
        """Store a document until the editor decides, and delete those older than a day."""
        self.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
        return self.create(**fields)


class PendingImport(models.Model):
    """In the database: an upload in the media folder would have an address that anybody could open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(ArticleIndexPage, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    objects = PendingImportManager()

    def __str__(self) -> str:
        return PurePath(self.name).name
