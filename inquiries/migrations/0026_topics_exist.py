from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0025_topics")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE inquiries_inquiry VALIDATE CONSTRAINT inquiry_topic_exists", migrations.RunSQL.noop
        )
    ]
