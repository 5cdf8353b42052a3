"""Retention settings and legal holds. A trigger refuses to delete inquiries that are on hold."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models


KEEP = """
CREATE FUNCTION inquiries_keep_on_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'inquiry % is on legal hold', OLD.reference;
END $$;

CREATE TRIGGER inquiries_keep_on_hold BEFORE DELETE ON inquiries_inquiry
FOR EACH ROW WHEN (OLD.on_hold) EXECUTE FUNCTION inquiries_keep_on_hold();
"""


def write_defaults(apps, schema_editor):
    apps.get_model("inquiries", "RetentionSettings").objects.create(pk=1)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0003_starter_phrases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appointment_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Appointment booked')),
                ('answered_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Answered')),
                ('referred_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Referred elsewhere')),
                ('no_answer_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Could not be reached')),
                ('not_for_us_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Not for us')),
                ('duplicate_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='Duplicate')),
                ('spam_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='spam, in days')),
            ],
            options={
                'verbose_name': 'how long inquiries stay',
                'default_permissions': ('change',),
            },
        ),
        migrations.AlterModelOptions(
            name='inquiry',
            options={'default_permissions': ('view', 'change'), 'ordering': ['-received_at', '-pk'], 'permissions': [('export_inquiry', 'Can export inquiries'), ('hold_inquiry', 'Can put inquiries on legal hold'), ('person_inquiry', 'Can export and erase everything about a person')], 'verbose_name': 'inquiry', 'verbose_name_plural': 'inquiries'},
        ),
        migrations.RemoveConstraint(
            model_name='inquiryevent',
            name='inquiry_event_kind_is_known',
        ),
        migrations.AddField(
            model_name='inquiry',
            name='on_hold',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='on legal hold'),
        ),
        migrations.AddConstraint(
            model_name='inquiryevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'entered', 'repeated', 'taken', 'assigned', 'status', 'returned', 'call', 'note', 'urgent', 'linked', 'unlinked', 'undone', 'held', 'released'])), name='inquiry_event_kind_is_known'),
        ),
        migrations.RunPython(write_defaults, migrations.RunPython.noop),
        migrations.RunSQL(KEEP, "DROP FUNCTION inquiries_keep_on_hold CASCADE"),
    ]
