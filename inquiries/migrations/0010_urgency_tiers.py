"""Two tiers of urgency, with severity, and reasons stored as codes."""

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from django.utils.text import slugify

# The severity of the starter phrases; all others have 2.
SEVERITY = {
    "thoughts-of-suicide-or-self-harm": 3,
    "loss-of-bladder-or-bowel-control": 3,
    "numbness-between-the-legs": 3,
    "new-weakness-or-paralysis": 3,
    "signs-of-a-stroke": 3,
    "chest-pain-or-trouble-breathing": 3,
    "something-new-that-may-be-serious": 1,
    "cancer-with-new-back-pain": 1,
    "reads-like-an-emergency": 1,
}
MARKED = 12  # the severity of inquiries that staff marked as urgent


def name_phrases(apps, schema_editor):
    taken = set()
    for phrase in apps.get_model("inquiries", "WarningPhrase").objects.order_by("pk"):
        begins = slugify(phrase.label)[:50] or "phrase"
        phrase.code = begins if begins not in taken else f"{begins}-{phrase.pk}"
        taken.add(phrase.code)
        phrase.severity = SEVERITY.get(phrase.code, 2)
        phrase.save(update_fields=["code", "severity"])


def sort_urgent(apps, schema_editor):
    codes = dict(apps.get_model("inquiries", "WarningPhrase").objects.values_list("label", "code"))
    urgent = apps.get_model("inquiries", "Inquiry").objects.filter(urgent=True)
    for pk, advice, because in urgent.values_list("pk", "advice", "urgent_because").iterator():
        reasons = [codes[label] for label in because.splitlines() if label in codes]
        urgent.filter(pk=pk).update(tier=advice or "none", severity=MARKED, urgency_reasons=reasons)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0009_names_by_sound'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='inquiry',
            name='inquiry_queue',
        ),
        migrations.AddField(
            model_name='inquiry',
            name='severity',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='tier',
            field=models.CharField(choices=[('emergency', 'Emergency'), ('crisis', 'Crisis'), ('look-first', 'Look first'), ('none', 'Not urgent')], db_default='none', default='none', editable=False, max_length=10, verbose_name='urgency'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='urgency_reasons',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), db_default=[], default=list, editable=False, help_text='Codes.', size=None),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='was_urgent',
            field=models.BooleanField(editable=False, help_text='As judged by a colleague.', null=True, verbose_name='was urgent'),
        ),
        migrations.AddField(
            model_name='warningphrase',
            name='code',
            field=models.SlugField(default='', editable=False, max_length=60, db_index=False),
        ),
        migrations.AddField(
            model_name='warningphrase',
            name='severity',
            field=models.PositiveSmallIntegerField(choices=[(3, 'First: every minute counts'), (2, 'Next'), (1, 'After these')], default=2, verbose_name='place in the queue'),
        ),
        migrations.RunPython(name_phrases, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='warningphrase',
            name='code',
            field=models.SlugField(editable=False, max_length=60, unique=True),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(models.OrderBy(models.F('urgent'), descending=True), models.OrderBy(models.F('severity'), descending=True), models.F('due_at'), models.F('received_at'), models.F('id'), condition=models.Q(('status__in', ['new', 'in_progress', 'waiting'])), name='inquiry_queue'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['emergency', 'crisis', 'look-first', 'none'])), name='inquiry_tier_is_known'),
        ),
        migrations.RunPython(sort_urgent, migrations.RunPython.noop),
    ]
