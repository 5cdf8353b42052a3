from django.core.management import BaseCommand, CommandError

from inquiries.privacy import erasure


class Command(BaseCommand):
    help = (
        "Erases inquiries that have stayed for as long as the clinic's settings say, as the nightly job does:"
        " with their timeline and emails, and never what is on legal hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only list what would be erased, and why.")

        parser.add_argument(
            "--many", action="store_true", help="Erase even where an unusual share of all inquiries would go."
        )

    def handle(self, *, dry_run, many, **options):
        if not dry_run:
            try:
                self.stdout.write(f"{erasure.erase_expired(many=many)}.".capitalize())
            except erasure.ErasureRefused as refusal:
                raise CommandError(str(refusal)) from None
            return
        number = 0
        for reference, why in erasure.reasons():
            number += 1
            self.stdout.write(f"{reference}  {why}")
        self.stdout.write(f"{number} have stayed long enough. Nothing was changed.")
