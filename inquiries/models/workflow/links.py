"""Linking inquiries that are about the same matter, and unlinking them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from inquiries.choices import EventKind
from inquiries.models.workflow.guard import GuardedChanges

# Two colleagues who link two inquiries with each other would not see the other's link. Both until the
# transaction ends.
ONE_LINK_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('inquiries.link'))"
# Nobody erases either meanwhile; locked in the order in which erasure locks.
KEEP_BOTH = "SELECT FROM inquiries_inquiry WHERE id IN (%s, %s) ORDER BY id FOR KEY SHARE"


class Links(GuardedChanges):
    def link(self: Any, original, *, by, seen) -> None:
        """Record that this is the same matter as `original`. Nothing else changes; it can be undone."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(ONE_LINK_AT_A_TIME)
                cursor.execute(KEEP_BOTH, [self.pk, original.pk])
            with self._change(EventKind.LINKED, by, seen, detail=original.reference):
                original = type(self).objects.filter(pk=original.pk).first()
                if not original:
                    raise ValidationError(_("The other inquiry was erased a moment ago."))
                if self in [original, *original.originals()]:
                    raise ValidationError(_("An inquiry cannot be a duplicate of itself."))
                self.duplicate_of = original

    def originals(self: Any) -> list:
        """Return what it is a duplicate of, what that is one of, and so on; each once."""
        found = []
        step = self.duplicate_of
        while step and step not in found:
            found.append(step)
            step = step.duplicate_of
        return found

    def unlink(self: Any, *, by, seen) -> None:
        original = self.duplicate_of
        with self._change(EventKind.UNLINKED, by, seen, detail=original.reference if original else ""):
            if not self.duplicate_of_id:
                raise ValidationError(_("It is not linked to another inquiry."))
            self.duplicate_of = None
