"""Improve the starter phrases of new and existing sites, and add settings for the learned score.

Lines that managers wrote or edited stay, and lines and phrases that they deleted aren't added again. Only unedited
lines are removed. The migration prints what it left unchanged.
"""

import json
from pathlib import Path

import django.core.validators
from django.db import migrations, models

CHANGES = Path(__file__).with_suffix(".json")


def improve(apps, schema_editor):
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    for change in json.loads(CHANGES.read_text(encoding="utf-8")):
        phrase = WarningPhrase.objects.filter(code=change["code"]).first()
        if phrase:
            merge(phrase, change)
            phrase.save()
        elif change["advice_before"] is None and not WarningPhrase.objects.filter(label=change["label"]):
            new = {name: change[name] for name in ("code", "label", "advice", "severity")}
            WarningPhrase.objects.create(**new, patterns="\n".join(change["add"]))


def merge(phrase, change):
    known = phrase.patterns.splitlines()
    kept = [line for line in known if line.strip() and line.strip() not in change["remove"]]
    phrase.patterns = "\n".join([*kept, *(line for line in change["add"] if line not in kept)])
    if phrase.advice == change["advice_before"]:
        phrase.advice = change["advice"]
    else:
        print(f"\n    The advice of “{phrase.label}” was changed on this site and stays.", end="")


def retire_question_marks(apps, schema_editor):
    """Convert the phrases “?emergency” and “?crisis” into settings of the learned score."""
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    is_off = False
    for phrase in WarningPhrase.objects.filter(patterns__contains="?"):
        lines = [line for line in phrase.patterns.splitlines() if not line.strip().startswith("?")]
        if any(line.strip() for line in lines):
            phrase.patterns = "\n".join(lines)
            phrase.save(update_fields=["patterns"])
        else:
            is_off = is_off or not phrase.is_active
            phrase.delete()
    if is_off:
        apps.get_model("inquiries", "UrgencySettings").objects.create(uses_score=False)


def let_managers_adjust(apps, schema_editor):
    """Allow managers to change the new settings."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    about, _ = ContentType.objects.get_or_create(app_label="inquiries", model="urgencysettings")
    permission, _ = Permission.objects.get_or_create(
        content_type=about, codename="change_urgencysettings", defaults={"name": "Can change urgency"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(
        permissions__codename="change_warningphrase", permissions__content_type__app_label="inquiries"
    ):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0013_desk_words'),
        ('clinic', '0002_roles'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='UrgencySettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uses_score', models.BooleanField(default=True, verbose_name='also flag messages that read like an emergency without a warning phrase')),
                ('look_first_from', models.PositiveSmallIntegerField(default=25, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(100)], verbose_name='look first from, in percent')),
                ('first_tier_from', models.PositiveSmallIntegerField(default=70, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(100)], verbose_name='tell the patient to call 911 from, in percent')),
            ],
            options={
                'verbose_name': 'urgency',
                'default_permissions': ('change',),
            },
        ),
        migrations.RunPython(improve, migrations.RunPython.noop),
        migrations.RunPython(retire_question_marks, migrations.RunPython.noop),
        migrations.RunPython(let_managers_adjust, migrations.RunPython.noop),
    ]
