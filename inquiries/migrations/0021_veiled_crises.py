"""Add hints at suicide for new and existing sites, and lower the thresholds of the learned score.

Lines that managers wrote or edited stay, and phrases that they deleted aren't added again. Only thresholds that still
have their default change.
"""

import json
from pathlib import Path

import django.core.validators
from django.db import migrations, models

CHANGE = Path(__file__).with_suffix(".json")


def improve(apps, schema_editor):
    change = json.loads(CHANGE.read_text(encoding="utf-8"))
    for phrase in apps.get_model("inquiries", "WarningPhrase").objects.filter(code=change["code"]):
        kept = [line for line in phrase.patterns.splitlines() if line.strip() not in change["remove"]]
        phrase.patterns = "\n".join([*kept, *(line for line in change["add"] if line not in kept)])
        phrase.save(update_fields=["patterns"])


def move_thresholds(apps, schema_editor):
    settings = apps.get_model("inquiries", "UrgencySettings").objects
    settings.filter(look_first_from=5).update(look_first_from=10)
    settings.filter(crisis_from=50).update(crisis_from=30)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0020_urgency_thresholds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='urgencysettings',
            name='crisis_from',
            field=models.PositiveSmallIntegerField(db_default=30, default=30, validators=[django.core.validators.MinValueValidator(20), django.core.validators.MaxValueValidator(100)], verbose_name='tell the patient to call or text 988 from, in percent'),
        ),
        migrations.AlterField(
            model_name='urgencysettings',
            name='look_first_from',
            field=models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='look first from, in percent'),
        ),
        migrations.RunPython(improve, migrations.RunPython.noop),
        migrations.RunPython(move_thresholds, migrations.RunPython.noop),
    ]
