"""More of what patients type, for clinics that haven't said otherwise."""

from django.db import migrations

SYNONYMS = {
    "epidural": "injection",
    "cortisone": "injection",
    "steroid": "injection",
    "shot": "injection",
    "disc": "disk",
    "herniated disc": "disk",
    "herniated disk": "disk",
    "bulging disc": "disk",
    "opioids": "pain medicine",
    "painkillers": "pain medicine",
    "medicare": "insurance",
    "medicaid": "insurance",
    "copay": "insurance",
    "how much": "insurance",
    "reschedule": "appointment",
    "cancel appointment": "appointment",
    "wheelchair": "parking",
    "telephone": "phone",
    "where are you": "address",
    "dolor": "pain",
    "cuello": "neck",
    "pierna": "leg",
    "nervio": "nerve",
    "hueso": "bone",
    "rodilla": "knee",
    "ciática": "sciatica",
    "ciatica": "sciatica",
    "inyección": "injection",
    "inyeccion": "injection",
    "médico": "doctor",
    "medico": "doctor",
    "medicinas": "medicine",
    "precio": "insurance",
    "costo": "insurance",
    "teléfono": "phone",
    "telefono": "phone",
    "dirección": "address",
    "direccion": "address",
    "ubicación": "address",
    "ubicacion": "address",
}


def fill(apps, schema_editor):
    SearchSynonym = apps.get_model("education", "SearchSynonym")
    synonyms = [SearchSynonym(typed=typed, searched=searched) for typed, searched in SYNONYMS.items()]
    SearchSynonym.objects.bulk_create(synonyms, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("education", "0024_fill_reviewed_words")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
