"""An upgrade refuses migrations that the version which still serves could not live with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from clinic.operations.expand_contract import problems


def migration(*operations, **attributes):
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return made("0099_sample", "clinic")


def add(**options):
    return migrations.AddField("clinicsettings", "motto", models.CharField(max_length=9, **options))


BEFORE_FIRST_RELEASE = {
    "clinic.0009_branding_and_menus",
    "clinic.0012_after_hours",
    "clinic.0015_crisis_sentence",
    "clinic.0016_patient_replies",
    "clinic.0018_on_call",
    "education.0004_whole_site",
    "inquiries.0010_urgency_tiers",
    "inquiries.0015_desk_work",
    "inquiries.0018_spam_reasons_as_codes",
}
BREAKS = [
    migrations.RemoveField("clinicsettings", "name"),
    migrations.DeleteModel("Backup"),
    migrations.RenameField("clinicsettings", "name", "title"),
    migrations.RenameModel("Backup", "Archive"),
    migrations.RunSQL("ALTER TABLE clinic_backup DROP COLUMN size"),
    add(),
    add(default="x"),
    migrations.SeparateDatabaseAndState([migrations.DeleteModel("Backup")]),
]
FITS = [
    add(null=True),
    add(db_default="x"),
    migrations.CreateModel("Motto", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddIndex("backup", models.Index(fields=["size"], name="size")),
    migrations.RunSQL("CREATE INDEX sizes ON clinic_backup (size)"),
]


@pytest.mark.parametrize("operation", BREAKS, ids=str)
def test_destructive_migrations_are_refused_unless_declared_safe(operation):
    assert len(problems(migration(operation))) == 1
    assert problems(migration(operation, contracts=True)) == []


@pytest.mark.parametrize("operation", FITS, ids=str)
def test_additive_migrations_pass(operation):
    assert problems(migration(operation)) == []


def test_a_field_of_a_new_table_is_not():
    table = migrations.CreateModel("Motto", [("id", models.BigAutoField(primary_key=True))])
    field = migrations.AddField("motto", "text", models.TextField())
    assert problems(migration(table, field)) == []


def test_no_migration_of_ours_breaks_the_version_before():
    """But for these, of before the first release: `clinicctl upgrade` past them wants --with-a-pause."""
    migrations = MigrationLoader(None).disk_migrations.items()
    ours = [one for (app, _name), one in migrations if app in {"clinic", "education", "inquiries"}]
    assert {f"{one.app_label}.{one.name}" for one in ours if problems(one)} == BEFORE_FIRST_RELEASE


@pytest.mark.django_db
def test_a_version_older_than_the_database_is_refused():
    MigrationRecorder(connection).record_applied("inquiries", "9999_of_tomorrow")
    with pytest.raises(CommandError, match=r"newer version \(inquiries\.9999_of_tomorrow\)"):
        call_command("check_upgrade")


@pytest.mark.django_db
def test_only_what_is_still_to_be_done_counts(capsys):
    call_command("check_upgrade")
    assert capsys.readouterr().out.startswith("0 migrations")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'inquiries'")
    with pytest.raises(CommandError, match="--with-a-pause"):
        call_command("check_upgrade")
