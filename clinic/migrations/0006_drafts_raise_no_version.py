"""A draft is nothing that readers see: Wagtail saves one at each pause in an editor's typing.

Before, each of them emptied the page caches. The table of each page type needs triggers of its own now (as in
education 0003): a page that code saves without publishing it may change in that table alone.
"""

from django.db import migrations

# Columns of a page that only editors see, and the number of its children, drafts among them.
NOT_SHOWN = """
    '{draft_title,has_unpublished_changes,latest_revision_id,latest_revision_created_at,
    locked,locked_at,locked_by_id,numchild}'::text[]
""".strip()

FUNCTIONS = f"""
CREATE FUNCTION clinic_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_seen boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        is_seen := EXISTS (SELECT FROM after WHERE live);
    ELSIF TG_OP = 'DELETE' THEN
        is_seen := EXISTS (SELECT FROM before WHERE live);
    ELSE
        is_seen := EXISTS (
            SELECT FROM before JOIN after USING (id)
            WHERE (before.live OR after.live)
            AND to_jsonb(before) - {NOT_SHOWN} <> to_jsonb(after) - {NOT_SHOWN}
        );
    END IF;
    IF is_seen THEN
        UPDATE clinic_siteversion SET version = version + 1;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION clinic_specific_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM after JOIN wagtailcore_page page ON page.id = after.page_ptr_id WHERE page.live) THEN
        UPDATE clinic_siteversion SET version = version + 1;
    END IF;
    RETURN NULL;
END $$;
"""

FOR_PAGES = """
DROP TRIGGER clinic_raise_siteversion ON wagtailcore_page;
CREATE TRIGGER clinic_pages_emptied AFTER TRUNCATE ON wagtailcore_page
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
CREATE TRIGGER clinic_pages_made AFTER INSERT ON wagtailcore_page
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_pages_changed();
CREATE TRIGGER clinic_pages_deleted AFTER DELETE ON wagtailcore_page
REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION clinic_pages_changed();
CREATE TRIGGER clinic_pages_changed AFTER UPDATE ON wagtailcore_page
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION clinic_pages_changed();
"""
BACK = """
DROP FUNCTION clinic_pages_changed CASCADE;
DROP FUNCTION clinic_specific_pages_changed CASCADE;
DROP TRIGGER clinic_pages_emptied ON wagtailcore_page;
CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON wagtailcore_page
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0005_bind_second_factors")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop), migrations.RunSQL(FOR_PAGES, BACK)]
