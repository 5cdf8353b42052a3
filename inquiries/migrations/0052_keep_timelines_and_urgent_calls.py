"""Triggers that refuse to delete timeline entries, and to close urgent inquiries before a call."""

from django.db import migrations

# Checked at the commit, because an erasure deletes the timeline before the inquiry.
KEEP_TIMELINE = """
CREATE FUNCTION inquiries_keep_timeline() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.inquiry_id, NEW.kind) = (OLD.inquiry_id, OLD.kind) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM inquiries_inquiry WHERE id = OLD.inquiry_id) THEN
        RAISE EXCEPTION 'the timeline of inquiry % only grows', OLD.inquiry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER inquiries_keep_timeline AFTER DELETE OR UPDATE OF inquiry_id, kind ON inquiries_inquiryevent
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION inquiries_keep_timeline();
"""

# Inquiries that an older release closed without a call can still be changed.
KEEP_URGENT = """
CREATE FUNCTION inquiries_keep_urgent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'nobody has called about urgent inquiry %', OLD.id USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER inquiries_keep_urgent BEFORE UPDATE OF status, urgent, urgency_settled_at ON inquiries_inquiry
FOR EACH ROW WHEN (
    NEW.status IN ('closed', 'spam') AND NEW.urgent AND NEW.urgency_settled_at IS NULL
    AND NOT (OLD.status IN ('closed', 'spam') AND OLD.urgent AND OLD.urgency_settled_at IS NULL)
) EXECUTE FUNCTION inquiries_keep_urgent();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0051_what_a_page_showed'),
    ]

    operations = [
        migrations.RunSQL(KEEP_TIMELINE, "DROP FUNCTION inquiries_keep_timeline CASCADE"),
        migrations.RunSQL(KEEP_URGENT, "DROP FUNCTION inquiries_keep_urgent CASCADE"),
    ]
