"""Helpers for models of several apps."""

from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify


class InternalModel(models.Model):
    """A base for models without screens, so without permissions and Wagtail's reference index."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def unique_code(model: type[models.Model], label: str, default: str, max_length: int) -> str:
    """Return a code from a label, or `default` if it has no letters, with a number if it's taken."""
    stem = slugify(label)[: max_length - 4].strip("-") or default
    taken = set(model._default_manager.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in count(1) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


def image_field(name: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """Return an optional foreign key to an image, which by default protects the image from deletion."""
    options = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+", **options}
    return models.ForeignKey("wagtailimages.Image", verbose_name=name, **options)


def check_all(*checks: Callable[[], object]) -> None:
    """Call all checks, then raise their ValidationErrors as one."""
    errors: dict[str, list[ValidationError]] = {}
    for check in checks:
        try:
            check()
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
