"""Models of the clinic: settings, navigation and operations."""

from clinic.models.clinic import (
    ClinicSettings,
    SiteVersion,
    time_zone_choices,  # named in migrations
    weekdays_from_eight_to_five,  # named in migrations
)
from clinic.models.navigation import NavigationSettings
from clinic.models.operations import Backup, CheckResult
from clinic.security.key_canary import KeyCanary
