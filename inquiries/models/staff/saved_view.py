"""Saved views of the queue: private ones, and shared ones that managers save for everyone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from clinic.security.encryption import EncryptedTextField
from inquiries.permissions import SHARE_VIEWS

MAX_QUERY_LENGTH = 1000
MAX_VIEWS = 20  # private ones of a user, and shared ones


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self: Any, user: User) -> "SavedViewQuerySet":
        """Return the shared views, then the user's own, each by name."""
        return self.filter(Q(is_shared=True) | Q(owner=user)).order_by("-is_shared", "name", "pk")

    def store(self: Any, by: User, *, is_shared: bool, **fields: str) -> "SavedView":
        """Save a view; raise ValidationError if there are too many or the name is in use."""
        if is_shared and not by.has_perm(SHARE_VIEWS):
            raise PermissionDenied
        same_list = Q(is_shared=True) if is_shared else Q(is_shared=False, owner=by)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time
            if self.filter(same_list).count() >= MAX_VIEWS:
                raise ValidationError(
                    _("There are already %(number)s views. Remove one first."), params={"number": MAX_VIEWS}
                )
            if self.filter(same_list, name__iexact=fields["name"]).exists():
                raise ValidationError(_("There's already a view with this name. Choose another name."))
            return self.create(owner=by, is_shared=is_shared, **fields)


class SavedView(models.Model):
    """A tab of the queue with filters, order and search. It grants no permissions of its own."""

    wagtail_reference_index_ignore = True
    sealed_with = ["owner_id"]

    uuid = models.UUIDField(default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    is_shared = models.BooleanField(_("shared"), default=False)
    at = models.DateTimeField(default=timezone.now)
    tab = models.CharField(max_length=20)
    query = models.CharField(
        max_length=MAX_QUERY_LENGTH, blank=True, help_text=_("Filters and order, as a query string.")
    )
    search = EncryptedTextField(null=True, help_text=_("Usually a patient's name."))
    get_search_display: Callable[[], str]  # added by the field

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        default_permissions = ()
        permissions = [("share_savedview", _("Can share views of the queue"))]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(is_shared=False), name="saved_view_own_name"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_shared=True), name="saved_view_shared_name"
            ),
        ]

    def __str__(self) -> str:
        """Return only names of shared views, because Wagtail stores this in its logs."""
        return self.name if self.is_shared else gettext("a private view")

    def can_be_removed_by(self, user: User) -> bool:
        return user.has_perm(SHARE_VIEWS) if self.is_shared else self.owner_id == user.pk
