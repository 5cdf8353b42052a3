"""What every screen of the front desk shares."""

from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from clinic.models import ClinicSettings
from inquiries.permissions import InquiryPermissionPolicy


class DeskMixin(PermissionCheckedMixin):
    """Allowed people only, the clinic's own clock, and nothing kept by a cache."""

    permission_policy = InquiryPermissionPolicy("inquiries.Inquiry")
    any_permission_required = ["view"]

    @property
    def clinic(self):
        return ClinicSettings.for_request(self.request)

    def dispatch(self, request, *args, **kwargs):
        with timezone.override(self.clinic.time_zone):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()  # now, while the clock is the clinic's
        add_never_cache_headers(response)
        return response
