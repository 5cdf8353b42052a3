import re

from django import template

register = template.Library()

WORDS_A_MINUTE = 200  # unhurried
TAG = re.compile("<[^>]*>")


@register.filter
def minutes_to_read(page):
    """How long reading an article takes, in whole minutes, at least one."""
    words = sum(len(TAG.sub(" ", text).split()) for text in [page.lead, *texts_in(page.body.raw_data)])
    return max(1, round(words / WORDS_A_MINUTE))


def texts_in(raw):
    """All text in the stored form of a stream: what Wagtail's own search text takes ten times as long for."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in {"id", "type"}:
                yield from texts_in(value)
    elif not isinstance(raw, int | float | None):
        for value in raw:
            yield from texts_in(value)
