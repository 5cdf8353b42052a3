"""How often the urgency rules were right, by what colleagues found: counts and codes, never words."""

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from inquiries.choices import Tier
from inquiries.models import Inquiry, WarningPhrase
from inquiries.triage import urgency

BUILT_IN = [*urgency.READS_LIKE.values(), urgency.TOO_MUCH]
MISSED = "missed"  # in place of a reason: a colleague found an emergency that no rule had flagged


class Row(NamedTuple):
    tier: str
    reason: str
    right: int
    wrong: int
    not_said: int


class Figures(NamedTuple):
    rows: list[Row]
    found: int  # flagged, and was urgent
    missed: int
    false_alarms: int

    @property
    def urgent(self) -> int:
        return self.found + self.missed

    @property
    def labeled(self) -> int:
        return self.found + self.false_alarms


def figures() -> Figures:
    """Of all inquiries that a rule flagged or a colleague labeled."""
    counts: Counter[tuple[str, str, bool | None]] = Counter()
    outcomes: Counter[tuple[bool, bool | None]] = Counter()
    flagged_or_labeled = Inquiry.objects.filter(~Q(tier=Tier.NONE) | Q(was_urgent__isnull=False))
    fields = flagged_or_labeled.order_by().values_list("tier", "urgency_reasons", "was_urgent")
    for tier, reasons, was_urgent in fields.iterator():
        is_flagged = tier != Tier.NONE
        outcomes[is_flagged, was_urgent] += 1
        for reason in reasons if is_flagged else [MISSED] * bool(was_urgent):
            counts[tier, reason, was_urgent] += 1
    keys = sorted({(tier, reason) for tier, reason, _was in counts})
    rows = [Row(*key, counts[*key, True], counts[*key, False], counts[*key, None]) for key in keys]
    return Figures(rows, outcomes[True, True], outcomes[False, True], outcomes[True, False])


class UrgencyReport(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Live recall and false alarms of this clinic. It shows no inquiry."""

    permission_policy = ModelPermissionPolicy(WarningPhrase)
    any_permission_required = ["change"]
    template_name = "inquiries/admin/urgency_report.html"
    page_title = _("Urgency: right and wrong")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels: dict[str, Any] = {reason.code: reason.label for reason in BUILT_IN} | {MISSED: _("Missed")}
        labels |= dict(WarningPhrase.objects.values_list("code", "label"))
        found = figures()
        rows = [(labels.get(row.reason, row.reason), Tier(row.tier).label, row) for row in found.rows]
        return super().get_context_data(figures=found, rows=rows, **kwargs)


class UrgencyMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("inquiries.change_warningphrase")


def menu_item() -> MenuItem:
    title, url = UrgencyReport.page_title, reverse("urgency_report")
    return UrgencyMenuItem(title, url, name="urgency-report", icon_name="warning")


def urls() -> list[URLPattern]:
    return [path("reports/urgency/", UrgencyReport.as_view(), name="urgency_report")]
