"""Store the topics of inquiries in a table that managers edit. Existing inquiries keep their topic."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models

STARTERS = {
    "article": "What I read on this site",
    "condition": "Pain or a condition",
    "treatment": "A treatment",
    "appointment": "An appointment",
    "referral": "A referral",
    "billing": "Insurance or a bill",
    "other": "Something else",
}
# Unknown codes of existing inquiries become retired topics.
OTHERS = """
INSERT INTO inquiries_topic (code, label, position, is_retired)
SELECT DISTINCT topic, topic, 100, true FROM inquiries_inquiry ON CONFLICT DO NOTHING
"""
# NOT VALID, so that the lock is short. Migration 0026 validates it for existing rows.
FOREIGN_KEY = """
ALTER TABLE inquiries_inquiry ADD CONSTRAINT inquiry_topic_exists FOREIGN KEY (topic)
REFERENCES inquiries_topic (code) NOT VALID
"""
TRIGGER = """
CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON inquiries_topic
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion()
"""


def fill(apps, schema_editor):
    Topic = apps.get_model("inquiries", "Topic")
    Topic.objects.bulk_create(
        Topic(code=code, label=label, position=10 * n) for n, (code, label) in enumerate(STARTERS.items(), 1)
    )
    schema_editor.execute(OTHERS)


def let_managers_keep_them(apps, schema_editor):
    about, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="inquiries", model="topic"
    )
    groups = apps.get_model("auth", "Group").objects.filter(
        permissions__codename="change_warningphrase", permissions__content_type__app_label="inquiries"
    )
    for verb in ["add", "change", "delete", "view"]:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=about, codename=f"{verb}_topic", defaults={"name": f"Can {verb} topic"}
        )
        for group in groups:
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0024_saved_texts'),
        ('clinic', '0003_siteversion'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=20, unique=True)),
                ('label', models.CharField(help_text='For example: Insurance or a bill', max_length=60, unique=True, verbose_name='label on the form')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers come first.', verbose_name='position')),
                ('is_retired', models.BooleanField(default=False, help_text='The form no longer offers this topic. Existing inquiries keep it.', verbose_name='hidden')),
                ('response_hours', models.PositiveSmallIntegerField(blank=True, help_text="Counted in opening hours. Leave empty for the clinic's own promise.", null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='we answer within')),
                ('daily_capacity', models.PositiveSmallIntegerField(blank=True, help_text='Once this many are due on a day, patients are promised the next day. Leave empty for no limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='replies per day')),
                ('away_from', models.DateField(blank=True, null=True, verbose_name='no one covering from')),
                ('away_until', models.DateField(blank=True, help_text='The last day that no one covers this topic.', null=True, verbose_name='no one covering until')),
                ('assignees', models.ManyToManyField(blank=True, help_text="New inquiries go to the person with the fewest open ones. Urgent ones aren't assigned to anyone.", related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['position', 'label'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('away_from', None), ('away_until', None)), ('away_from__lte', models.F('away_until')), _connector='OR'), name='topic_is_away_from_until')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(let_managers_keep_them, migrations.RunPython.noop),
        migrations.RunSQL(FOREIGN_KEY, "ALTER TABLE inquiries_inquiry DROP CONSTRAINT inquiry_topic_exists"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER clinic_raise_siteversion ON inquiries_topic"),
    ]
