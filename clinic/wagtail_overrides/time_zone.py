"""Show all times in the admin in the clinic's time zone.

Written for: Wagtail 7.4, which supports only the TIME_ZONE setting and a time zone per user, but the clinic's
can be edited while the site runs. Replaced by: a hook for the admin's time zone.
"""

from django.utils import timezone

from clinic.models import ClinicSettings


def patch_admin_time_zone() -> None:
    from wagtail.admin import localization  # needs the app registry

    localization.override_tz = lambda _servers: timezone.override(ClinicSettings.recent().time_zone)
