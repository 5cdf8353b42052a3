"""The table of the shared cache (settings.CACHES), which `createcachetable` would make if one remembered it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_siteversion")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE clinic_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX clinic_cache_expires ON clinic_cache (expires);
            """,
            "DROP TABLE clinic_cache",
        )
    ]
