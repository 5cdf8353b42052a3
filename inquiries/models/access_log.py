"""The access log: append-only, each view and change of an inquiry, chained by hashes.

The database itself numbers, times and chains the entries, logs each change that a colleague makes, and
refuses to change or remove an entry (migration 0002). This module logs views, and reads and checks entries.
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
MAX_INQUIRIES_PER_ENTRY = 10_000  # inquiries in an entry; a larger export makes several


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
        """Record who is shown which inquiries. Do it last in a transaction: it waits for other writers.

        `by` is None for a scheduled job. A search that finds nobody is recorded, too. `newest_shown` is the
        patient's newest addition that each inquiry's page showed: later ones don't count as opened.
        """
        person, name = (by.pk, display_name(by)) if by else (0, gettext("Retention"))
        most = len(inquiry_ids) or (1 if kind == AccessKind.SEARCHED else 0)
        for start in range(0, most, MAX_INQUIRIES_PER_ENTRY):
            some = list(inquiry_ids[start : start + MAX_INQUIRIES_PER_ENTRY])
            newest = [(newest_shown or {}).get(pk, 0) for pk in some] if kind in OPENING_KINDS else None
            self.create(
                kind=kind,
                person=person,
                person_name=name,
                inquiries=some,
                newest_shown=newest,
                detail=detail,
            )

    def about(self, inquiry_id):
        return self.filter(inquiries__contains=[inquiry_id])

    def first_error(self):
        """The first thing wrong with the chain, as a sentence; "" if all entries are as they were written.

        Reads entries up to the current head only, because a live site writes more meanwhile. If someone cut
        off the newest entries and mended the head, only a hash noted elsewhere shows it: see `has`.
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
        """Whether an entry with this hash, noted outside the database, is still there."""
        return self.filter(hash=noted_hash).exists()


class AccessEntry(models.Model):
    position = models.BigIntegerField(primary_key=True, db_default=0)
    at = models.DateTimeField(_("when"), db_default=Now())
    kind = models.CharField(_("what"), max_length=10, choices=AccessKind)
    # The account's number and name as they were: the entry outlives the account and the inquiry.
    person = models.BigIntegerField()
    person_name = models.CharField(_("who"), max_length=200)
    inquiries = ArrayField(models.BigIntegerField())
    # For the trigger that marks them as opened (migration 0051), and not kept: of each whose page was shown,
    # the id of the patient's newest addition there, or 0.
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
        """As the database computes it when the entry is written (migration 0002)."""
        ids = ",".join(str(pk) for pk in self.inquiries)
        name = self.person_name.encode().hex()
        at = self.at.strftime("%Y-%m-%dT%H:%M:%S.%f")
        text = f"{self.position}|{at}|{self.kind}|{self.person}|{name}|{ids}|{self.detail}|{self.previous}"
        return hashlib.sha256(text.encode()).hexdigest()


class AccessHead(models.Model):
    """One row: the newest entry's position and hash. It moves forward one entry at a time."""

    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=INITIAL_HASH)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.position} {self.hash}"
