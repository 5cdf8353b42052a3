"""Treat messages that a patient adds to an opened inquiry as unopened until staff opens it again."""

from django.db import migrations, models

MARK_AS_OPENED = """
CREATE OR REPLACE FUNCTION inquiries_mark_as_opened() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    -- Nobody waits to see a page: while somebody else changes it, it counts as opened by the next look.
    UPDATE inquiries_inquiry SET %(changes)s
    WHERE id IN (
        SELECT id FROM inquiries_inquiry WHERE id = ANY(NEW.inquiries) AND (%(which)s)
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    );
    RETURN NEW;
END $$;
"""
BOTH = {
    "changes": "opened_at = coalesce(opened_at, clock_timestamp()), unread_since = NULL",
    "which": "opened_at IS NULL OR unread_since IS NOT NULL",
}
BEFORE = {"changes": "opened_at = clock_timestamp()", "which": "opened_at IS NULL"}


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0043_more_hints_at_suicide'),
    ]

    operations = [
        migrations.AddField(
            model_name='inquiry',
            name='unread_since',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunSQL(MARK_AS_OPENED % BOTH, MARK_AS_OPENED % BEFORE),
    ]
