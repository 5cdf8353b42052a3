"""Add ways of describing red flags for new and existing sites, and adjust the thresholds of the learned score.

Lines that managers wrote or edited stay, and phrases that they deleted aren't added again. Only thresholds that still
have their default change.
"""

import json
from pathlib import Path

import django.core.validators
from django.db import migrations, models

CHANGES = Path(__file__).with_suffix(".json")
# (old default, new default) of each field.
THRESHOLDS = {"look_first_from": (10, 2), "first_tier_from": (70, 55), "crisis_from": (30, 20)}


def improve(apps, schema_editor):
    for change in json.loads(CHANGES.read_text(encoding="utf-8")):
        for phrase in apps.get_model("inquiries", "WarningPhrase").objects.filter(code=change["code"]):
            known = phrase.patterns.splitlines()
            phrase.patterns = "\n".join([*known, *(line for line in change["add"] if line not in known)])
            phrase.save(update_fields=["patterns"])


def move_thresholds(apps, schema_editor):
    settings = apps.get_model("inquiries", "UrgencySettings").objects
    for field, (before, after) in THRESHOLDS.items():
        settings.filter(**{field: before}).update(**{field: after})


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0030_appointments'),
    ]

    operations = [
        migrations.AlterField(
            model_name='urgencysettings',
            name='crisis_from',
            field=models.PositiveSmallIntegerField(db_default=20, default=20, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(100)], verbose_name='tell the patient to call or text 988 from, in percent'),
        ),
        migrations.AlterField(
            model_name='urgencysettings',
            name='first_tier_from',
            field=models.PositiveSmallIntegerField(default=55, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(100)], verbose_name='tell the patient to call 911 from, in percent'),
        ),
        migrations.AlterField(
            model_name='urgencysettings',
            name='look_first_from',
            field=models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='score for “look first”, in percent'),
        ),
        migrations.RunPython(improve, migrations.RunPython.noop),
        migrations.RunPython(move_thresholds, migrations.RunPython.noop),
    ]
