"""A text sealed with each key, to be opened at start-up; and a fixed search_path for our functions."""

from django.db import migrations, models

FUNCTIONS = ["clinic_raise_siteversion", "clinic_pages_changed", "clinic_specific_pages_changed"]


class Migration(migrations.Migration):
    dependencies = [("clinic", "0010_who_keeps_menus")]
    operations = [
        migrations.CreateModel(
            name="KeyCanary",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {name}() SET search_path = public, pg_temp;" for name in FUNCTIONS),
            "".join(f"ALTER FUNCTION {name}() RESET search_path;" for name in FUNCTIONS),
        ),
    ]
