"""The mixins of the front desk's views."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from clinic.models import ClinicSettings
from inquiries.models import AccessEntry, AccessKind, Inquiry
from inquiries.permissions import InquiryPermissionPolicy


class LoggedViewMixin(PermissionCheckedMixin):
    """Checks permissions, logs access, and activates the clinic's time zone."""

    # The kind of access, and the ids of the inquiries that the response shows.
    access = AccessKind.VIEWED
    shown: Sequence[int] = ()
    # By inquiry, the newest addition that counts as opened (migration 0051).
    newest_shown: Mapping[int, int] | None = None
    # Ids of other inquiries, which it only lists.
    listed: Sequence[int] = ()

    request: HttpRequest
    permission_policy = InquiryPermissionPolicy("inquiries.Inquiry")
    any_permission_required = ["view"]

    @property
    def clinic(self):
        return ClinicSettings.recent()

    @property
    def user(self) -> User:
        return cast(User, self.request.user)  # the admin requires a sign-in

    def dispatch(self, request, *args, **kwargs):
        if "prefetch" in request.headers.get("Sec-Purpose", ""):  # would count as opened
            return HttpResponse(status=503)
        if request.method == "HEAD":  # likewise
            return HttpResponseNotAllowed(["GET", "POST"])
        try:
            with timezone.override(self.clinic.time_zone), transaction.atomic():
                response = super().dispatch(request, *args, **kwargs)
                if hasattr(response, "render"):
                    response.render()  # in the clinic's time zone
                AccessEntry.objects.record(
                    self.access, request.user, self.shown, newest_shown=self.newest_shown
                )
                AccessEntry.objects.record(AccessKind.LISTED, request.user, self.listed)
        except Inquiry.DoesNotExist:
            raise Http404 from None  # erased in the meantime
        return response


class DeskPage(LoggedViewMixin, WagtailAdminTemplateMixin):
    """A page below the list of inquiries. Its last breadcrumb links to `url_name`, if set."""

    url_name = ""

    @property
    def heading(self) -> str:
        return self.page_title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        label = capfirst(Inquiry._meta.verbose_name_plural)
        own_url = reverse(self.url_name) if self.url_name else ""
        below = [{"url": reverse("inquiry:index"), "label": label}, {"url": own_url, "label": self.heading}]
        return [*self.breadcrumbs_items, *below]
