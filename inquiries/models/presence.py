from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from inquiries.models.names import shown_name

# A screen says every 15 seconds that it is open; after three silences its reader is gone.
GONE_AFTER = timedelta(seconds=45)


class PresenceQuerySet(models.QuerySet):
    def say(self, inquiry, user):
        """`user` looks at `inquiry` now. Rows of those who left are dropped on the way."""
        now = timezone.now()
        self.filter(at__lt=now - GONE_AFTER).delete()
        self.bulk_create(
            [self.model(inquiry=inquiry, user=user, at=now)],
            update_conflicts=True,
            unique_fields=["inquiry", "user"],
            update_fields=["at"],
        )

    def others(self, inquiry, user):
        """The names of the colleagues who look at `inquiry` now."""
        present = self.filter(inquiry=inquiry, at__gte=timezone.now() - GONE_AFTER).exclude(user=user)
        return sorted(shown_name(row.user) for row in present.select_related("user"))


class Presence(models.Model):
    """Who has which inquiry open. Rows live for seconds; nothing here is a record."""

    wagtail_reference_index_ignore = True

    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="inquiry_presence_once")]

    def __str__(self):
        return f"{self.user_id} at {self.inquiry_id}"
