import pyrage
from django.core.management import BaseCommand, CommandError

from clinic.operations.backups import BackupError, creation, storage


class Command(BaseCommand):
    help = (
        "Backs up the database and the media files into BACKUP_DIR, copies it to BACKUP_COPY_TO, proves"
        " it by restoring it into a scratch database, and removes old ones (keeping 7 daily, 4 weekly and 12"
        " monthly ones)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-proof", action="store_true", help="Skip the test restore: quicker, before an upgrade."
        )
        parser.add_argument("--new-key", action="store_true", help="Only print a new key for BACKUP_KEY.")

    def handle(self, *, no_proof: bool, new_key: bool, **options):
        if new_key:
            self.stdout.write(str(pyrage.x25519.Identity.generate()))
            return
        try:
            self.back_up(prove=not no_proof)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def back_up(self, *, prove: bool):
        backup = creation.create()
        self.stdout.write(f"{storage.primary().path(backup.archive)}: {backup.size:,} bytes.")
        try:
            creation.copy(backup)
        finally:  # also while the second location can't be reached
            if prove:
                creation.prove(backup)
                self.stdout.write(f"Proven by restoring it, in {backup.proof_seconds:.1f} s.")
            for name in storage.remove_old(storage.primary()):
                self.stdout.write(f"Removed {name}.")
            creation.delete_stale_records()
        creation.remove_old_copies(backup)
