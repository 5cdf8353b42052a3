"""The access log: an append-only, hash-chained record of each view and change of an inquiry.

Database triggers number, date and chain the entries, log the changes that staff make, and refuse to change
or delete entries (migration 0002). This module logs views, and reads and verifies entries.
"""

import hashlib
from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_lazy as _

from clinic.accounts.names import display_name

INITIAL_HASH = "0" * 64
MAX_INQUIRIES_PER_ENTRY = 10_000  # a larger export is split into several entries


class AccessKind(models.TextChoices):
    LISTED = "listed", _("listed")
    SEARCHED = "searched", _("found by a search")
    VIEWED = "viewed", _("viewed")
    PRINTED = "printed", _("printed")
    EXPORTED = "exported", _("exported")
    CHANGED = "changed", _("changed")
    ERASED = "erased", _("erased")


OPENING_KINDS = [AccessKind.VIEWED, AccessKind.PRINTED]


class AccessEntryQuerySet(models.QuerySet):
    def record(self, kind, by, inquiry_ids, detail="", newest_shown: Mapping[int, int] | None = None):
        """Record that `by`, or a scheduled job if None, accessed the inquiries.

        Call it last in a transaction, because it waits for other writers. A search is recorded even if it
        finds nothing. `newest_shown` maps each inquiry whose page was shown to the patient's newest message
        on it; the trigger doesn't mark later messages as opened.
        """
        person, name = (by.pk, display_name(by)) if by else (0, gettext("Retention"))
        stop = len(inquiry_ids) or (1 if kind == AccessKind.SEARCHED else 0)
        for start in range(0, stop, MAX_INQUIRIES_PER_ENTRY):
            ids = list(inquiry_ids[start : start + MAX_INQUIRIES_PER_ENTRY])
            newest = [(newest_shown or {}).get(pk, 0) for pk in ids] if kind in OPENING_KINDS else None
            self.create(
                kind=kind,
                person=person,
                person_name=name,
                inquiries=ids,
                newest_shown=newest,
                detail=detail,
            )

    def about(self, inquiry_id):
        return self.filter(inquiries__contains=[inquiry_id])

    def first_error(self):
        """Return a sentence about the first broken entry, or "" if the chain is intact.

        Stops at the current head, because a live site keeps adding entries. If the newest entries were cut
        off and the head adjusted, only a hash recorded elsewhere reveals it: see `contains_hash`.
        """
        head = AccessHead.objects.filter(pk=1).first()
        entries = self.filter(position__lte=head.position) if head else self
        position, previous = 0, INITIAL_HASH
        for entry in entries.order_by("position").iterator():
            position += 1
            if entry.position != position:
                return f"Entry {position} is missing."
            if entry.previous != previous or entry.hash != entry.computed_hash():
                return f"Entry {position} has been changed."
            previous = entry.hash
        if head is None or (head.position, head.hash) != (position, previous):
            return f"Entries after {position} have been cut off."
        return ""

    def contains_hash(self, noted_hash):
        """Return whether an entry still has this hash, which was recorded outside the database."""
        return self.filter(hash=noted_hash).exists()


class AccessEntry(models.Model):
    position = models.BigIntegerField(primary_key=True, db_default=0)
    at = models.DateTimeField(_("when"), db_default=Now())
    kind = models.CharField(_("what"), max_length=10, choices=AccessKind)
    # A copy of the account's id and name, because entries outlive accounts and inquiries.
    person = models.BigIntegerField()
    person_name = models.CharField(_("who"), max_length=200)
    inquiries = ArrayField(models.BigIntegerField())
    # Input of the trigger that marks inquiries as opened (migration 0051), never stored: for each inquiry
    # shown, the id of the patient's newest message on the page, or 0.
    newest_shown = ArrayField(models.BigIntegerField(), null=True)
    detail = models.CharField(max_length=20, blank=True)
    previous = models.CharField(max_length=64, db_default="")
    hash = models.CharField(max_length=64, db_default="")

    objects = AccessEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("access entry")
        verbose_name_plural = _("access entries")
        ordering = ["-position"]
        default_permissions = ("view",)
        indexes = [
            GinIndex(fields=["inquiries"], name="access_inquiries"),
            models.Index(fields=["person", "-position"], name="access_person"),
        ]

    def __str__(self):
        return f"{self.position}: {self.kind}"

    def computed_hash(self):
        """Return the hash that the database computed when it wrote this entry (migration 0002)."""
        ids = ",".join(str(pk) for pk in self.inquiries)
        name = self.person_name.encode().hex()
        at = self.at.strftime("%Y-%m-%dT%H:%M:%S.%f")
        text = f"{self.position}|{at}|{self.kind}|{self.person}|{name}|{ids}|{self.detail}|{self.previous}"
        return hashlib.sha256(text.encode()).hexdigest()


class AccessHead(models.Model):
    """A single row with the newest entry's position and hash. It advances by one entry at a time."""

    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=INITIAL_HASH)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.position} {self.hash}"
