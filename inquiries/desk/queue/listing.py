from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, Table
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from inquiries.choices import OPEN
from inquiries.desk import alerts
from inquiries.desk.actions import done_text
from inquiries.desk.queue import pagination, sealed_search, tabs
from inquiries.desk.queue.export import InquiryExport
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.desk.queue.saved_views import SavedViewForm, links_for
from inquiries.models import AccessKind, BulkAction, Inquiry, InquiryEvent
from inquiries.models.event import unanswered
from inquiries.models.inquiry.querysets import MAX_FOUND
from inquiries.permissions import SHARE_VIEWS
from inquiries.privacy.logged_views import LoggedViewMixin


class QueueColumn(Column):
    """A column whose cells are drawn by a template of its name, in inquiries/admin/cells/."""

    @property
    def cell(self) -> str:
        return f"inquiries/admin/cells/{self.name}.html"


class CheckboxColumn(QueueColumn, BulkActionsCheckboxColumn):
    pass


MAX_GROUPED = 20  # probably spam, shown below the list


class QueueTable(Table):
    """Wagtail's column headers over our own rows: rendering cell by cell takes twice as long."""

    template_name = "inquiries/admin/queue.html"


class InquiryListing(LoggedViewMixin, InquiryExport, generic.IndexView):
    model = Inquiry
    is_searchable = False  # not by Wagtail's form, which would put names into addresses: see `post`
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
        """The tab whose inquiries are listed; a search looks everywhere."""
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
        return pagination.older(found, self.before)

    @property
    def before(self):
        return self.request.GET.get(pagination.PARAMETER, "")

    @cached_property
    def search_query(self):
        return sealed_search.unsealed(self.request.GET.get(sealed_search.PARAMETER, ""), self.request.user)

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
                "Nobody found. Try fewer letters, or part of the phone number."
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
        """Search within the address's filters, and redirect to the results."""
        query = self.query_of_filters()
        if found := sealed_search.sealed(request.POST.get("q", ""), request.user):
            query[sealed_search.PARAMETER] = found
        return redirect(f"{self.index_url}?{query.urlencode()}")

    def get_context_data(self, **kwargs):
        # Of the whole page, even if a script asks for the list alone.
        address = f"{self.index_url}?{self.request.GET.urlencode()}"
        # The bookmark is made before the list is read, so that changes meanwhile count as not seen.
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
            list_address=address,
            saved_views=links_for(self.request.user, address),
            save_form=SavedViewForm(),
            may_share=self.request.user.has_perm(SHARE_VIEWS),
            **self.get_undoable(),
            **kwargs,
        )
        self.shown = [inquiry.pk for inquiry in context["object_list"]]
        self.mark_unanswered(context["object_list"])
        self.access = AccessKind.SEARCHED if self.is_searching else AccessKind.LISTED
        count = context["items_count"]
        context["is_capped"] = count >= pagination.MAX_LISTED
        is_found_capped = self.is_searching and count >= MAX_FOUND
        context["counted"] = f"{count:,}+" if is_found_capped or context["is_capped"] else count
        context["leads_on"] = self.view_name in tabs.ARCHIVE and not self.is_explicitly_ordered
        page = context["page_obj"]
        if context["is_capped"] and context["leads_on"] and not page.has_next():
            *_, last = context["object_list"]
            context["older"] = pagination.place_of(last)
        context["before"] = pagination.read(self.before)
        context |= self.get_probably_spam()
        return context

    def get_probably_spam(self):
        """The collapsed group below the first tab; the tab of that name has them all."""
        if self.view_name != tabs.DEFAULT:
            return {}
        found = list(tabs.grouped()[: MAX_GROUPED + 1])
        grouped = found[:MAX_GROUPED]
        self.listed = [inquiry.pk for inquiry in grouped]
        number = tabs.shown(tabs.grouped().order_by().count()) if len(found) > MAX_GROUPED else len(found)
        return {"probably_spam": grouped, "probably_spam_number": number}

    def mark_unanswered(self, inquiries):
        """Tag inquiries with additions that nobody has acted on, with one query for the page."""
        events = {inquiry.pk: [] for inquiry in inquiries if inquiry.status in OPEN}
        found = InquiryEvent.objects.filter(inquiry__in=events).defer("text").order_by("-pk")
        for event in found if events else ():
            events[event.inquiry_id].append(event)
        for inquiry in inquiries:
            inquiry.unanswered = unanswered(events.get(inquiry.pk, []))

    def get_undoable(self):
        last = BulkAction.objects.undoable_by(self.request.user)
        return {"undoable": last, "undoable_text": done_text(last)} if last else {}

    def get_tab_query(self) -> str:
        """The filters, for the other tabs' addresses."""
        query = self.query_of_filters()
        query.pop("ordering", None)
        return f"?{query.urlencode()}" if query else ""

    def query_of_filters(self) -> QueryDict:
        """The address's filters and order, without its search and page."""
        query = self.request.GET.copy()
        for name in [sealed_search.PARAMETER, pagination.PARAMETER, self.page_kwarg]:
            query.pop(name, None)
        return query

    def get_tabs(self):
        counts = tabs.counts(self.request.user)
        return [(view, counts.get(view.name, "")) for view in tabs.TABS.values()]
