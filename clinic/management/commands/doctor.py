import json

from django.core.management import BaseCommand, CommandError

from clinic.operations import checks


class Command(BaseCommand):
    help = (
        "Checks the running site: its settings, keys, database, worker, email, HTTPS, disk and backups."
        " Reports what's wrong and how to fix it. Exits with 1 if there's a problem."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print JSON, for scripts.")
        parser.add_argument("checks", nargs="*", help="Names of single checks to run, as in --json.")

    def handle(self, *, checks: list[str], json: bool, **options):
        found = run(checks)
        if json:
            self.stdout.write(as_json(found))
        else:
            for name, problem in found.items():
                self.print_result(name, problem)
        if problems := sum(map(bool, found.values())):
            raise CommandError(f"{problems} of {len(found)} checks failed.")

    def print_result(self, name, problem):
        title = checks.registered[name].title
        if not problem:
            self.stdout.write(f"{self.style.SUCCESS('ok')}       {title}")
        else:
            self.stdout.write(
                f"{self.style.ERROR('problem')}  {title}: {problem}\n         {problem.solution}"
            )


def run(names):
    if unknown := set(names) - checks.registered.keys():
        raise CommandError(
            f"There is no check {', '.join(sorted(unknown))}. There are: {', '.join(checks.registered)}."
        )
    return checks.run(names) if names else checks.run_and_save()


def as_json(found):
    rows = [
        {
            "name": name,
            "title": str(checks.registered[name].title),
            "ok": problem is None,
            "problem": problem and str(problem),
            "solution": problem and problem.solution,
        }
        for name, problem in found.items()
    ]
    return json.dumps({"ok": not any(found.values()), "checks": rows}, indent=2)
