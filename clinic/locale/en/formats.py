"""Dates and times that staff may type, besides Django's own formats: "5:00 PM", "11/30/2026 5 pm"."""

from django.conf.locale.en import formats

TIMES = ["%I:%M %p", "%I:%M%p", "%I %p", "%I%p"]
TIME_INPUT_FORMATS = [*formats.TIME_INPUT_FORMATS, *TIMES]
DATETIME_INPUT_FORMATS = [*formats.DATETIME_INPUT_FORMATS, *(f"%m/%d/%Y {time}" for time in TIMES)]
