"""On the first page of who keeps the clinic's facts: those that are still the placeholders they began as."""

from wagtail.admin.ui.components import Component

from clinic.models import ClinicSettings

PERMISSION = "clinic.change_clinicsettings"
FIELDS = ["name", "phone", "front_desk_email", "street_address", "city"]


class PlaceholdersPanel(Component):
    name = "placeholders"
    template_name = "wagtailadmin/placeholders.html"
    order = 5

    def get_context_data(self, parent_context):
        clinic = ClinicSettings.for_request(parent_context["request"])
        fields = [ClinicSettings._meta.get_field(name) for name in FIELDS]
        return {
            "clinic": clinic,
            "fields": [
                field.verbose_name for field in fields if getattr(clinic, field.name) == field.default
            ],
        }


def add_panel(request, panels):
    if request.user.has_perm(PERMISSION):
        panels.append(PlaceholdersPanel())
