"""Fields that models of several apps have."""

from typing import Any

from django.db import models


def picture_field(name: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """A picture of the library, or none. By default, one that is shown can't be deleted."""
    options = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+", **options}
    return models.ForeignKey("wagtailimages.Image", verbose_name=name, **options)
