"""Numbers of questions by page and topic, for editors, who never see an inquiry."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Page

from inquiries.choices import Status
from inquiries.models import Inquiry, Topic
from inquiries.reports.numbers import MIN_SHOWN

PERIOD = timedelta(days=90)


def question_counts(pages: Iterable[Page]) -> dict[int, list[tuple[str, int]]]:
    """Return {page_id: [(topic, number), …]}, the most frequent topics first, without spam.

    Topics with fewer than MIN_SHOWN questions are left out: "fewer than 5" would reveal that someone wrote.
    """
    recent = Inquiry.objects.filter(page__in=pages, received_at__gte=timezone.now() - PERIOD)
    genuine = recent.exclude(Q(status=Status.SPAM) | Q(probably_spam=True))
    rows = genuine.order_by().values_list("page", "topic").annotate(number=Count("pk"))
    labels = dict(Topic.objects.values_list("code", "label"))
    counts: dict[int, list[tuple[str, int]]] = {}
    for page, topic, number in rows.filter(number__gte=MIN_SHOWN).order_by("-number", "topic"):
        counts.setdefault(page, []).append((labels[topic], number))
    return counts
