"""Refuse to delete inquiries to which the patient added a message that no one has opened."""

from django.db import migrations

KEEP = """
DROP TRIGGER inquiries_keep_unopened ON inquiries_inquiry;
CREATE TRIGGER inquiries_keep_unopened BEFORE DELETE ON inquiries_inquiry
FOR EACH ROW WHEN (%s) EXECUTE FUNCTION inquiries_keep_unopened();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0049_988_from_ten_percent'),
    ]

    operations = [
        migrations.RunSQL(
            KEEP % "OLD.opened_at IS NULL OR OLD.unread_since IS NOT NULL", KEEP % "OLD.opened_at IS NULL"
        ),
    ]
