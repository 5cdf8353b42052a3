"""Checks of a restored backup's access log, and erasures to repeat in it."""

from django.db import transaction
from django.utils import timezone

from clinic.operations.backups import BackupError, creation, erasures
from clinic.operations.checks.configuration import readable_messages
from inquiries.models import AccessEntry, Inquiry
from inquiries.privacy import erasure

creation.proofs.append(readable_messages)


def check_access_log() -> None:
    if broken := AccessEntry.objects.first_error():
        raise BackupError(f"The access log is broken: {broken}")


creation.proofs.append(check_access_log)


@transaction.atomic
def erase_again(uuids: list[str]) -> int:
    """Erase what was erased after the backup, even if the backup has it on hold or unopened."""
    found = Inquiry.objects.select_for_update().filter(uuid__in=uuids)
    found.update(on_hold=False, unread_since=None)
    found.filter(opened_at=None).update(opened_at=timezone.now())
    ids = list(found.values_list("pk", flat=True))
    erasure.erase(ids, by=None, why="restored")
    return len(ids)


erasures.replays["inquiry"] = erase_again
