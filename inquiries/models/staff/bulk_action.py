from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.fields import InternalModel
from inquiries.models.inquiry import Inquiry
from inquiries.models.workflow import StaleInquiry
from inquiries.permissions import CHANGE

MAX_INQUIRIES = 500
UNDO_WINDOW = timedelta(hours=1)


class BulkActionQuerySet(models.QuerySet):
    def perform(self, inquiries, change, *, by, seen, name):
        """Call `change(inquiry, seen)` on at most MAX_INQUIRIES inquiries; return the BulkAction.

        `seen` maps inquiry ids to the newest event shown. An inquiry that changed since, or doesn't allow
        the change, is left alone: `.skipped` has (reference, reason) pairs.
        """
        if not by.has_perm(CHANGE):
            raise PermissionDenied
        bulk = self.create(by=by, name=name)
        bulk.inquiries = list(inquiries.order_by("pk")[:MAX_INQUIRIES])
        for inquiry in bulk.inquiries:
            bulk.changed += bulk.attempt(inquiry, change, seen=seen[inquiry.pk], bulk=bulk)
        if bulk.changed:
            bulk.save(update_fields=["changed"])
        else:
            bulk.delete()  # nothing to undo
        return bulk

    def undoable_by(self, user):
        """Return the user's last bulk action if it can be undone: within an hour, and once."""
        last = self.filter(by=user, at__gt=timezone.now() - UNDO_WINDOW).order_by("-pk").first()
        return last if last and not last.undone_at else None


class BulkAction(InternalModel):
    """An action on many inquiries. Its events record the changes of each."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    changed = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)

    objects = BulkActionQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        indexes = [models.Index(fields=["by", "-at"], name="inquiry_bulk_by")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.inquiries = []
        self.skipped = []

    def attempt(self, inquiry, change, *args, **kwargs) -> bool:
        """Call `change(inquiry, …)`; if it fails, add a (reference, reason) pair to `.skipped`."""
        try:
            change(inquiry, *args, **kwargs)
        except ObjectDoesNotExist:
            self.skipped.append((inquiry.reference, _("erased in the meantime")))
        except StaleInquiry:
            self.skipped.append((inquiry.reference, _("changed in the meantime")))
        except ValidationError as error:
            self.skipped.append((inquiry.reference, " ".join(error.messages)))
        else:
            return True
        return False

    def undo(self, *, by) -> int:
        """Revert the changes; return the number of inquiries reverted.

        Inquiries that changed since are left alone: `.skipped` has the reasons.
        """
        with transaction.atomic():
            # A second click waits for the lock, then finds the action undone.
            current = type(self).objects.select_for_update().get(pk=self.pk)
            if by != self.by or current.undone_at or self.at < timezone.now() - UNDO_WINDOW:
                raise PermissionDenied
            return self._undo(by)

    def _undo(self, by):
        reverted = sum(
            self.attempt(event.inquiry, Inquiry.undo_event, event, by=by)
            for event in self.events.select_related("inquiry")
        )
        self.undone_at = timezone.now()
        self.save(update_fields=["undone_at"])
        return reverted
