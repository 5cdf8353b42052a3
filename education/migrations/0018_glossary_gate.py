"""The database's part for the glossary: readers see its words only with a record, and caches hear of changes."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION education_needs_review(page integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM education_articlepage WHERE page_ptr_id = page)
    OR EXISTS (SELECT FROM education_topicpage WHERE page_ptr_id = page)
    {terms}
    OR EXISTS (SELECT FROM education_standardpage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_homepage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_articleindexpage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_topicindexpage WHERE page_ptr_id = page AND contains_medical_claims)
$$;
"""
TERMS = """
    OR EXISTS (SELECT FROM education_termpage WHERE page_ptr_id = page)
    OR EXISTS (SELECT FROM education_glossarypage WHERE page_ptr_id = page AND contains_medical_claims)
"""
TRIGGERS = """
CREATE TRIGGER education_keep_gate_for_new AFTER INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION education_keep_gate_for_new();
CREATE TRIGGER clinic_page_made AFTER INSERT ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
CREATE TRIGGER clinic_page_changed AFTER UPDATE ON {table}
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_specific_pages_changed();
"""
BACK = """
DROP TRIGGER education_keep_gate_for_new ON {table};
DROP TRIGGER clinic_page_made ON {table};
DROP TRIGGER clinic_page_changed ON {table};
"""
TABLES = ["education_glossarypage", "education_termpage"]


class Migration(migrations.Migration):
    dependencies = [("education", "0017_glossary"), ("education", "0007_review_records")]
    operations = [
        migrations.RunSQL(
            FUNCTION.format(terms=TERMS) + "".join(TRIGGERS.format(table=table) for table in TABLES),
            "".join(BACK.format(table=table) for table in TABLES) + FUNCTION.format(terms=""),
        )
    ]
