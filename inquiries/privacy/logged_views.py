"""The mixin of every screen of the front desk."""

from collections.abc import Sequence
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from clinic.models import ClinicSettings
from inquiries.models import AccessEntry, AccessKind, Inquiry
from inquiries.permissions import InquiryPermissionPolicy


class LoggedViewMixin(PermissionCheckedMixin):
    """Allowed people only, each look in the access log, the clinic's own clock, nothing kept by a cache."""

    # What the access log calls it, and the ids of the inquiries that the answer shows: no entry, no view.
    access = AccessKind.VIEWED
    shown: Sequence[int] = ()
    # Others that it only hints at: what is "viewed" or "printed" counts as opened (migration 0017).
    listed: Sequence[int] = ()

    request: HttpRequest
    permission_policy = InquiryPermissionPolicy("inquiries.Inquiry")
    any_permission_required = ["view"]

    @property
    def clinic(self):
        return ClinicSettings.recent()

    @property
    def user(self) -> User:
        """The colleague. The admin's addresses let nobody in who isn't signed in."""
        return cast(User, self.request.user)

    def dispatch(self, request, *args, **kwargs):
        try:
            with timezone.override(self.clinic.time_zone), transaction.atomic():
                response = super().dispatch(request, *args, **kwargs)
                if hasattr(response, "render"):
                    response.render()  # now, while the clock is the clinic's
                AccessEntry.objects.record(self.access, request.user, self.shown)
                AccessEntry.objects.record(AccessKind.LISTED, request.user, self.listed)
        except Inquiry.DoesNotExist:
            raise Http404 from None  # erased a moment ago
        add_never_cache_headers(response)
        return response
