"""Saved views of the queue: a tab with filters, order and search, under a name."""

from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import log

from inquiries.desk.forms import get_unique_errors
from inquiries.desk.queue import sealed_search, tabs
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.desk.queue.list_url import ListURL, parse_list_url
from inquiries.models import SavedView
from inquiries.models.staff.saved_view import MAX_QUERY_LENGTH
from inquiries.privacy.logged_views import LoggedViewMixin


class SavedViewForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(
        label=_("Name of this view"),
        max_length=60,
        error_messages={"required": _("Enter a name for the view.")},
        help_text=_("Don't use a patient's name."),
    )
    is_shared = forms.BooleanField(label=_("For everyone"), required=False)


class Link(NamedTuple):
    view: SavedView
    url: str
    is_current: bool
    can_remove: bool


def filters_in(query: QueryDict) -> str:
    """Return only the filters and the order of a list's query string."""
    filters = query.copy()
    names = tuple(f"{name}_" for name in InquiryFilterSet.base_filters)
    for key in query:
        if key != "ordering" and not f"{key}_".startswith(names):
            del filters[key]
    return filters.urlencode()


def url_of(view: SavedView, user: User) -> str:
    """Return the view's URL, with its search sealed for `user` as if they had searched themselves."""
    query = QueryDict(view.query, mutable=True)
    if search := sealed_search.seal_search(view.get_search_display(), user):
        query[sealed_search.PARAMETER] = search
    url = reverse("inquiry:view", args=[view.tab])
    return f"{url}?{query.urlencode()}" if query else url


def links_for(user: User, current_url: str) -> list[Link]:
    listed = parse_list_url(current_url, user)
    current = listed and (listed.tab, filters_in(listed.query), listed.search)
    return [
        Link(
            view,
            url_of(view, user),
            current == (view.tab, view.query, view.get_search_display()),
            view.can_be_removed_by(user),
        )
        for view in SavedView.objects.visible_to(user)
        if view.tab in tabs.TABS
    ]


class SaveView(LoggedViewMixin, View):
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the queue after a sign-in that interrupted saving."""
        return redirect("inquiry:index")

    def post(self, request: HttpRequest) -> HttpResponse:
        form, listed = SavedViewForm(request.POST), parse_list_url(request.POST.get("address", ""), self.user)
        if not listed:
            return redirect("inquiry:index")
        if form.is_valid():
            try:
                view = self.save(listed, **form.cleaned_data)
                messages.success(request, _("View saved."))
                return redirect(url_of(view, self.user))
            except ValidationError as error:
                form.add_error(None, error)
        messages.error(request, " ".join(get_unique_errors([form])))
        return redirect(f"{reverse('inquiry:view', args=[listed.tab])}?{listed.query.urlencode()}")

    def save(self, listed: ListURL, **fields: Any) -> SavedView:
        query = filters_in(listed.query)
        if len(query) > MAX_QUERY_LENGTH:
            raise ValidationError(_("That's too many filters to save. Remove some first."))
        view = SavedView.objects.store(self.user, tab=listed.tab, query=query, search=listed.search, **fields)
        log(instance=view, action="wagtail.create", user=self.user)
        return view


class RemoveView(LoggedViewMixin, View):
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("inquiry:index")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = get_object_or_404(SavedView.objects.visible_to(self.user), pk=pk)
        if not view.can_be_removed_by(self.user):
            raise PermissionDenied
        log(instance=view, action="wagtail.delete", user=self.user)
        view.delete()
        messages.success(request, _("View removed."))
        return redirect("inquiry:index")
