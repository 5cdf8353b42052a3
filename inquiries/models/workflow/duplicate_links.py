"""Links between inquiries about the same issue."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from inquiries.choices import EventKind, Status
from inquiries.lookup.search import is_similar_name
from inquiries.models.workflow.guard import GuardedChanges, StaleInquiry

# Two colleagues who link the same inquiries at the same time wouldn't see each other's link. Both locks last
# until the end of the transaction.
LINK_LOCK_SQL = "SELECT pg_advisory_xact_lock(hashtext('inquiries.link'))"
# Prevents erasure. It locks rows in the same order as erasure does.
LOCK_INQUIRIES_SQL = "SELECT FROM inquiries_inquiry WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


class DuplicateLinks(GuardedChanges):
    def link(self: Any, other, *, by, seen, bulk=None, among=()) -> None:
        """Record that this and `other` are about the same issue.

        The original is the one that staff works on, otherwise the older one. The other becomes its
        duplicate, along with its own duplicates. Nothing else changes, and the link can be undone.
        `among` are the ids of all inquiries of a bulk action.
        """
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(LINK_LOCK_SQL)
                cursor.execute(LOCK_INQUIRIES_SQL, [[self.pk, other.pk, *among]])
            other = type(self).objects.filter(pk=other.pk).first()
            if not other:
                raise ValidationError(_("The other inquiry was erased a moment ago."))
            if unseen := list(self.events.filter(pk__gt=seen)):
                raise StaleInquiry(unseen)
            first, second = (inquiry.root() for inquiry in [self, other])
            if first == second:
                raise ValidationError(_("These two are already linked."))
            original, duplicate = sorted([first, second], key=precedence)
            for inquiry in [duplicate, *duplicate.duplicates.all()]:
                inquiry._link_to(original, by, bulk)
            self.refresh_from_db(fields=["duplicate_of"])

    def link_many(self: Any, *, by, seen, bulk) -> None:
        """Link this to the original among the inquiries of `bulk`, if it may be from the same person."""
        if len(bulk.inquiries) < 2:
            raise ValidationError(_("choose at least two"))
        original = min(bulk.inquiries, key=precedence)
        if self.root() == original.root():
            return  # the original itself, or already linked along with another
        if not self.may_be_same_person(original):
            raise ValidationError(
                _("another name, phone and email than %(reference)s"), params={"reference": original}
            )
        self.link(original, by=by, seen=seen, bulk=bulk, among=[inquiry.pk for inquiry in bulk.inquiries])

    def may_be_same_person(self: Any, other) -> bool:
        """Return whether both have the same phone, email address or (nearly) name."""
        same_email = self.email and self.email.casefold() == other.email.casefold()
        same_phone = self.phone and self.phone == other.phone
        return bool(same_email or same_phone or is_similar_name(self.name, other.name))

    def _link_to(self: Any, original, by, bulk):
        with self._change(EventKind.LINKED, by, self.events.last().pk, detail=original.reference, bulk=bulk):
            self.duplicate_of = original

    def root(self: Any) -> Any:
        """Return the original at the end of the links, or itself if it isn't a duplicate."""
        return [self, *self.originals()][-1]

    def originals(self: Any) -> list:
        """Return the original, the original's original, and so on; each once."""
        found = []
        original = self.duplicate_of
        while original and original not in found:
            found.append(original)
            original = original.duplicate_of
        return found

    def unlink(self: Any, *, by, seen) -> None:
        original = self.duplicate_of
        with self._change(EventKind.UNLINKED, by, seen, detail=original.reference if original else ""):
            if not self.duplicate_of_id:
                raise ValidationError(_("It isn't linked to another inquiry."))
            self.duplicate_of = None


def precedence(inquiry: Any) -> tuple:
    """Sort key that puts the original first: one that was taken, then the oldest."""
    return inquiry.status == Status.NEW, inquiry.received_at, inquiry.pk
