"""Data of the search: synonyms, the words of all pages, searches that found nothing."""

import re
from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from clinic.models.fields import InternalModel
from education.models.checks import WordPair

# What may be a term: a few words of letters. Addresses, numbers and whole sentences are somebody's own.
TERM = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
LONGEST_TERM = 60
MAX_A_DAY = 500  # different terms; a flood of others isn't counted
ONCE_KEPT_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=365)


class SearchSynonym(WordPair):
    """What patients type and our pages say in other words."""

    typed = models.CharField(
        _("what patients type"),
        max_length=60,
        unique=True,
        help_text=_("One word or a phrase, in small letters, for example: side effects"),
    )
    searched = models.CharField(
        _("what our pages say"),
        max_length=60,
        help_text=_("Search looks for this instead, for example: risks"),
    )

    panels = ["typed", "searched"]

    class Meta:
        verbose_name = _("search synonym")
        ordering = ["typed"]

    def __str__(self):
        return f"{self.typed} → {self.searched}"


class SearchWord(InternalModel):
    """A word that some public page has: what a mistyped one may have been meant to be."""

    word = models.CharField(max_length=60, primary_key=True)

    class Meta(InternalModel.Meta):
        indexes = [GinIndex(fields=["word"], name="search_word_alike", opclasses=["gin_trgm_ops"])]


class FailedSearchQuerySet(models.QuerySet):
    def count_one(self, query: str) -> None:
        """Count a search that found nothing, unless it may say who searched."""
        term = " ".join(query.casefold().split())
        if len(term) > LONGEST_TERM or not TERM.fullmatch(term):
            return
        today = timezone.localdate()
        digest = salted_hmac("education.FailedSearch", term, algorithm="sha256").hexdigest()
        if self.filter(day=today, digest=digest).update(number=F("number") + 1):
            return
        known = self.filter(Q(day=today) | Q(digest=digest)).aggregate(
            today=Count("pk", filter=Q(day=today)), before=Count("pk", filter=Q(digest=digest))
        )
        if known["today"] < MAX_A_DAY:
            new = self.model(day=today, digest=digest, term=term if known["before"] else "", number=1)
            self.bulk_create([new], ignore_conflicts=True)  # another process may count it right now

    def report(self) -> models.QuerySet:
        """Each term that was searched for on two days or more, the most frequent first."""
        terms = self.values("digest").annotate(words=Max("term"), times=Sum("number"), last=Max("day"))
        return terms.exclude(words="").order_by("-times", "words")

    def forget(self) -> None:
        today = timezone.localdate()
        self.filter(day__lt=today - KEPT_FOR).delete()
        repeated = self.exclude(term="").values("digest")
        self.filter(day__lt=today - ONCE_KEPT_FOR).exclude(digest__in=repeated).delete()


class FailedSearch(InternalModel):
    """How often nothing was found for a term on one day. Nobody can tell who searched.

    A term is written down only when it comes again on another day: what one person alone would type, like
    a name, stays a keyed hash and is deleted after a month.
    """

    day = models.DateField()
    digest = models.CharField(max_length=64, db_index=True)
    term = models.CharField(max_length=LONGEST_TERM, blank=True)
    number = models.PositiveIntegerField(default=0)

    objects = FailedSearchQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["day", "digest"], name="failed_search_once_a_day")]
