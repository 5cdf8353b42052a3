"""The warning phrases that a new site starts with."""

from django.db import migrations

from inquiries.triage.starter_phrases import PHRASES


def load(apps, schema_editor):
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    WarningPhrase.objects.bulk_create(
        WarningPhrase(label=label, advice=advice, patterns=patterns.strip())
        for label, advice, patterns in PHRASES
    )


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0002_access_log")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
