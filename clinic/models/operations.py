"""Results of site checks, and backups."""

from django.db import models

from clinic.models.fields import InternalModel


class CheckResult(InternalModel):
    """The last result of a check (clinic.operations.checks)."""

    name = models.CharField(max_length=40, primary_key=True)
    problem = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    since = models.DateTimeField(help_text="When the check began to pass, or to fail.")


class BackupQuerySet(models.QuerySet["Backup"]):
    def latest_proven(self) -> "Backup | None":
        return self.exclude(proven_at=None).order_by("-proven_at").first()


class Backup(InternalModel):
    """A backup, with its row counts and the result of its test restore."""

    archive = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    size = models.BigIntegerField(help_text="Bytes.")
    counts = models.JSONField(default=dict, help_text="Rows in each table.")
    proven_at = models.DateTimeField(null=True, blank=True)
    proof_seconds = models.FloatField(null=True, blank=True)
    problem = models.TextField(blank=True)

    objects = BackupQuerySet.as_manager()
