from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from clinic.accounts.names import display_name
from clinic.models.fields import InternalModel

# An open page sends a heartbeat every 15 seconds; after three missed ones its user counts as gone.
GONE_AFTER = timedelta(seconds=45)

# Locks the inquiry before the access log, in the same order as erasure. The foreign key alone would lock it
# at the commit, so the two could deadlock.
UPSERT_SQL = """
    INSERT INTO inquiries_presence (inquiry_id, user_id, at)
    SELECT id, %s, %s FROM inquiries_inquiry WHERE id = %s FOR KEY SHARE
    ON CONFLICT (inquiry_id, user_id) DO UPDATE SET at = excluded.at
"""


class PresenceQuerySet(models.QuerySet):
    def record(self, inquiry, user):
        """Record that `user` has `inquiry` open, and delete the rows of users who left.

        The inquiry can't be erased until the transaction ends; raise DoesNotExist if it already was.
        """
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(UPSERT_SQL, [user.pk, now, inquiry.pk])
            if not cursor.rowcount:
                raise inquiry.DoesNotExist
        self.filter(at__lt=now - GONE_AFTER).delete()

    def others(self, inquiry, user):
        present = self.filter(inquiry=inquiry, at__gte=timezone.now() - GONE_AFTER).exclude(user=user)
        return sorted(display_name(row.user) for row in present.select_related("user"))


class Presence(InternalModel):
    """A user who has an inquiry open right now. Rows live for seconds."""

    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="inquiry_presence_once")]
