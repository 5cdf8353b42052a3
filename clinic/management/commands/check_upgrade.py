from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clinic.operations.expand_contract import known_migrations, problems


class Command(BaseCommand):
    help = (
        "Checks whether the running version keeps working while an upgrade runs this version's migrations."
        " Run it with the new version, before it migrates."
    )

    def handle(self, **options):
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        # Django has no public API for this state; `migrate` does the same.
        old = executor._create_project_state(with_applied_migrations=True)
        found = problems([migration for migration, _backwards in plan], old)
        applied = {
            key for key in executor.loader.applied_migrations if key[0] in executor.loader.migrated_apps
        }
        if unknown := {f"{app}.{name}" for app, name in applied} - known_migrations(executor.loader):
            found.append(
                f"The database is of a newer version ({min(unknown)}): use `clinicctl rollback` to go back."
            )
        if found:
            raise CommandError("\n".join([*found, "Stop the site first: clinicctl upgrade --with-a-pause …"]))
        self.stdout.write(f"{len(plan)} migrations. The running version keeps working with them.")
