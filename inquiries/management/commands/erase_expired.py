from django.core.management import BaseCommand, CommandError

from inquiries.privacy import erasure


class Command(BaseCommand):
    help = (
        "Erases expired inquiries with their timeline and emails, as the nightly job does."
        " Settings → Retention says when they expire; those on legal hold never do."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only list what would be erased, and why.")
        parser.add_argument(
            "--many", action="store_true", help="Erase even an unusually large share of all inquiries."
        )

    def handle(self, *, dry_run, many, **options):
        if not dry_run:
            try:
                self.stdout.write(f"{erasure.erase_expired(many=many)}.".capitalize())
            except erasure.ErasureRefused as refusal:
                raise CommandError(str(refusal)) from None
            return
        number = 0
        for reference, reason in erasure.expiry_reasons():
            number += 1
            self.stdout.write(f"{reference}  {reason}")
        self.stdout.write(f"{number} have expired. Nothing was changed.")
