"""Show the admin's times in the clinic's time zone, for everyone.

Written for: Wagtail 7.4. Replaced by: a hook for the admin's time zone. Wagtail knows the TIME_ZONE setting
and one zone a user. The setting won't do: it's read once at start, and the clinic's zone is a fact that
managers edit, which pages, emails and deadlines follow within a second.
"""

from django.utils import timezone

from clinic.models import ClinicSettings


def patch_admin_time_zone() -> None:
    from wagtail.admin import localization  # needs the app registry

    localization.override_tz = lambda _servers: timezone.override(ClinicSettings.recent().time_zone)
