"""The admin's times are the clinic's, for everyone: one clock for those who plan and those who answer."""

from django.utils import timezone

from clinic.models import ClinicSettings


def set_by_the_clinic():
    """Wagtail shows the server's time, which is UTC here, and has no setting for one in the database."""
    from wagtail.admin import localization

    localization.override_tz = lambda _servers: timezone.override(ClinicSettings.recent().time_zone)
