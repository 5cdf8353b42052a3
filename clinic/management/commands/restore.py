from pathlib import Path

from django.core.management import BaseCommand, CommandError

from clinic.operations.backups import BackupError, restoring


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty database, with its media files, and repeats the erasures made since."
        " Refuses a damaged backup, one of a newer version, or one with another key, and explains why."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="Only check whether it can be restored.")

    def handle(self, *, file: Path, check: bool, **options):
        try:
            manifest = restoring.check(file) if check else restoring.restore(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        if check:
            return
        rows, media = sum(manifest["counts"].values()), manifest["media"]
        self.stdout.write(f"Restored {rows:,} rows and {media:,} files, as of {manifest['made_at']}.")
        self.stdout.write(f"Erased again: {manifest['erased_again']}.")
        self.stdout.write(
            "Accounts, roles and passwords are the backup's: close accounts again that were closed since."
        )
