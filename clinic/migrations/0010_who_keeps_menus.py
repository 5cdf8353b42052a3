"""Editors keep the menus; managers keep redirects too. A change of the menus raises the site's version."""

from django.db import migrations

MENUS = [("clinic", "navigationsettings", "change_navigationsettings", "Can change menus")]
REDIRECTS = [
    ("wagtailredirects", "redirect", f"{verb}_redirect", f"Can {verb} redirect")
    for verb in ("add", "change", "delete", "view")
]
GROUPS = {"Editors": MENUS, "Managers": [*MENUS, *REDIRECTS]}

TRIGGER = """
CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
ON clinic_navigationsettings FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
"""
# Found without a look at all pages: few are in menus.
INDEX = "CREATE INDEX clinic_pages_in_menus ON wagtailcore_page (path) WHERE show_in_menus"


def give(apps, schema_editor):
    for name, rows in GROUPS.items():
        group = apps.get_model("auth", "Group").objects.get(name=name)
        group.permissions.add(*[permission(apps, *row) for row in rows])


def permission(apps, app_label, model, codename, name):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    row, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return row


class Migration(migrations.Migration):
    dependencies = [("clinic", "0009_branding_and_menus")]
    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.RunSQL(INDEX, "DROP INDEX clinic_pages_in_menus"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER clinic_raise_siteversion ON clinic_navigationsettings"),
    ]
