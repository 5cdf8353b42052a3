"""An appointment outlives the reopening of its inquiry, as when the patient writes again."""

from django.db import migrations


FORGET_OTHERS = """
UPDATE inquiries_inquiry SET appointment_at = NULL, appointment_place = '', reminder_due = false
WHERE appointment_at IS NOT NULL AND outcome <> 'appointment'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0052_keep_timelines_and_urgent_calls'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inquiry',
            name='inquiry_appointment_is_an_outcome',
        ),
        # On the way back: the version before knows no others, and the timeline keeps them.
        migrations.RunSQL("", FORGET_OTHERS),
    ]
