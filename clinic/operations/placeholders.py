"""The home page panel with the clinic's facts that are still placeholders."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from clinic.models import ClinicSettings

PERMISSION = "clinic.change_clinicsettings"
FIELDS = ["name", "phone", "front_desk_email", "street_address", "city"]


def still_in_use(clinic: ClinicSettings) -> list[str]:
    """Return the labels of fields that still have their placeholder."""
    fields: list[Any] = [ClinicSettings._meta.get_field(name) for name in FIELDS]
    return [str(field.verbose_name) for field in fields if getattr(clinic, field.name) == field.default]


class PlaceholdersPanel(Component):
    name = "placeholders"
    template_name = "wagtailadmin/placeholders.html"
    order = 5

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        clinic = ClinicSettings.for_request(parent_context["request"])
        return {"clinic": clinic, "fields": still_in_use(clinic)}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(PERMISSION):
        panels.append(PlaceholdersPanel())
