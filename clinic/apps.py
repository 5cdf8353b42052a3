from django.apps import AppConfig
from django.utils.autoreload import autoreload_started
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from clinic import content_security, in_page, uploads


class ClinicConfig(AppConfig):
    name = "clinic"
    verbose_name = _("Clinic")

    def ready(self):
        # Only now are there models.
        from clinic import admin_clock
        from clinic.sign_in import enrolment, jobs, sealed  # noqa: F401

        admin_clock.set_by_the_clinic()
        content_security.give_nonces_to_choosers()
        uploads.refuse_what_cannot_be_read()
        autoreload_started.connect(in_page.start_anew_when_one_changes)


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "clinic.accounts.AccountViewSet"
