"""Spam labels, opened inquiries, and pending triage."""

from django.conf import settings
from django.db import migrations, models


# Opening an inquiry's page writes "viewed" or "printed" into the access log, and this trigger marks the inquiry as
# opened. Its name sorts before the trigger that numbers the entry, so the inquiry is always locked before the log.
OPENED = """
CREATE FUNCTION inquiries_mark_as_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- Nobody waits to see a page: while somebody else changes it, it counts as opened by the next look.
    UPDATE inquiries_inquiry SET opened_at = clock_timestamp()
    WHERE id IN (
        SELECT id FROM inquiries_inquiry WHERE id = ANY(NEW.inquiries) AND opened_at IS NULL
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    );
    RETURN NEW;
END $$;

CREATE TRIGGER inquiries_access_before_chain BEFORE INSERT ON inquiries_accessentry
FOR EACH ROW WHEN (NEW.kind IN ('viewed', 'printed'))
EXECUTE FUNCTION inquiries_mark_as_opened();

UPDATE inquiries_inquiry SET opened_at = first.at
FROM (
    SELECT inquiries[1] AS id, min(at) AS at FROM inquiries_accessentry
    WHERE kind IN ('viewed', 'printed') GROUP BY inquiries[1]
) AS first
WHERE first.id = inquiries_inquiry.id;
"""

KEEP = """
CREATE FUNCTION inquiries_keep_unopened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'nobody has opened inquiry % yet', OLD.id;
END $$;

CREATE TRIGGER inquiries_keep_unopened BEFORE DELETE ON inquiries_inquiry
FOR EACH ROW WHEN (OLD.opened_at IS NULL) EXECUTE FUNCTION inquiries_keep_unopened();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0016_patient_replies'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inquiryevent',
            name='inquiry_event_kind_is_known',
        ),
        migrations.RemoveIndex(
            model_name='inquiry',
            name='inquiry_queue',
        ),
        migrations.AddField(
            model_name='inquiry',
            name='digest_queued_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='emails_held_back',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='needs_triage',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='opened_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='first opened'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='probably_spam',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='probably spam'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='spam_reasons',
            field=models.JSONField(db_default=[], default=list, editable=False),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(models.F('probably_spam'), models.OrderBy(models.F('loudness'), descending=True), models.F('due_at'), models.F('received_at'), models.F('id'), condition=models.Q(('status__in', ['new', 'in_progress', 'waiting'])), name='inquiry_queue'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(condition=models.Q(('needs_triage', True)), fields=['received_at'], name='inquiry_needs_triage'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(condition=models.Q(('opened_at', None), models.Q(('status', 'spam'), ('probably_spam', True), _connector='OR')), fields=['received_at'], name='inquiry_unread_spam'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(condition=models.Q(('probably_spam', True), ('status', 'new')), fields=['due_at', 'received_at', 'id'], name='inquiry_probably_spam'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('probably_spam', False), models.Q(('status__in', ['new', 'spam']), ('urgent', False)), _connector='OR'), name='inquiry_label_only_while_undecided'),
        ),
        migrations.AddConstraint(
            model_name='inquiryevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'entered', 'repeated', 'taken', 'assigned', 'status', 'returned', 'call', 'note', 'urgent', 'no_call', 'retracted', 'not_spam', 'linked', 'unlinked', 'undone', 'held', 'released', 'resent', 'unsent', 'replied', 'opened', 'wrote', 'withdrawn', 'undelivered', 'code', 'consent'])), name='inquiry_event_kind_is_known'),
        ),
        migrations.RunSQL(OPENED, "DROP FUNCTION inquiries_mark_as_opened CASCADE"),
        migrations.RunSQL("ALTER TABLE inquiries_sending SET UNLOGGED", "ALTER TABLE inquiries_sending SET LOGGED"),
        migrations.RunSQL(KEEP, "DROP FUNCTION inquiries_keep_unopened CASCADE"),
    ]
