"""Log changes that the site's role makes outside of the site, and fix the functions' search_path."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
BACK = """
DROP FUNCTION inquiries_access_of_change CASCADE;
DROP FUNCTION inquiries_written_here;
DROP FUNCTION inquiries_is_owner;
ALTER FUNCTION inquiries_access_chain() SECURITY INVOKER;
"""


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0011_who_asks_for_whom")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
