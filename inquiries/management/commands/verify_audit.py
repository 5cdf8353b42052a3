from django.core.management import BaseCommand, CommandError

from inquiries.models import AccessEntry, AccessHead


class Command(BaseCommand):
    help = (
        "Checks the access log for entries that were changed, removed or cut off. To detect a log whose end"
        " was rewritten, pass a hash from the server's log: --head HASH."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", action="append", default=[], help="A hash that the access log must contain."
        )

    def handle(self, *, head, **options):
        if broken := AccessEntry.objects.first_error():
            raise CommandError(broken)
        for expected in head:
            if not AccessEntry.objects.contains_hash(expected):
                raise CommandError(f"The entry with the hash {expected} is gone.")
        self.stdout.write(f"The access log is intact. Newest entry and hash: {AccessHead.objects.get()}")
