"""Mark only the messages that a page showed as opened, not those added in the meantime."""

import django.contrib.postgres.fields
from django.db import migrations, models

# Skips locked inquiries, so that no page waits. They're marked the next time someone opens them.
MARK_AS_OPENED = """
CREATE OR REPLACE FUNCTION inquiries_mark_as_opened() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    locked bigint[];
BEGIN
    locked := ARRAY(
        SELECT id FROM inquiries_inquiry
        WHERE id = ANY(NEW.inquiries) AND (opened_at IS NULL OR unread_since IS NOT NULL)
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    );
    -- A statement of its own, which sees all that was added before the lock.
    UPDATE inquiries_inquiry inquiry SET
        opened_at = coalesce(inquiry.opened_at, clock_timestamp()),
        unread_since = added.at,
        escalated = CASE WHEN added.at > coalesce(inquiry.unread_since, '-infinity') THEN 0 ELSE inquiry.escalated END
    FROM (
        SELECT known.id, min(event.at) AS at FROM inquiries_inquiry known
        LEFT JOIN inquiries_inquiryevent event ON event.inquiry_id = known.id AND event.kind = 'wrote'
            AND event.id > NEW.newest_shown[array_position(NEW.inquiries, known.id)]
            AND event.at >= coalesce(known.unread_since, '-infinity')
        WHERE known.id = ANY(locked) GROUP BY known.id
    ) AS added
    WHERE inquiry.id = added.id;
    NEW.newest_shown := NULL;  -- no part of the log: the version before checks its hashes, too
    RETURN NEW;
END $$;
"""
MARK_ALL_AS_OPENED = """
CREATE OR REPLACE FUNCTION inquiries_mark_as_opened() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE inquiries_inquiry SET opened_at = coalesce(opened_at, clock_timestamp()), unread_since = NULL
    WHERE id IN (
        SELECT id FROM inquiries_inquiry
        WHERE id = ANY(NEW.inquiries) AND (opened_at IS NULL OR unread_since IS NOT NULL)
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    );
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0050_keep_unread_additions'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessentry',
            name='newest_shown',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None),
        ),
        migrations.RunSQL(MARK_AS_OPENED, MARK_ALL_AS_OPENED),
    ]
