from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clinic.operations.expand_contract import problems


class Command(BaseCommand):
    help = (
        "Looks whether the version that runs now could live with this version's migrations, while an upgrade"
        " makes them. Run it with the new version, before it migrates."
    )

    def handle(self, **options):
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if found := [problem for migration, _backwards in plan for problem in problems(migration)]:
            raise CommandError("\n".join([*found, "Stop the site first: clinicctl upgrade --with-a-pause …"]))
        self.stdout.write(f"{len(plan)} migrations, which the version that runs now can live with.")
