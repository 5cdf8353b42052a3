from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from education.forms import SearchForm
from education.search.suggestions import similar_pages
from education.search.synonyms import in_our_words

RESULTS_A_PAGE = 10


@require_safe
def search(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": query}
    if query:
        home = Site.find_for_request(request).root_page
        pages = Page.objects.live().public().descendant_of(home, inclusive=True)
        found, context["has_all_words"] = _found(pages.specific(), query)
        context["results"] = Paginator(found, RESULTS_A_PAGE).get_page(request.GET.get("page"))
        if not context["results"].paginator.count:
            context["similar"] = similar_pages(pages, query)
    return render(request, "education/search.html", context)


def _found(pages, query):
    """(what is found, whether it has all words of the query, or of what our pages say for them)"""
    found = pages.search(query, operator="and")
    if found.count():
        return found, True
    meant = in_our_words(query)
    if meant != query.casefold():
        found = pages.search(meant, operator="and")
        if found.count():
            return found, True
    # People ask whole questions; pages seldom have all of their words.
    return pages.search(meant, operator="or"), False


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('education:search')}?",
        "",
        f"Sitemap: {settings.BASE_URL}{reverse('education:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
