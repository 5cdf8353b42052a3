"""Count questions by page and topic, for editors, who never see an inquiry."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Page

from inquiries.choices import Status
from inquiries.models import Inquiry, Topic

LATELY = timedelta(days=90)


def questions_of(pages: Iterable[Page]) -> dict[int, list[tuple[str, int]]]:
    """{page's key: [(topic, how many), …]}, the most frequent first, without what looks like spam."""
    lately = Inquiry.objects.filter(page__in=pages, received_at__gte=timezone.now() - LATELY)
    honest = lately.exclude(Q(status=Status.SPAM) | Q(probably_spam=True))
    rows = honest.order_by().values_list("page", "topic").annotate(number=Count("pk"))
    labels = dict(Topic.objects.values_list("code", "label"))
    counts: dict[int, list[tuple[str, int]]] = {}
    for page, topic, number in rows.order_by("-number", "topic"):
        counts.setdefault(page, []).append((labels[topic], number))
    return counts
