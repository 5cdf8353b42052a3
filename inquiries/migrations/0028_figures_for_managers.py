"""Allow managers to view the daily figures."""

from django.db import migrations


def allow_managers(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="inquiries", model="dailyfigure"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="view_dailyfigure",
        defaults={"name": "Can view daily figure"},
    )
    apps.get_model("auth", "Group").objects.get(name="Managers").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0027_daily_figures"), ("clinic", "0002_roles")]
    operations = [migrations.RunPython(allow_managers, migrations.RunPython.noop)]
