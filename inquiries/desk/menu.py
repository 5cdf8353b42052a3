"""The front desk's counts in the admin's menu and on its home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from clinic.models import ClinicSettings
from inquiries.desk import alerts
from inquiries.desk.queue import tabs
from inquiries.permissions import InquiryPermissionPolicy

POLICY = InquiryPermissionPolicy("inquiries.Inquiry")


class InquiryMenuItem(MenuItem):
    """The link to the queue. Its badge is an attribute that desk.css displays and desk.js updates."""

    def is_shown(self, request):
        return POLICY.user_has_permission(request.user, "view")

    def render_component(self, request):
        attrs = {
            **self.attrs,
            "data-inquiry-alarms": alerts.alerts_text(alerts.alert_counts()),
            "data-inquiry-news": reverse("inquiry:news"),
        }
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


class InquiryPanel(Component):
    name = "inquiries"
    template_name = "inquiries/admin/dashboard_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        with timezone.override(ClinicSettings.for_request(request).time_zone):  # for "due today"
            counts = tabs.tab_counts(request.user)
        shown = [tabs.TABS[name] for name in ["mine", "new", "urgent", "overdue", "due-today", "waiting"]]
        return {
            "alarms": alerts.alerts_text(alerts.alert_counts()),
            "tabs": [(view, counts[view.name]) for view in shown],
            "title": _("Inquiries"),
        }


def add_panel(request, panels):
    if POLICY.user_has_permission(request.user, "view"):
        panels.insert(0, InquiryPanel())
