"""Add hints at suicide, and lower the threshold for 988 to 12 %, for new and existing sites.

Lines that managers wrote or edited stay, phrases that they deleted aren't added again, and the threshold changes only
if it still has its default. The migration prints which phrase it left unchanged.
"""

import json
from hashlib import sha256
from pathlib import Path

import django.core.validators
from django.db import migrations, models

CHANGES = Path(__file__).with_suffix(".json")


def improve(apps, schema_editor):
    for change in json.loads(CHANGES.read_text(encoding="utf-8")):
        for phrase in apps.get_model("inquiries", "WarningPhrase").objects.filter(code=change["code"]):
            known = phrase.patterns.splitlines()
            if sha256("\n".join(sorted(set(known))).encode()).hexdigest() != change["was"]:
                print(f"\n    “{phrase.label}” was changed on this site: what was changed stays.", end="")
            phrase.patterns = "\n".join([*known, *(line for line in change["add"] if line not in known)])
            phrase.save(update_fields=["patterns"])


def move_threshold(apps, schema_editor):
    apps.get_model("inquiries", "UrgencySettings").objects.filter(crisis_from=20).update(crisis_from=12)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0042_done_once")]

    operations = [
        migrations.AlterField(
            model_name="urgencysettings",
            name="crisis_from",
            field=models.PositiveSmallIntegerField(
                db_default=12,
                default=12,
                validators=[
                    django.core.validators.MinValueValidator(5),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="tell the patient to call or text 988 from, in percent",
            ),
        ),
        migrations.RunPython(improve, migrations.RunPython.noop),
        migrations.RunPython(move_threshold, migrations.RunPython.noop),
    ]
