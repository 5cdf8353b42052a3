from django.apps import AppConfig
from django.conf import settings
from django.utils.autoreload import autoreload_started
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from clinic.security import inline_assets


class ClinicConfig(AppConfig):
    name = "clinic"
    verbose_name = _("Clinic")

    def ready(self):
        # Models can't be imported before the app registry is ready.
        from clinic.accounts import emails, second_factors  # noqa: F401
        from clinic.operations.checks import configuration, network, server  # noqa: F401
        from clinic.wagtail_overrides import (
            comparison,
            date_formats,
            script_nonces,
            sidebar_search,
            time_zone,
        )

        if settings.SENTRY_DSN:
            from clinic.operations import error_reports  # takes 50 ms to import

            error_reports.start(settings.SENTRY_DSN, settings.VERSION)
        time_zone.patch_admin_time_zone()
        sidebar_search.patch_sidebar_search()
        script_nonces.patch_choosers()
        comparison.patch_comparison()
        date_formats.patch_date_formats()
        autoreload_started.connect(inline_assets.watch_files)


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "clinic.accounts.viewset.AccountViewSet"
