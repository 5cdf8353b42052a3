"""The warning phrases of a new site, as of November 2026."""

import json
from pathlib import Path

from django.db import migrations

PHRASES = Path(__file__).with_suffix(".json")


def load(apps, schema_editor):
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    WarningPhrase.objects.bulk_create(
        WarningPhrase(label=label, advice=advice, patterns=patterns.strip())
        for label, advice, patterns in json.loads(PHRASES.read_text(encoding="utf-8"))
    )


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0002_access_log")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
