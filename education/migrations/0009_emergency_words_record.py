"""The one record of the emergency words, from what the clinic's settings said, and who may do what with it."""

from django.db import migrations

WORDS = ["emergency_sentence", "after_hours_instruction"]
PERMISSIONS = {
    "Editors": ["change"],
    "Managers": ["change"],
    "Clinical reviewers": ["change", "publish"],
}


def make(apps, schema_editor):
    clinic = apps.get_model("clinic", "ClinicSettings").objects.order_by("pk").first()
    words = {name: getattr(clinic, name) for name in WORDS} if clinic else {}
    notice = apps.get_model("education", "SafetyNotice").objects.create(live=True, **words)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="education", model="safetynotice"
    )
    for group_name, verbs in PERMISSIONS.items():
        group = apps.get_model("auth", "Group").objects.get(name=group_name)
        for verb in verbs:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{verb}_safetynotice",
                defaults={"name": f"Can {verb} emergency words"},
            )
            group.permissions.add(permission)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name="Clinical review").first()
    if workflow:
        apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0008_emergency_words"),
        ("clinic", "0015_crisis_sentence"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
