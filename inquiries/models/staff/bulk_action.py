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

MAX_INQUIRIES = 500  # inquiries at once
UNDO_WINDOW = timedelta(hours=1)


class BulkActionQuerySet(models.QuerySet):
    def perform(self, inquiries, change, *, by, seen, name):
        """Call `change(inquiry, seen)` on each of at most MAX_INQUIRIES inquiries; return the BulkAction.

        `seen` is {id: newest event} of each as it was shown. An inquiry that has changed since, or that
        cannot go that way, is left alone: `.skipped` holds (reference, why) pairs.
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
        """What `user` can still undo: the last one, for an hour, once."""
        last = self.filter(by=user, at__gt=timezone.now() - UNDO_WINDOW).order_by("-pk").first()
        return last if last and not last.undone_at else None


class BulkAction(InternalModel):
    """One action on many inquiries; its events say what changed on each."""

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

    def attempt(self, inquiry, change, *args, **how) -> bool:
        """Call `change(inquiry, …)`; if it fails, add a (reference, why) pair to `.skipped`."""
        try:
            change(inquiry, *args, **how)
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
        """Revert what this action changed; return on how many inquiries.

        One that someone has worked on since, or that can't go back, is left alone: `.skipped` says why.
        """
        with transaction.atomic():
            # A second press waits here, and finds it already undone.
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
