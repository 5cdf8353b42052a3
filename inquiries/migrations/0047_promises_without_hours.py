"""Add the missing due times of open inquiries at clinics without opening hours."""

from django.db import migrations

ADD_DUE_TIMES = """
UPDATE inquiries_inquiry
SET due_at = received_at + interval '1 hour' * coalesce((SELECT max(response_hours) FROM clinic_clinicsettings), 9)
WHERE due_at IS NULL AND status IN ('new', 'in_progress')
"""


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0046_midday"), ("clinic", "0025_promises_without_hours")]

    operations = [
        migrations.RunSQL(ADD_DUE_TIMES, migrations.RunSQL.noop),
    ]
