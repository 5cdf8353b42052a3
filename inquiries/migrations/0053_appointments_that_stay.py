"""Keep appointments of reopened inquiries, for example when the patient writes again."""

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
        # When reversed: the old constraint forbids other appointments. The timeline still has them.
        migrations.RunSQL("", FORGET_OTHERS),
    ]
