from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, Table
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from inquiries.desk import alerts
from inquiries.desk.actions import bulk_summary
from inquiries.desk.queue import pagination, sealed_search, tabs
from inquiries.desk.queue.export import InquiryExport
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.desk.queue.saved_views import SavedViewForm, links_for
from inquiries.models import AccessKind, BulkAction, Inquiry
from inquiries.models.event import mark_unanswered
from inquiries.models.inquiry.querysets import MAX_FOUND
from inquiries.permissions import SHARE_VIEWS
from inquiries.privacy.logged_views import LoggedViewMixin


class QueueColumn(Column):
    """A column rendered with the template of its name in inquiries/admin/cells/."""

    @property
    def cell(self) -> str:
        return f"inquiries/admin/cells/{self.name}.html"


class CheckboxColumn(QueueColumn, BulkActionsCheckboxColumn):
    pass


MAX_PROBABLE_SPAM = 20  # inquiries shown below the list


class QueueTable(Table):
    """Table with Wagtail's column headers and our own rows; rendering cell by cell takes twice as long."""

    template_name = "inquiries/admin/queue.html"


class InquiryListing(LoggedViewMixin, InquiryExport, generic.IndexView):
    model = Inquiry
    is_searchable = False  # Wagtail's form would put names into URLs; post() handles searches
    paginator_class = pagination.CappedPaginator
    filterset_class = InquiryFilterSet
    template_name = "inquiries/admin/listing.html"
    results_template_name = "inquiries/admin/listing_results.html"
    table_class = QueueTable
    table_classname = "listing inquiry-queue"

    @cached_property
    def columns(self):
        due_sort = None if self.view_name in tabs.ARCHIVE else "due_at"
        columns = [
            QueueColumn("who", label=_("Who"), classname="title inquiry-name-cell"),
            QueueColumn("about", label=_("About"), classname="inquiry-about-cell"),
            QueueColumn("next", label=_("Next"), classname="inquiry-next-cell", sort_key=due_sort),
            QueueColumn("status", label=_("Status"), classname="inquiry-status-cell"),
            QueueColumn("assignee", label=_("Assigned to")),
            QueueColumn(
                "received", label=_("Received"), classname="inquiry-received-cell", sort_key="received_at"
            ),
        ]
        if self.user_has_permission("handle"):
            columns.insert(0, CheckboxColumn("bulk_actions", obj_type="inquiry"))
        return columns

    @cached_property
    def view_name(self):
        """The current tab; a search covers all inquiries."""
        name = self.kwargs.get("view", tabs.DEFAULT)
        if name not in tabs.TABS:
            raise Http404
        return "all" if self.is_searching else name

    def get_index_url(self):
        return self._url_of("index", "view")

    def get_index_results_url(self):
        return self._url_of("index_results", "view_results")

    def _url_of(self, default, named):
        name = self.kwargs.get("view")
        return reverse(f"inquiry:{named}", args=[name]) if name else reverse(f"inquiry:{default}")

    def get_base_queryset(self):
        found = tabs.inquiries_in(self.view_name, self.request.user).select_related("assignee")
        return pagination.older_than(found, self.before)

    @property
    def before(self):
        return self.request.GET.get(pagination.PARAMETER, "")

    @cached_property
    def search_query(self):
        sealed = self.request.GET.get(sealed_search.PARAMETER, "")
        return sealed_search.unseal_search(sealed, self.request.user)

    def search_queryset(self, queryset):
        return queryset.search(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission("handle"):
            return []
        return [HeaderButton(_("Enter a call or visit"), url=reverse("inquiry:enter"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if not self.user_has_permission("person"):
            return buttons
        person = reverse("inquiry:person")
        return [*buttons, Button(_("Everything about a person"), url=person, icon_name="user")]

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return _(
                "No one found. Try fewer letters, or part of the phone number."
                " Messages and notes are encrypted, so they can't be searched."
            )
        return tabs.TABS[self.view_name].empty_text

    def get(self, request, *args, **kwargs):
        if self.is_export:
            if not self.may_export:
                raise PermissionDenied
            return self.export(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Redirect to the search results, keeping the current filters."""
        query = self.get_filter_query()
        if sealed := sealed_search.seal_search(request.POST.get("q", ""), request.user):
            query[sealed_search.PARAMETER] = sealed
        return redirect(f"{self.index_url}?{query.urlencode()}")

    def get_context_data(self, **kwargs):
        # The full page's URL, even if a script requested only the results.
        url = f"{self.index_url}?{self.request.GET.urlencode()}"
        # Take the bookmark before querying the list, so that concurrent changes count as unseen.
        context = super().get_context_data(
            newest=alerts.bookmark(),
            view_name=self.view_name,
            find_form=sealed_search.SearchForm(initial={"q": self.search_query}),
            found=self.request.GET.get(sealed_search.PARAMETER, "") if self.is_searching else "",
            is_searching=self.is_searching,
            tabs=self.get_tabs(),
            tab_query=self.get_tab_query(),
            app_label="inquiries",
            model_name="inquiry",
            may_handle=self.user_has_permission("handle"),
            list_url=url,
            saved_views=links_for(self.request.user, url),
            save_form=SavedViewForm(),
            may_share=self.request.user.has_perm(SHARE_VIEWS),
            **self.get_undoable(),
            **kwargs,
        )
        self.shown = [inquiry.pk for inquiry in context["object_list"]]
        mark_unanswered(context["object_list"])
        self.access = AccessKind.SEARCHED if self.is_searching else AccessKind.LISTED
        count = context["items_count"]
        context["is_capped"] = count >= pagination.MAX_LISTED
        is_found_capped = self.is_searching and count >= MAX_FOUND
        context["count_text"] = f"{count:,}+" if is_found_capped or context["is_capped"] else count
        context["can_page"] = self.view_name in tabs.ARCHIVE and not self.is_explicitly_ordered
        page = context["page_obj"]
        if context["is_capped"] and context["can_page"] and not page.has_next():
            *_, last = context["object_list"]
            context["older"] = pagination.cursor_for(last)
        context["before"] = pagination.parse_cursor(self.before)
        context |= self.get_probably_spam()
        return context

    def get_probably_spam(self):
        """Return the context for the collapsed group below the first tab."""
        if self.view_name != tabs.DEFAULT:
            return {}
        found = list(tabs.probable_spam()[: MAX_PROBABLE_SPAM + 1])
        number = len(found)
        if number > MAX_PROBABLE_SPAM:
            number = tabs.format_count(tabs.probable_spam().order_by().count())
        shown = found[:MAX_PROBABLE_SPAM]
        self.listed = [inquiry.pk for inquiry in shown]
        return {"probably_spam": shown, "probably_spam_number": number}

    def get_undoable(self):
        last = BulkAction.objects.undoable_by(self.request.user)
        return {"undoable": last, "undoable_text": bulk_summary(last)} if last else {}

    def get_tab_query(self) -> str:
        """Return the filters as a query string for links to the other tabs."""
        query = self.get_filter_query()
        query.pop("ordering", None)
        return f"?{query.urlencode()}" if query else ""

    def get_filter_query(self) -> QueryDict:
        """Return the current filters and order, without search and page."""
        query = self.request.GET.copy()
        for name in [sealed_search.PARAMETER, pagination.PARAMETER, self.page_kwarg]:
            query.pop(name, None)
        return query

    def get_tabs(self):
        counts = tabs.tab_counts(self.request.user)
        return [(view, counts.get(view.name, "")) for view in tabs.TABS.values()]
