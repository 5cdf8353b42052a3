"""Rename a field to call_rank. The column keeps its name, because processes of the old version still read it."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0032_corrected_contacts'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex(
                    model_name='inquiry',
                    name='inquiry_queue',
                ),
                migrations.AlterField(
                    model_name='inquiry',
                    name='loudness',
                    field=models.GeneratedField(db_column='loudness', db_persist=True, expression=models.Case(models.When(models.Q(('urgency_settled_at', None), ('urgent', True), _negated=True), then=models.Value(0)), models.When(severity__gte=10, status='new', then=django.db.models.expressions.CombinedExpression(models.F('severity'), '+', models.Value(40))), models.When(severity__gte=10, then=django.db.models.expressions.CombinedExpression(models.F('severity'), '+', models.Value(20))), models.When(status='new', then=django.db.models.expressions.CombinedExpression(models.F('severity'), '+', models.Value(5))), default=django.db.models.expressions.CombinedExpression(models.F('severity'), '+', models.Value(1))), output_field=models.PositiveSmallIntegerField()),
                ),
                migrations.RenameField(
                    model_name='inquiry',
                    old_name='loudness',
                    new_name='call_rank',
                ),
                migrations.AddIndex(
                    model_name='inquiry',
                    index=models.Index(models.F('probably_spam'), models.OrderBy(models.F('call_rank'), descending=True), models.F('due_at'), models.F('received_at'), models.F('id'), condition=models.Q(('status__in', ['new', 'in_progress', 'waiting'])), name='inquiry_queue'),
                ),
            ],
        ),
    ]
