from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from education.forms import SearchForm
from education.models import FailedSearch, TopicPage
from education.search.excerpts import add_excerpts
from education.search.queries import find

RESULTS_A_PAGE = 10
TOPICS_SHOWN = 6  # where nothing was found


@require_safe
def search(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "query": query}
    if query:
        home = Site.find_for_request(request).root_page
        pages = Page.objects.live().public().descendant_of(home, inclusive=True)
        context["found"] = found = find(pages.specific(), query)
        context["results"] = results = Paginator(found.pages, RESULTS_A_PAGE).get_page(
            request.GET.get("page")
        )
        if results.paginator.count:
            add_excerpts(results.object_list, found.words)
        elif request.method == "GET":
            FailedSearch.objects.count_one(query)
    if not context.get("results") or context["found"].is_corrected:
        context["topics"] = TopicPage.objects.readable().in_order()[:TOPICS_SHOWN]
    return render(request, "education/search.html", context)


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('education:search')}?",
        "Disallow: /feedback/",
        "",
        f"Sitemap: {settings.BASE_URL}{reverse('education:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
