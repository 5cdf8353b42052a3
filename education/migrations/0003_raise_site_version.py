"""What readers see of a page stands in its type's own table too: a change there raises the site's version."""

from django.db import migrations

TABLES = ["education_homepage", "education_articleindexpage", "education_articlepage"]
TRIGGERS = """
CREATE TRIGGER clinic_page_made AFTER INSERT ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
CREATE TRIGGER clinic_page_changed AFTER UPDATE ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
"""
BACK = "DROP TRIGGER clinic_page_made ON {table}; DROP TRIGGER clinic_page_changed ON {table};"


class Migration(migrations.Migration):
    dependencies = [("education", "0002_newest_articles"), ("clinic", "0006_drafts_raise_no_version")]
    operations = [
        migrations.RunSQL(
            "".join(TRIGGERS.format(table=table) for table in TABLES),
            "".join(BACK.format(table=table) for table in TABLES),
        )
    ]
