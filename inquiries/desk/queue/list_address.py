"""Find the inquiries that a list shows by the list's address."""

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


class ListAddress(NamedTuple):
    tab: str
    query: QueryDict
    search: str


def read_address(address: str, user) -> ListAddress | None:
    """Parse the address of a list; None for any other address."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    tab = match.kwargs.get("view", tabs.DEFAULT)
    if match.view_name not in LISTS or tab not in tabs.TABS:
        return None
    query = QueryDict(parts.query)
    return ListAddress(tab, query, sealed_search.unsealed(query.get(sealed_search.PARAMETER, ""), user))


def inquiries_listed_at(address: str, user) -> InquiryQuerySet:
    """The inquiries that the list at `address` shows to `user`, by its tab, filters and search."""
    listed = read_address(address, user)
    if not listed:
        return Inquiry.objects.none()
    name, query, search = listed
    found = tabs.inquiries_in("all" if search else name, user)
    found = pagination.older(found, query.get(pagination.PARAMETER, ""))
    filters = InquiryFilterSet(query, queryset=found)
    if not filters.is_valid():
        return found.none()
    found = filters.filter_queryset(found)
    return found.search(search) if search else found


def next_to_do(inquiry: Inquiry, user) -> Inquiry | None:
    """The inquiry to open after this one: the first to do that isn't somebody else's."""
    to_do = tabs.inquiries_in(tabs.DEFAULT, user).exclude(pk=inquiry.pk)
    return to_do.filter(Q(assignee=None) | Q(assignee=user)).first()
