"""A first list of words that patients may not know; editors keep it from here on."""

from django.db import migrations

WORDS = {
    "adjacent": "next to",
    "administer": "give",
    "adverse": "bad, unwanted",
    "alleviate": "ease",
    "ambulate": "walk",
    "ambulatory": "able to walk",
    "analgesic": "pain medicine",
    "anticoagulant": "blood thinner",
    "approximately": "about",
    "asymptomatic": "without symptoms",
    "benign": "not cancer",
    "bilateral": "on both sides",
    "cardiac": "of the heart",
    "chronic": "long-lasting",
    "commence": "start",
    "comorbidity": "another illness",
    "contraindicated": "not safe for you",
    "contraindication": "reason not to do it",
    "contusion": "bruise",
    "deteriorate": "get worse",
    "diminish": "lessen",
    "discontinue": "stop",
    "dysfunction": "problem",
    "edema": "swelling",
    "efficacy": "how well it works",
    "etiology": "cause",
    "exacerbate": "make worse",
    "facilitate": "help",
    "febrile": "with a fever",
    "hematoma": "bruise under the skin",
    "hypertension": "high blood pressure",
    "immobilization": "keeping still",
    "inflammation": "swelling, redness and heat",
    "in order to": "to",
    "in the event of": "if",
    "laceration": "cut",
    "lesion": "damaged area",
    "malignant": "cancer",
    "modality": "kind of treatment",
    "myocardial infarction": "heart attack",
    "necessitate": "need",
    "neuropathy": "nerve damage",
    "numerous": "many",
    "obtain": "get",
    "orally": "by mouth",
    "osseous": "of bone",
    "pathology": "illness",
    "percutaneous": "through the skin",
    "post-operative": "after surgery",
    "pre-operative": "before surgery",
    "prior to": "before",
    "prognosis": "what to expect",
    "prophylaxis": "prevention",
    "pulmonary": "of the lungs",
    "renal": "of the kidneys",
    "subsequent": "next, later",
    "subsequently": "later",
    "sufficient": "enough",
    "symptomatic": "with symptoms",
    "terminate": "end",
    "thrombosis": "blood clot",
    "utilize": "use",
    "administrar": "dar",
    "analgésico": "medicina para el dolor",
    "anticoagulante": "medicina que hace la sangre menos espesa",
    "aproximadamente": "cerca de",
    "contraindicado": "no seguro para usted",
    "hipertensión": "presión alta",
    "incisión": "corte",
    "utilizar": "usar",
    "vía oral": "por la boca",
}
GROUPS = ["Editors", "Managers"]


def fill(apps, schema_editor):
    WordToAvoid = apps.get_model("education", "WordToAvoid")
    WordToAvoid.objects.bulk_create(WordToAvoid(word=a, instead=b) for a, b in WORDS.items())
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="education", model="wordtoavoid"
    )
    for verb in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_wordtoavoid",
            defaults={"name": f"Can {verb} word to avoid"},
        )
        for name in GROUPS:
            apps.get_model("auth", "Group").objects.get(name=name).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("education", "0014_words_to_avoid")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
