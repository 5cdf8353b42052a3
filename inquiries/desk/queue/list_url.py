"""Lookup of the inquiries that a list shows, by the list's URL."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import QueryDict
from django.urls import Resolver404, resolve

from inquiries.desk.queue import pagination, sealed_search, tabs
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.models import Inquiry
from inquiries.models.inquiry.querysets import InquiryQuerySet

LISTS = {f"inquiry:{name}" for name in ["index", "index_results", "view", "view_results"]}


class ListURL(NamedTuple):
    tab: str
    query: QueryDict
    search: str


def parse_list_url(url: str, user) -> ListURL | None:
    """Return the parsed URL of a list, or None if it's any other URL."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    tab = match.kwargs.get("view", tabs.DEFAULT)
    if match.view_name not in LISTS or tab not in tabs.TABS:
        return None
    query = QueryDict(parts.query)
    return ListURL(tab, query, sealed_search.unseal_search(query.get(sealed_search.PARAMETER, ""), user))


def inquiries_listed_at(url: str, user) -> InquiryQuerySet:
    """Return the inquiries that the list at `url` shows to `user`."""
    listed = parse_list_url(url, user)
    if not listed:
        return Inquiry.objects.none()
    name, query, search = listed
    found = tabs.inquiries_in("all" if search else name, user)
    found = pagination.older_than(found, query.get(pagination.PARAMETER, ""))
    filters = InquiryFilterSet(query, queryset=found)
    if not filters.is_valid():
        return found.none()
    found = filters.filter_queryset(found)
    return found.search(search) if search else found


def next_to_do(inquiry: Inquiry, user) -> Inquiry | None:
    """Return the inquiry to work on after this one: the first unassigned one or the user's own."""
    to_do = tabs.inquiries_in(tabs.DEFAULT, user).exclude(pk=inquiry.pk)
    return to_do.filter(Q(assignee=None) | Q(assignee=user)).first()
