"""What models of several apps share: a base, fields, and a `clean()` that reports all errors at once."""

from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify


class InternalModel(models.Model):
    """Rows that no screen lists: without permissions, a name, or a place in Wagtail's reference index."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def free_code(model: type[models.Model], label: str, default: str, longest: int) -> str:
    """A code made of a label, or `default` where that has no letters; with a number where others have it."""
    stem = slugify(label)[: longest - 4].strip("-") or default
    taken = set(model._default_manager.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in count(1) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


def picture_field(name: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """A picture of the library, or none. By default, one that is shown can't be deleted."""
    options = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+", **options}
    return models.ForeignKey("wagtailimages.Image", verbose_name=name, **options)


def check_all(*checks: Callable[[], object]) -> None:
    """Call each check, then raise the ValidationErrors of all as one."""
    errors: dict[str, list[ValidationError]] = {}
    for check in checks:
        try:
            check()
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
