"""What the starter phrases have learned since; lines that managers wrote or changed stay as they are."""

from django.db import migrations

from inquiries.triage.starter_phrases import PHRASES


def add(apps, schema_editor):
    WarningPhrase = apps.get_model("inquiries", "WarningPhrase")
    for label, _advice, patterns in PHRASES:
        for phrase in WarningPhrase.objects.filter(label=label):
            known = phrase.patterns.splitlines()
            missing = [line for line in patterns.splitlines() if line not in known]
            phrase.patterns = "\n".join([*known, *missing])
            phrase.save(update_fields=["patterns"])


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0005_letters_on_the_timeline")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
