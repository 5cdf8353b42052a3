"""An appointment outlives the reopening of its inquiry, as when the patient writes again."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0052_keep_timelines_and_urgent_calls'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inquiry',
            name='inquiry_appointment_is_an_outcome',
        ),
    ]
