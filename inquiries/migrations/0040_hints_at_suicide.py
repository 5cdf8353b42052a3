"""Add hints at suicide, and sciatica in both legs, for new and existing sites.

Lines that managers wrote or edited stay, and lines and phrases that they deleted aren't added again. The migration
prints what it left unchanged.
"""

import json
from hashlib import sha256
from pathlib import Path

from django.db import migrations

CHANGES = Path(__file__).with_suffix(".json")


def improve(apps, schema_editor):
    for change in json.loads(CHANGES.read_text(encoding="utf-8")):
        for phrase in apps.get_model("inquiries", "WarningPhrase").objects.filter(code=change["code"]):
            known = phrase.patterns.splitlines()
            if sha256("\n".join(sorted(set(known))).encode()).hexdigest() != change["was"]:
                print(f"\n    “{phrase.label}” was changed on this site: what was changed stays.", end="")
            kept = [line for line in known if line not in change["remove"]]
            phrase.patterns = "\n".join([*kept, *(line for line in change["add"] if line not in kept)])
            phrase.save(update_fields=["patterns"])


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0039_retention_by_name")]

    operations = [migrations.RunPython(improve, migrations.RunPython.noop)]
