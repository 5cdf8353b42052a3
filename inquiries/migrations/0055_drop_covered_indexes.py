"""Drop indexes in SQL, because Django would also recreate the foreign keys, which locks the pages' table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


INDEXES = {"assignee_id": "inquiries_inquiry_assignee_id_469312d7", "page_id": "inquiries_inquiry_page_id_d969efef"}
DROP = [f"DROP INDEX IF EXISTS {name}" for name in INDEXES.values()]
CREATE = [f"CREATE INDEX {name} ON inquiries_inquiry ({column})" for column, name in INDEXES.items()]


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0054_plainer_labels'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, CREATE)],
            state_operations=[
                migrations.AlterField(
                    model_name='inquiry',
                    name='assignee',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to'),
                ),
                migrations.AlterField(
                    model_name='inquiry',
                    name='page',
                    field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page'),
                ),
            ],
        ),
    ]
