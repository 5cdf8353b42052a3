"""Which migrations the version that runs now could not live with, for upgrades without a pause.

While an upgrade migrates, the old version serves. So a release may only add (expand); what the version before
still needs is taken away a release later (contract), when nothing uses it any more.
"""

import re
from collections.abc import Iterator

from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

TAKES_AWAY = re.compile(r"\b(drop\s+(column|table)|rename\s+(column|to))\b", re.IGNORECASE)


def known_migrations(loader: MigrationLoader) -> set[str]:
    """This version's migrations, and those that squashed ones have taken the place of."""
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in loader.disk_migrations.keys() | replaced}


def problems(migration: Migration) -> list[str]:
    """A sentence for each operation that breaks the old version.

    A migration says `contracts = True` once no version that is still in use needs what it takes away.
    """
    if getattr(migration, "contracts", False):
        return []
    name = f"{migration.app_label}.{migration.name}"
    return [f"{name} {said}" for operation in migration.operations for said in _said(operation, migration)]


def _said(operation: operations.base.Operation, migration: Migration) -> Iterator[str]:
    new_models = {op.name_lower for op in migration.operations if isinstance(op, operations.CreateModel)}
    if getattr(operation, "model_name_lower", None) in new_models:
        return  # the old version doesn't know the table at all
    match operation:
        case operations.RemoveField():
            yield f"removes {operation.model_name}.{operation.name}, which the old version uses."
        case operations.DeleteModel():
            yield f"deletes {operation.name}, which the old version reads."
        case operations.RenameField() | operations.RenameModel() | operations.AlterModelTable():
            yield f"renames what the old version uses ({operation.describe()})."
        case operations.AddField() if _needs_a_value(operation.field):
            yield (
                f"adds {operation.model_name}.{operation.name}, which may not be empty: the old version"
                " writes rows without it. Give it a db_default."
            )
        case operations.RunSQL() if TAKES_AWAY.search(str(operation.sql)):
            yield "takes away or renames something by SQL."
        case operations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from _said(inner, migration)


def _needs_a_value(field) -> bool:
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED or field.generated)
