"""Models of the search: synonyms, indexed words and failed searches."""

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

# One to four words of letters. Addresses, numbers and sentences could identify the person who searched.
TERM = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
MAX_TERM_LENGTH = 60
MAX_TERMS_PER_DAY = 500  # further terms are ignored
SINGLE_DAY_RETENTION = timedelta(days=30)
RETENTION = timedelta(days=365)


class SearchSynonym(WordPair):
    """A term that patients type, with the term that pages use for it."""

    typed = models.CharField(
        _("what patients type"),
        max_length=60,
        unique=True,
        help_text=_("A word or a phrase in lowercase, for example: side effects"),
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
    """A word on a public page, used to correct typing errors."""

    word = models.CharField(max_length=60, primary_key=True)

    class Meta(InternalModel.Meta):
        indexes = [GinIndex(fields=["word"], name="search_word_alike", opclasses=["gin_trgm_ops"])]


class FailedSearchQuerySet(models.QuerySet):
    def record(self, query: str) -> None:
        """Count a search that found nothing, unless it could identify the person who searched."""
        term = " ".join(query.casefold().split())
        if len(term) > MAX_TERM_LENGTH or not TERM.fullmatch(term):
            return
        today = timezone.localdate()
        digest = salted_hmac("education.FailedSearch", term, algorithm="sha256").hexdigest()
        if self.filter(day=today, digest=digest).update(number=F("number") + 1):
            return
        counts = self.filter(Q(day=today) | Q(digest=digest)).aggregate(
            today=Count("pk", filter=Q(day=today)), before=Count("pk", filter=Q(digest=digest))
        )
        if counts["today"] < MAX_TERMS_PER_DAY:
            new = self.model(day=today, digest=digest, term=term if counts["before"] else "", number=1)
            self.bulk_create([new], ignore_conflicts=True)  # another process may insert it first

    def report(self) -> models.QuerySet:
        """Return each term searched for on two days or more, the most frequent first."""
        terms = self.values("digest").annotate(words=Max("term"), times=Sum("number"), last=Max("day"))
        return terms.exclude(words="").order_by("-times", "words")

    def delete_expired(self) -> None:
        today = timezone.localdate()
        self.filter(day__lt=today - RETENTION).delete()
        repeated = self.exclude(term="").values("digest")
        self.filter(day__lt=today - SINGLE_DAY_RETENTION).exclude(digest__in=repeated).delete()


class FailedSearch(InternalModel):
    """The number of failed searches for a term on one day.

    A term is stored in plain text only when it's searched again on another day. Until then, it's a keyed
    hash that is deleted after a month, so that names and the like are never readable.
    """

    day = models.DateField()
    digest = models.CharField(max_length=64, db_index=True)
    term = models.CharField(max_length=MAX_TERM_LENGTH, blank=True)
    number = models.PositiveIntegerField(default=0)

    objects = FailedSearchQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["day", "digest"], name="failed_search_once_a_day")]
