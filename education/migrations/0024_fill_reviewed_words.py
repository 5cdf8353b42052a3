"""Drawings' captions and the phone while closed become content: filled with what readers see today."""

from django.db import migrations
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import BaseBlockOperation

# As the drawings' templates said it until now: (caption, description).
WORDS = {
    "fracture": (
        "The line on the skin marks the incision; the bone has sunk in.",
        "Side view of three vertebrae. The middle one is broken: its front has sunk in, so that it is shaped"
        " like a wedge and the spine above it leans forward. A short mark on the skin of the back shows where"
        " the small incision is made.",
    ),
    "balloon": (
        "A narrow tube reaches the bone; the balloon lies inside.",
        "The same vertebrae. A narrow tube runs from the skin of the back into the broken one. At its end,"
        " inside the bone, lies a small balloon.",
    ),
    "restored": (
        "The full balloon lifts the bone: its height is back.",
        "The same vertebrae. The balloon is full. The broken vertebra has its height back, and the spine above"
        " it stands straight again.",
    ),
    "filled": (
        "Bone cement fills the space and holds the bone up.",
        "The same vertebrae. Balloon and tube are gone. Where the balloon was, bone cement fills the vertebra"
        " and holds its height.",
    ),
}


class AddWords(BaseBlockOperation):
    operation_name_fragment = "add_words"

    def apply(self, block_value):
        if words := WORDS.get(block_value.get("drawing")):
            return dict(zip(["caption", "alt_text"], words, strict=True)) | block_value
        return block_value


def copy_phone(apps, schema_editor):
    """To the record and to all its versions: an older draft that's approved must not take the number away."""
    clinic = apps.get_model("clinic", "ClinicSettings").objects.order_by("pk").first()
    notice = apps.get_model("education", "SafetyNotice").objects.first()
    if not (clinic and notice and clinic.after_hours_phone):
        return
    phone = {"after_hours_phone": clinic.after_hours_phone}
    type(notice).objects.update(**phone)
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="education", content_type__model="safetynotice"
    )
    for revision in revisions:
        revision.content |= phone
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0023_reviewed_words"),
        ("clinic", "0021_after_hours_phone_is_reviewed"),
    ]
    operations = [
        *(
            MigrateStreamData("education", model, "body", [(AddWords(), "section.content.steps.item")])
            for model in ("ArticlePage", "StandardPage", "TopicPage")
        ),
        migrations.RunPython(copy_phone, migrations.RunPython.noop),
    ]
