"""Raise the score's threshold for 911 to 70 %, unless managers changed it."""

import django.core.validators
from django.db import migrations, models


def move_threshold(apps, schema_editor):
    apps.get_model("inquiries", "UrgencySettings").objects.filter(first_tier_from=55).update(first_tier_from=70)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0044_not_opened_again")]

    operations = [
        migrations.AlterField(
            model_name="urgencysettings",
            name="first_tier_from",
            field=models.PositiveSmallIntegerField(default=70, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(100)], verbose_name='score for telling the patient to call 911, in percent'),
        ),
        migrations.RunPython(move_threshold, migrations.RunPython.noop),
    ]
