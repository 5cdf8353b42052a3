"""Where the front desk's emails go is the managers' to change; editors keep the other facts."""

from django.db import migrations

OPTIONS = {
    "default_permissions": ("change",),
    "permissions": [("change_front_desk_email", "Can change where the front desk's emails go")],
    "verbose_name": "clinic",
}


def give(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="clinic", model="clinicsettings"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="change_front_desk_email",
        defaults={"name": "Can change where the front desk's emails go"},
    )
    apps.get_model("auth", "Group").objects.get(name="Managers").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0012_after_hours")]
    operations = [
        migrations.AlterModelOptions("clinicsettings", OPTIONS),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
