"""The mixins of every screen of the front desk."""

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
    """Checks permissions, logs each look, and sets the clinic's time zone."""

    # The kind of the access log's entry, and the ids of the inquiries that the answer shows.
    access = AccessKind.VIEWED
    shown: Sequence[int] = ()
    # If viewed or printed, they count as opened, up to this addition by the patient (migration 0051).
    newest_shown: Mapping[int, int] | None = None
    # Others that it only lists.
    listed: Sequence[int] = ()

    request: HttpRequest
    permission_policy = InquiryPermissionPolicy("inquiries.Inquiry")
    any_permission_required = ["view"]

    @property
    def clinic(self):
        return ClinicSettings.recent()

    @property
    def user(self) -> User:
        """The signed-in user: the admin lets nobody else in."""
        return cast(User, self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if "prefetch" in request.headers.get("Sec-Purpose", ""):  # the browser guesses, and nobody looks
            return HttpResponse(status=503)
        if request.method == "HEAD":  # it would show nothing, and count as opened
            return HttpResponseNotAllowed(["GET", "POST"])
        try:
            with timezone.override(self.clinic.time_zone), transaction.atomic():
                response = super().dispatch(request, *args, **kwargs)
                if hasattr(response, "render"):
                    response.render()  # now, while the clock is the clinic's
                AccessEntry.objects.record(
                    self.access, request.user, self.shown, newest_shown=self.newest_shown
                )
                AccessEntry.objects.record(AccessKind.LISTED, request.user, self.listed)
        except Inquiry.DoesNotExist:
            raise Http404 from None  # erased a moment ago
        return response


class DeskPage(LoggedViewMixin, WagtailAdminTemplateMixin):
    """A screen below the list of inquiries; its last breadcrumb leads to `url_name`, if there is one."""

    url_name = ""

    @property
    def heading(self) -> str:
        return self.page_title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        label = capfirst(Inquiry._meta.verbose_name_plural)
        own_url = reverse(self.url_name) if self.url_name else ""
        below = [{"url": reverse("inquiry:index"), "label": label}, {"url": own_url, "label": self.heading}]
        return [*self.breadcrumbs_items, *below]
