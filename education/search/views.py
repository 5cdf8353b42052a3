"""The search page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from education.models import ArticleIndexPage, FailedSearch
from education.models.base import has_review
from education.models.topics import readable_topics
from education.search.excerpts import add_excerpts
from education.search.queries import find

MAX_QUERY_LENGTH = 200
RESULTS_PER_PAGE = 10
MAX_TOPICS = 6  # shown if nothing was found


class SearchForm(forms.Form):
    """Refuses queries that the database can't handle, such as NUL bytes."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=MAX_QUERY_LENGTH,
        error_messages={
            "max_length": _("That is too long to search for. Try a few words."),
            "null_characters_not_allowed": _(
                "A character in this text cannot be searched for. Type the words again."
            ),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "query": query}
    if query:
        home = Site.find_for_request(request).root_page
        pages = Page.objects.live().public().descendant_of(home, inclusive=True)
        context["found"] = found = find(pages.specific(), query)
        context["about_clinic"] = found.clinic_answer_language(query)
        context["results"] = results = Paginator(found.pages, RESULTS_PER_PAGE).get_page(
            request.GET.get("page")
        )
        if results.paginator.count:
            add_excerpts(results.object_list, found.words)
            mark_reviewed(results.object_list)
        elif request.method == "GET":
            FailedSearch.objects.record(query)
    if not context.get("results") or context["found"].is_corrected:
        context["topics"] = readable_topics()[:MAX_TOPICS]
        context["all_articles"] = ArticleIndexPage.objects.readable().in_tree_order().first()
    return render(request, "education/search.html", context)


def mark_reviewed(pages: Iterable[Page]) -> None:
    """Set each page's `is_reviewed`, which is also true for pages that need no review."""
    reviewed = Page.objects.filter(has_review(), pk__in=[page.pk for page in pages])
    reviewed = set(reviewed.values_list("pk", flat=True))
    for page in pages:
        page.is_reviewed = page.pk in reviewed or not page.contains_medical_claims
