"""Let apps protect files from deletion in Wagtail by their references in StreamFields.

Written for: Wagtail 7.4, whose reference index supports on_delete only for foreign keys.
Replaced by: a hook for a reference's on_delete.
"""

from collections.abc import Callable

from django.db.models import PROTECT
from wagtail.models import ReferenceIndex


def protect_references(is_protected: Callable[[ReferenceIndex], bool]) -> None:
    default = ReferenceIndex.on_delete.func
    ReferenceIndex.on_delete = property(
        lambda reference: PROTECT if is_protected(reference) else default(reference)
    )
