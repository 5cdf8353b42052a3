"""Read dates and times in forms the American way, as they're shown, in every language of the admin.

Also reads "5:00 PM" and "11/30/2026 5 pm". Written for: Django 5.2, whose input formats depend on the user's
language, while Wagtail's date fields show WAGTAIL_DATE_FORMAT to everyone: in Spanish, 03/04/2026 was read as
April 3. Replaced by: date fields that follow the user's language.
"""

from types import SimpleNamespace
from typing import Any

from django.conf.locale.en import formats as english
from django.utils import formats

TIMES = ["%I:%M %p", "%I:%M%p", "%I %p", "%I%p"]
AMERICAN: Any = SimpleNamespace(
    DATE_INPUT_FORMATS=english.DATE_INPUT_FORMATS,
    TIME_INPUT_FORMATS=[*english.TIME_INPUT_FORMATS, *TIMES],
    DATETIME_INPUT_FORMATS=[*english.DATETIME_INPUT_FORMATS, *(f"%m/%d/%Y {time}" for time in TIMES)],
)


def patch_date_formats() -> None:
    get_format_modules = formats.get_format_modules
    formats.get_format_modules = lambda lang=None: [AMERICAN, *get_format_modules(lang)]
    formats.reset_format_cache()
