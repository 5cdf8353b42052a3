"""The new page types raise the site's version as the older ones do (0003)."""

from django.db import migrations

TABLES = [
    "education_standardpage",
    "education_topicindexpage",
    "education_topicpage",
    "education_personindexpage",
    "education_personpage",
    "education_locationindexpage",
    "education_locationpage",
]
TRIGGERS = """
CREATE TRIGGER clinic_page_made AFTER INSERT ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
CREATE TRIGGER clinic_page_changed AFTER UPDATE ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
"""
BACK = "DROP TRIGGER clinic_page_made ON {table}; DROP TRIGGER clinic_page_changed ON {table};"


class Migration(migrations.Migration):
    dependencies = [("education", "0004_whole_site")]
    operations = [
        migrations.RunSQL(
            "".join(TRIGGERS.format(table=table) for table in TABLES),
            "".join(BACK.format(table=table) for table in TABLES),
        )
    ]
