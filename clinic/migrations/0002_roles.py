"""The four roles (clinic.accounts.roles) and what each may do; the clinical review that stands before publishing."""

from django.db import migrations

# app label, model, codename, name (as Django would name it, for it makes these rows only after all migrations)
ENTER_ADMIN = ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
INQUIRIES = [
    ("inquiries", "inquiry", "view_inquiry", "Can view inquiry"),
    ("inquiries", "inquiry", "change_inquiry", "Can change inquiry"),
]
LETTERS = [("inquiries", "inquiry", "resend_letter", "Can send letters again")]  # see inquiries.email_queue
KEEP = ["add", "change", "delete", "view"]
FOR_MANAGERS = [
    ("inquiries", "inquiry", "export_inquiry", "Can export inquiries"),
    ("inquiries", "inquiry", "hold_inquiry", "Can put inquiries on legal hold"),
    ("inquiries", "inquiry", "person_inquiry", "Can export and erase everything about a person"),
    ("inquiries", "retentionsettings", "change_retentionsettings", "Can change how long inquiries stay"),
    *[("inquiries", "cannedtext", f"{verb}_cannedtext", f"Can {verb} call script") for verb in KEEP],
    *[("inquiries", "warningphrase", f"{verb}_warningphrase", f"Can {verb} warning phrase") for verb in KEEP],
]
ACCESS_LOG = [("inquiries", "accessentry", "view_accessentry", "Can view access to inquiries")]
CLINIC = [("clinic", "clinicsettings", "change_clinicsettings", "Can change clinic")]
ACCOUNTS = [
    ("auth", "user", f"{verb}_user", f"Can {verb} user") for verb in ("add", "change", "delete", "view")
]

GROUPS = {
    "Front desk": [ENTER_ADMIN, *INQUIRIES],
    "Editors": [ENTER_ADMIN, *CLINIC],
    "Clinical reviewers": [ENTER_ADMIN],
    "Managers": [ENTER_ADMIN, *INQUIRIES, *FOR_MANAGERS, *LETTERS, *ACCESS_LOG, *CLINIC, *ACCOUNTS],
}
# What each may do with every page.
PAGES = {
    "Editors": ["add", "change"],
    "Clinical reviewers": ["change", "publish", "lock", "unlock"],
    "Managers": ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}
REVIEW = "Clinical review"


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    # Wagtail's first migration made "Moderators" and "Editors", with rights on images and documents.
    Group.objects.filter(name="Moderators").update(name="Clinical reviewers")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permission(apps, *row) for row in permissions])
    give_pages(apps)
    share_media(apps)
    name_the_review(apps)


def permission(apps, app_label, model, codename, name):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    row, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return row


def give_pages(apps):
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    GroupPagePermission.objects.filter(group__name__in=PAGES).delete()
    for name, verbs in PAGES.items():
        group = apps.get_model("auth", "Group").objects.get(name=name)
        for verb in verbs:
            row = permission(apps, "wagtailcore", "page", f"{verb}_page", f"Can {verb} page")
            GroupPagePermission.objects.create(group=group, page=root, permission=row)


def share_media(apps):
    """Managers may do with images and documents what editors may."""
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    managers = apps.get_model("auth", "Group").objects.get(name="Managers")
    for row in GroupCollectionPermission.objects.filter(group__name="Editors"):
        GroupCollectionPermission.objects.get_or_create(
            group=managers, collection_id=row.collection_id, permission_id=row.permission_id
        )


def name_the_review(apps):
    """Wagtail's own workflow asks the group that the clinical reviewers now are."""
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(name=REVIEW)
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(name=REVIEW)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0001_initial"),
        ("education", "0001_initial"),
        ("inquiries", "0004_retention"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
