"""Managers and clinical reviewers change the emergency sentence, on a screen of its own."""

from django.db import migrations

GROUPS = ["Managers", "Clinical reviewers"]


def give_permission(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="clinic", model="clinicsettings"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="change_emergency_sentence",
        defaults={"name": "Can change the emergency sentence"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0013_who_moves_notices")]
    operations = [
        migrations.AlterModelOptions(
            name="clinicsettings",
            options={
                "default_permissions": ("change",),
                "permissions": [
                    ("change_front_desk_email", "Can change where the front desk's emails go"),
                    ("change_emergency_sentence", "Can change the emergency sentence"),
                ],
                "verbose_name": "clinic",
            },
        ),
        migrations.RunPython(give_permission, migrations.RunPython.noop),
    ]
