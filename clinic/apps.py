from django.apps import AppConfig
from django.utils.autoreload import autoreload_started
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from clinic.security import csp, inline_assets
from clinic.wagtail_overrides import image_field


class ClinicConfig(AppConfig):
    name = "clinic"
    verbose_name = _("Clinic")

    def ready(self):
        # Only now are there models.
        from clinic.accounts import encrypted_factors, enrolment, notifications  # noqa: F401
        from clinic.wagtail_overrides import time_zone

        time_zone.set_by_the_clinic()
        csp.give_nonces_to_choosers()
        image_field.refuse_what_cannot_be_read()
        autoreload_started.connect(inline_assets.start_anew_when_one_changes)


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "clinic.accounts.viewset.AccountViewSet"
