"""Let an app say which references keep a file, so that Wagtail's screens neither offer nor do its deletion.

Written for: Wagtail 7.4, whose reference index knows of protection only by foreign keys, not in StreamFields.
Replaced by: a hook for what a reference does on deletion.
"""

from collections.abc import Callable

from django.db.models import PROTECT
from wagtail.models import ReferenceIndex


def protect_references(is_protected: Callable[[ReferenceIndex], bool]) -> None:
    by_wagtail = ReferenceIndex.on_delete.func
    ReferenceIndex.on_delete = property(
        lambda reference: PROTECT if is_protected(reference) else by_wagtail(reference)
    )
