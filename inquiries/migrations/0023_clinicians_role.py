"""The role of clinicians, who can only sign in to the admin and answer questions."""

from django.db import migrations

PERMISSIONS = [
    ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
    ("inquiries", "question", "answer_question", "Can answer questions that colleagues hand to them"),
]


def make_role(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Clinicians")
    for app_label, model, codename, name in PERMISSIONS:
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0022_questions"), ("clinic", "0002_roles")]
    operations = [migrations.RunPython(make_role, migrations.RunPython.noop)]
