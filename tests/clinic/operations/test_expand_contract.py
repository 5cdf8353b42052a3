"""An upgrade refuses migrations that the version which still serves could not live with."""

from itertools import chain

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.utils.module_loading import import_string

from clinic.operations.expand_contract import problems

LOADER = MigrationLoader(None)
NOW = LOADER.project_state()
# `clinicctl upgrade` past these, of before the first release, wants --with-a-pause.
BEFORE_FIRST_RELEASE = {
    *["clinic.0009_branding_and_menus", "clinic.0012_after_hours", "clinic.0015_crisis_sentence"],
    *["clinic.0016_patient_replies", "clinic.0018_on_call", "education.0004_whole_site"],
    *["inquiries.0010_urgency_tiers", "inquiries.0015_desk_work", "inquiries.0017_triage_and_labels"],
    *["inquiries.0018_spam_reasons_as_codes", "inquiries.0025_topics", "inquiries.0030_appointments"],
}


def said(*operations, app="clinic", **attributes):
    """What is said of a migration with these operations, where the old version is today's."""
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return problems([made("0099_sample", app)], NOW)


def field(model, name, **changes):
    """Change a field of today's."""
    now = NOW.models["clinic", model].fields[name].clone()
    _name, path, args, options = now.deconstruct()
    return migrations.AlterField(model, name, import_string(path)(*args, **options | changes))


def add(kind=models.CharField, **options):
    return migrations.AddField("backup", "motto", kind(max_length=9, **options))


def constraint(made):
    return migrations.AddConstraint("backup", made)


def check(name="check", **condition):
    return models.CheckConstraint(condition=models.Q(**condition), name=name)


def unique(*fields):
    return models.UniqueConstraint(fields=fields, name="unique")


KINDS = NOW.models["inquiries", "inquiryevent"].options["constraints"][0].condition.children[0][1]
BREAKS = {
    "removes": [migrations.RemoveField("backup", "size")],
    "deletes": [
        migrations.DeleteModel("Backup"),
        migrations.SeparateDatabaseAndState([migrations.DeleteModel("Backup")]),
    ],
    "renames what": [
        migrations.RenameField("backup", "size", "bytes"),
        migrations.RenameModel("Backup", "Archive"),
        migrations.AlterModelTable("backup", "archives"),
    ],
    "by SQL": [
        migrations.RunSQL("ALTER TABLE clinic_backup DROP COLUMN size"),
        migrations.RunSQL("ALTER TABLE clinic_backup ALTER COLUMN size SET NOT NULL"),
        migrations.RunSQL('ALTER TABLE clinic_backup ALTER "size" TYPE text'),
        migrations.RunSQL("ALTER TABLE clinic_backup ADD CONSTRAINT small CHECK (size < 9) NOT VALID"),
        migrations.RunSQL("CREATE UNIQUE INDEX once ON clinic_backup (size)"),
    ],
    "Give it a db_default": [
        add(),
        add(default="x"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("backup", "size")]),
    ],
    "more than once": [add(unique=True, db_default="x")],
    "may not be empty any more": [field("backup", "proven_at", null=False)],
    "loses its db_default": [field("clinicsettings", "on_call_phone", db_default=models.NOT_PROVIDED)],
    "becomes unique": [field("backup", "size", unique=True)],
    "another name": [field("backup", "size", db_column="bytes")],
    "another type": [
        field("clinicsettings", "name", max_length=5),
        migrations.AlterField("backup", "size", models.TextField()),
    ],
    "may violate": [
        constraint(check(size__gt=0)),
        constraint(unique("archive", "size")),
        constraint(ExclusionConstraint(name="exclusion", expressions=[("size", "=")])),
    ],
    "unique together": [migrations.AlterUniqueTogether("backup", {("archive", "size")})],
}
FITS = [
    add(null=True),
    add(db_default="x"),
    add(null=True, unique=True),
    field("backup", "size", null=True),
    field("clinicsettings", "name", max_length=255),
    field("clinicsettings", "name", verbose_name="title"),
    migrations.CreateModel("Motto", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddIndex("backup", models.Index(fields=["size"], name="size")),
    migrations.RunSQL("CREATE INDEX sizes ON clinic_backup (size)"),
    constraint(check(motto="x")),  # a new column
    constraint(unique("motto", "size")),
    migrations.AddField("motto", "text", models.TextField()),  # of a table that the old version doesn't know
]


def test_what_the_old_version_cannot_live_with_is_refused_unless_declared_safe():
    for what, operations in BREAKS.items():
        for operation in operations:
            (sentence,) = said(operation)
            assert what in sentence, operation
            assert said(operation, contracts=True) == []


def test_additive_migrations_pass():
    assert [operation for operation in FITS if said(operation)] == []


def test_more_values_in_a_list_pass_and_fewer_are_refused():
    def again(kinds):
        made = check("inquiry_event_kind_is_known", kind__in=kinds)
        return said(migrations.AddConstraint("inquiryevent", made), app="inquiries")

    assert again([*KINDS, "new"]) == []
    assert len(again(KINDS[1:])) == 1


def test_no_migration_of_ours_breaks_the_version_before():
    state, broken = ProjectState(), set()
    for migration in in_order(LOADER):
        if problems([migration], state):
            broken.add(f"{migration.app_label}.{migration.name}")
        state = migration.mutate_state(state, preserve=False)
    assert {
        name for name in broken if name.startswith(("clinic.", "education.", "inquiries."))
    } == BEFORE_FIRST_RELEASE


def in_order(loader):
    """All migrations, each after those that it depends on."""
    plans = (loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes())
    return [loader.graph.nodes[key] for key in dict.fromkeys(chain.from_iterable(plans))]


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
