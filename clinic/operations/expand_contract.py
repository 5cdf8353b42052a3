"""Finds migrations that would break the running version during an upgrade without downtime.

The old version keeps serving while an upgrade migrates. So a release may only add things (expand); they're
removed a release later (contract), when no running version uses them.

Written for: Django 5.2. django-migration-linter reads the SQL of migrations, so it misses check and exclusion
constraints, and columns for which the old version relies on a default.
"""

import re
from collections.abc import Iterable, Iterator

from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Field

SQL_PROBLEMS = {
    "removes or renames something": r"\bdrop\s+(column|table|default)\b|\brename\s+(column|to)\b",
    "adds a constraint": r"\badd\s+(constraint|unique|check|exclude|primary)\b|\bcreate\s+unique\b",
    "changes a column": r"\bset\s+not\s+null\b|\balter\s+(column\s+)?\"?\w+\"?\s+(set\s+data\s+)?type\b",
}
WIDENING_CHANGES = {("smallint", "integer"), ("smallint", "bigint"), ("integer", "bigint")}
VARCHAR = re.compile(r"varchar\((\d+)\)")

Op = operations.base.Operation


def known_migrations(loader: MigrationLoader) -> set[str]:
    """Return this version's migrations, including those replaced by squashed ones."""
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in loader.disk_migrations.keys() | replaced}


def problems(plan: Iterable[Migration], old: ProjectState) -> list[str]:
    """Return a sentence for each operation that breaks the old version, whose models are in `old`.

    A migration sets `contracts = True` once no version in use needs what it removes.
    """
    return [
        f"{migration.app_label}.{migration.name} {problem}"
        for migration in plan
        if not getattr(migration, "contracts", False)
        for operation in migration.operations
        for problem in _problems_of(operation, migration.app_label, old)
    ]


def _problems_of(operation: Op, app: str, old: ProjectState) -> Iterator[str]:
    match operation:
        case operations.RunSQL():
            yield from _sql_problems(str(operation.sql))
        case operations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from _problems_of(inner, app, old)
            for inner in operation.state_operations:
                yield from _state_problems(inner, app, old)
        case _:
            if model := _model(operation, app, old):  # otherwise the table is new
                yield from _model_problems(operation)
                yield from _field_problems(operation, model.fields)
                yield from _constraint_problems(operation, model)


def _model(operation: Op, app: str, old: ProjectState) -> ModelState | None:
    """Return the operation's model as the old version defines it."""
    for name in ("model_name_lower", "old_name_lower", "name_lower"):
        if model := getattr(operation, name, None):
            return old.models.get((app, model))
    return None


def _sql_problems(sql: str) -> Iterator[str]:
    for problem, pattern in SQL_PROBLEMS.items():
        if re.search(pattern, sql, re.IGNORECASE):
            yield f"{problem} by SQL."


def _state_problems(operation: Op, app: str, old: ProjectState) -> Iterator[str]:
    """Report a column that stays in the database, without a default, when the new version stops using it."""
    if (
        isinstance(operation, operations.RemoveField)
        and (model := _model(operation, app, old))
        and _needs_a_value(model.fields.get(operation.name))
    ):
        yield (
            f"stops using {operation.model_name}.{operation.name}, which stays and may not be empty: the new"
            " version writes rows without it. Give it a db_default first."
        )


def _model_problems(operation: Op) -> Iterator[str]:
    match operation:
        case operations.DeleteModel():
            yield f"deletes {operation.name}, which the old version reads."
        case operations.RenameModel() | operations.AlterModelTable():
            yield f"renames what the old version uses ({operation.describe()})."


def _field_problems(operation: Op, old: dict[str, Field]) -> Iterator[str]:
    match operation:
        case operations.RemoveField() if operation.name in old:
            yield f"removes {operation.model_name}.{operation.name}, which the old version uses."
        case operations.RenameField() if operation.old_name in old:
            yield f"renames what the old version uses ({operation.describe()})."
        case operations.AlterField() if operation.name in old:
            for change in _changes(old[operation.name], operation.field):
                yield f"changes {operation.model_name}.{operation.name}: {change}"
        case operations.AddField() | operations.AlterField():
            yield from _new_field_problems(operation)


def _new_field_problems(operation: operations.AddField | operations.AlterField) -> Iterator[str]:
    name, field = f"{operation.model_name}.{operation.name}", operation.field
    if _needs_a_value(field):
        yield (
            f"adds {name}, which may not be empty: the old version writes rows without it."
            " Give it a db_default."
        )
    elif field.unique and field.db_default is not NOT_PROVIDED:
        yield f"adds {name}, which is unique: the old version writes its db_default more than once."


def _changes(before: Field, after: Field) -> Iterator[str]:
    """Yield changes of a field that break the old version."""
    if before.null and not after.null:
        yield "it may not be empty anymore, and the old version leaves it empty."
    elif before.db_default is not NOT_PROVIDED and after.db_default is NOT_PROVIDED and not after.null:
        yield "it loses its db_default, which the old version leaves to the database."
    if after.unique and not before.unique:
        yield "it becomes unique, and the old version writes a value twice."
    if before.db_column != after.db_column:
        yield "its column is renamed."
    if not _fits(_type(before), _type(after)):
        yield "its column changes its type."


def _type(field: Field) -> str:
    """Return the column's type, or the target of a relation."""
    if field.remote_field:
        return f"{type(field).__name__} {str(field.remote_field.model).lower()}"
    return field.db_type(connection) or ""


def _fits(before: str, after: str) -> bool:
    """Return whether the old version can still write to and read from a column of the new type."""
    old_length, new_length = VARCHAR.fullmatch(before), VARCHAR.fullmatch(after)
    if old_length:
        return after == "text" or bool(new_length and int(new_length[1]) >= int(old_length[1]))
    return before == after or (before, after) in WIDENING_CHANGES or {before, after} == {"text", "varchar"}


def _constraint_problems(operation: Op, old: ModelState) -> Iterator[str]:
    match operation:
        case operations.AddConstraint() if _limits(operation.constraint, old):
            yield f"adds {operation.constraint.name}, which the old version may violate."
        case operations.AlterUniqueTogether() if operation.option_value:
            yield f"makes fields of {operation.name} unique together, and the old version writes them twice."


def _limits(constraint: models.BaseConstraint, old: ModelState) -> bool:
    """Return whether a constraint affects the old version, which leaves new columns to their defaults."""
    match constraint:
        case models.CheckConstraint(condition=models.Q() as condition):
            before = next((each for each in old.options["constraints"] if each.name == constraint.name), None)
            only_new_fields = condition.referenced_base_fields.isdisjoint(old.fields)
            return not (only_new_fields or (before and _is_widened(before.condition, condition)))
        case models.UniqueConstraint() if constraint.fields:
            return old.fields.keys() >= set(constraint.fields)
    return True


def _is_widened(before: models.Q, after: models.Q) -> bool:
    """Return whether both are lists of allowed values, and none was removed."""
    match before.children, after.children:
        case [(name, list(fewer))], [(same, list(more))]:
            lists = name == same and name.endswith("__in") and not (before.negated or after.negated)
            return lists and set(fewer) <= set(more)
    return False


def _needs_a_value(field: Field | None) -> bool:
    return field is not None and not (
        field.null or field.many_to_many or field.db_default is not NOT_PROVIDED or field.generated
    )
