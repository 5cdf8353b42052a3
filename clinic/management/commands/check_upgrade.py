from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from clinic.operations.expand_contract import problems


class Command(BaseCommand):
    help = (
        "Looks whether the version that runs now could live with this version's migrations, while an upgrade"
        " makes them. Run it with the new version, before it migrates."
    )

    def handle(self, **options):
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        found = [problem for migration, _backwards in plan for problem in problems(migration)]
        if unknown := _unknown(executor.loader):
            found.append(
                f"The database is of a newer version ({min(unknown)}). `clinicctl rollback` may go back."
            )
        if found:
            raise CommandError("\n".join([*found, "Stop the site first: clinicctl upgrade --with-a-pause …"]))
        self.stdout.write(f"{len(plan)} migrations, which the version that runs now can live with.")


def _unknown(loader: MigrationLoader) -> set[str]:
    """Migrations that a newer version has made."""
    known = {
        *loader.disk_migrations,
        *(key for one in loader.disk_migrations.values() for key in one.replaces),
    }
    applied = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    return {f"{app}.{name}" for app, name in applied - known}
