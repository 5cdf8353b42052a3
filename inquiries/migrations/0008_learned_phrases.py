"""Add starter phrases to existing sites, without changing lines that managers wrote or edited."""

import json
from pathlib import Path

from django.db import migrations

PHRASES = Path(__file__).with_name("0003_starter_phrases.json")


def add(apps, schema_editor):
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    for label, advice, patterns in json.loads(PHRASES.read_text(encoding="utf-8")):
        if patterns.startswith("?"):
            WarningPhrase.objects.get_or_create(label=label, defaults={"advice": advice, "patterns": patterns})
        for phrase in WarningPhrase.objects.filter(label=label):
            known = phrase.patterns.splitlines()
            missing = [line for line in patterns.splitlines() if line not in known]
            phrase.patterns = "\n".join([*known, *missing])
            phrase.save(update_fields=["patterns"])


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0007_open_by_arrival")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
