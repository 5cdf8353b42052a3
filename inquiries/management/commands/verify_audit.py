from django.core.management import BaseCommand, CommandError

from inquiries.models import AccessEntry, AccessHead


class Command(BaseCommand):
    help = (
        "Checks the access log for entries that were changed, removed or cut off. To detect a log that was"
        " rewritten from some entry on, name a hash that the server's log holds: --head HASH."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", action="append", default=[], help="A hash that the access log must still contain."
        )

    def handle(self, *, head, **options):
        if broken := AccessEntry.objects.first_error():
            raise CommandError(broken)
        for noted in head:
            if not AccessEntry.objects.contains_hash(noted):
                raise CommandError(f"The entry with the hash {noted} is gone.")
        self.stdout.write(f"The access log is whole. Newest entry and hash: {AccessHead.objects.get()}")
