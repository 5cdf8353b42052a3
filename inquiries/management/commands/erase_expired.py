from django.core.management import BaseCommand

from inquiries.privacy import erasure


class Command(BaseCommand):
    help = (
        "Erases inquiries that have stayed for as long as the clinic's settings say, as the nightly job does:"
        " with their timeline and letters, and never what is on legal hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only list what would be erased, and why.")

    def handle(self, *, dry_run, **options):
        if not dry_run:
            self.stdout.write(f"{erasure.erase_expired()}.".capitalize())
            return
        number = 0
        for reference, why in erasure.reasons():
            number += 1
            self.stdout.write(f"{reference}  {why}")
        self.stdout.write(f"{number} have stayed long enough. Nothing was changed.")
