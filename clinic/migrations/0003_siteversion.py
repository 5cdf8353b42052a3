"""The version of all that readers see: raised, by the database itself, with every change to it."""

from django.db import migrations, models

TABLES = [
    "clinic_clinicsettings",
    "wagtailcore_page",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_site",
    "wagtailimages_image",
    "wagtailredirects_redirect",
]

FUNCTION = """
INSERT INTO clinic_siteversion (id, version) VALUES (1, 1);
CREATE FUNCTION clinic_raise_siteversion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clinic_siteversion SET version = version + 1;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_roles"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.BigIntegerField(default=1)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION clinic_raise_siteversion CASCADE"),
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER clinic_raise_siteversion ON {table};" for table in TABLES),
        ),
    ]
