"""Lower the threshold for 988 to 10 %, unless managers changed it."""

import django.core.validators
from django.db import migrations, models


def move_threshold(apps, schema_editor):
    apps.get_model("inquiries", "UrgencySettings").objects.filter(crisis_from=12).update(crisis_from=10)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0048_event_kinds")]

    operations = [
        migrations.AlterField(
            model_name="urgencysettings",
            name="crisis_from",
            field=models.PositiveSmallIntegerField(db_default=10, default=10, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(100)], verbose_name='score for telling the patient to call or text 988, in percent'),
        ),
        migrations.RunPython(move_threshold, migrations.RunPython.noop),
    ]
