"""Uploaded documents that await an editor's confirmation."""

from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone

from education.models.articles import ArticleIndexPage

RETENTION = timedelta(days=1)


class PendingImportManager(models.Manager["PendingImport"]):
    def store(self, **fields: object) -> "PendingImport":
        """Store a document until the editor confirms it, and delete those past their retention."""
        self.filter(created_at__lt=timezone.now() - RETENTION).delete()
        return self.create(**fields)


class PendingImport(models.Model):
    """An uploaded document, stored in the database because files in the media folder are public."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(ArticleIndexPage, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    objects = PendingImportManager()

    def __str__(self) -> str:
        return PurePath(self.name).name
