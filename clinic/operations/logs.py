"""Log lines that hold nothing a patient wrote."""

import logging
import traceback

from django.conf import settings


def of_postgresql(error):
    """The code of its error and the constraint that was broken, both of which are ours to know."""
    diagnosis = getattr(error, "diag", None)
    said = [diagnosis.sqlstate, diagnosis.constraint_name] if diagnosis else []
    return filter(None, said)


class LineFormatter(logging.Formatter):
    """What went wrong and where, but no exception's own words, for they may quote what was typed.

    PostgreSQL's quote whole rows, a mail server's the recipient. In development the words are there.
    """

    def formatException(self, exc_info):  # noqa: N802
        if settings.DEBUG:
            return super().formatException(exc_info)
        parts, error = [], exc_info[1]
        while error and len(parts) < 9:
            places = "".join(traceback.format_tb(error.__traceback__))
            parts.append(" ".join([f"{places}{type(error).__qualname__}", *of_postgresql(error)]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(["Traceback, without the exceptions' words:", *reversed(parts)])
