"""A first list of what patients type; editors keep it from here on."""

from django.db import migrations

SYNONYMS = {
    "side effects": "risks",
    "complications": "risks",
    "blood thinners": "blood thinner",
    "anticoagulant": "blood thinner",
    "warfarin": "blood thinner",
    "slipped disc": "disk",
    "slipped disk": "disk",
    "pinched nerve": "nerve",
    "broken back": "fracture",
    "opening hours": "hours",
    "open": "hours",
    "directions": "address",
    "cost": "insurance",
    "bill": "billing",
    "dolor de espalda": "back pain",
    "espalda": "back",
    "fractura": "fracture",
    "columna": "spine",
    "seguro": "insurance",
    "cita": "appointment",
    "horario": "hours",
    "anticoagulante": "blood thinner",
    "riesgos": "risks",
}
GROUPS = ["Editors", "Managers"]
TRIGGER = """
CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON education_searchsynonym
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
"""


def fill(apps, schema_editor):
    SearchSynonym = apps.get_model("education", "SearchSynonym")
    SearchSynonym.objects.bulk_create(SearchSynonym(typed=a, searched=b) for a, b in SYNONYMS.items())
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="education", model="searchsynonym"
    )
    for verb in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_searchsynonym",
            defaults={"name": f"Can {verb} search synonym"},
        )
        for name in GROUPS:
            apps.get_model("auth", "Group").objects.get(name=name).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("education", "0011_search_synonyms"), ("clinic", "0006_drafts_raise_no_version")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER clinic_raise_siteversion ON education_searchsynonym"),
    ]
