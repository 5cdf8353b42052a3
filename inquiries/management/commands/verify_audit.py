from django.core.management import BaseCommand, CommandError

from inquiries.models import AccessEntry, AccessHead


class Command(BaseCommand):
    help = (
        "Checks the access log: finds any entry that was changed, removed or cut off."
        " One that was cut off and mended throughout shows against a hash from the server's log: --head HASH."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", action="append", default=[], help="A hash that the log must still hold."
        )

    def handle(self, *, head, **options):
        if broken := AccessEntry.objects.broken():
            raise CommandError(broken)
        for noted in head:
            if not AccessEntry.objects.has(noted):
                raise CommandError(f"The entry with the hash {noted} is gone.")
        self.stdout.write(f"The access log is whole. Newest entry and hash: {AccessHead.objects.get()}")
