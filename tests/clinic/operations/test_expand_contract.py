"""Upgrades refuse migrations that would break the running version."""

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
CURRENT = LOADER.project_state()
# Migrations from before the first release, for which `clinicctl upgrade` requires --with-a-pause.
BEFORE_FIRST_RELEASE = {
    *["clinic.0009_branding_and_menus", "clinic.0012_after_hours", "clinic.0015_crisis_sentence"],
    *["clinic.0016_patient_replies", "clinic.0018_on_call", "education.0004_whole_site"],
    *["inquiries.0010_urgency_tiers", "inquiries.0015_desk_work", "inquiries.0017_triage_and_labels"],
    *["inquiries.0018_spam_reasons_as_codes", "inquiries.0025_topics", "inquiries.0030_appointments"],
}


def problems_of(*operations, app="clinic", **attributes):
    """Return the problems of a migration with these operations on the current models."""
    migration = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return problems([migration("0099_sample", app)], CURRENT)


def alter_field(model, name, **changes):
    current = CURRENT.models["clinic", model].fields[name].clone()
    _name, path, args, options = current.deconstruct()
    return migrations.AlterField(model, name, import_string(path)(*args, **options | changes))


def add_field(**options):
    return migrations.AddField("backup", "motto", models.CharField(max_length=9, **options))


def add_constraint(constraint):
    return migrations.AddConstraint("backup", constraint)


def check(name="check", **condition):
    return models.CheckConstraint(condition=models.Q(**condition), name=name)


def unique(*fields):
    return models.UniqueConstraint(fields=fields, name="unique")


KINDS = CURRENT.models["inquiries", "inquiryevent"].options["constraints"][0].condition.children[0][1]
BREAKING = {
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
        add_field(),
        add_field(default="x"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("backup", "size")]),
    ],
    "more than once": [add_field(unique=True, db_default="x")],
    "may not be empty anymore": [alter_field("backup", "proven_at", null=False)],
    "loses its db_default": [alter_field("clinicsettings", "on_call_phone", db_default=models.NOT_PROVIDED)],
    "becomes unique": [alter_field("backup", "size", unique=True)],
    "column is renamed": [alter_field("backup", "size", db_column="bytes")],
    "changes its type": [
        alter_field("clinicsettings", "name", max_length=5),
        migrations.AlterField("backup", "size", models.TextField()),
    ],
    "may violate": [
        add_constraint(check(size__gt=0)),
        add_constraint(unique("archive", "size")),
        add_constraint(ExclusionConstraint(name="exclusion", expressions=[("size", "=")])),
    ],
    "unique together": [migrations.AlterUniqueTogether("backup", {("archive", "size")})],
}
COMPATIBLE = [
    add_field(null=True),
    add_field(db_default="x"),
    add_field(null=True, unique=True),
    alter_field("backup", "size", null=True),
    alter_field("clinicsettings", "name", max_length=255),
    alter_field("clinicsettings", "name", verbose_name="title"),
    migrations.CreateModel("Motto", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddIndex("backup", models.Index(fields=["size"], name="size")),
    migrations.RunSQL("CREATE INDEX sizes ON clinic_backup (size)"),
    add_constraint(check(motto="x")),  # a new column
    add_constraint(unique("motto", "size")),
    migrations.AddField("motto", "text", models.TextField()),  # a new table
]


def test_breaking_migrations_are_refused_unless_declared_as_contracting():
    for text, operations in BREAKING.items():
        for operation in operations:
            (sentence,) = problems_of(operation)
            assert text in sentence, operation
            assert problems_of(operation, contracts=True) == []


def test_additive_migrations_pass():
    assert [operation for operation in COMPATIBLE if problems_of(operation)] == []


def test_a_constraint_may_allow_more_values_but_not_fewer():
    def allow(kinds):
        constraint = check("inquiry_event_kind_is_known", kind__in=kinds)
        return problems_of(migrations.AddConstraint("inquiryevent", constraint), app="inquiries")

    assert allow([*KINDS, "new"]) == []
    assert len(allow(KINDS[1:])) == 1


def test_none_of_our_migrations_breaks_the_previous_version():
    state, breaking = ProjectState(), set()
    for migration in in_order(LOADER):
        if problems([migration], state):
            breaking.add(f"{migration.app_label}.{migration.name}")
        state = migration.mutate_state(state, preserve=False)
    assert {
        name for name in breaking if name.startswith(("clinic.", "education.", "inquiries."))
    } == BEFORE_FIRST_RELEASE


def in_order(loader):
    """Return all migrations, each after its dependencies."""
    plans = (loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes())
    return [loader.graph.nodes[key] for key in dict.fromkeys(chain.from_iterable(plans))]


@pytest.mark.django_db
def test_a_version_older_than_the_database_is_refused():
    MigrationRecorder(connection).record_applied("inquiries", "9999_of_tomorrow")
    with pytest.raises(CommandError, match=r"newer version \(inquiries\.9999_of_tomorrow\)"):
        call_command("check_upgrade")


@pytest.mark.django_db
def test_only_unapplied_migrations_are_checked(capsys):
    call_command("check_upgrade")
    assert capsys.readouterr().out.startswith("0 migrations")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'inquiries'")
    with pytest.raises(CommandError, match="--with-a-pause"):
        call_command("check_upgrade")
