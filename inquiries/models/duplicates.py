"""What has been sent before: by the same person a message to store once, by others a sign of spam."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from inquiries.choices import Status

# The same words from the same person are one message, sent more than once: while nobody has looked at it; for
# a day while a colleague has it in hand; and in any state for as long as somebody may press Send again.
SAME_MESSAGE = timedelta(hours=24)
PRESSED_AGAIN = timedelta(minutes=10)
MOST_SAME = 5  # inquiries with the same text, looked at for signs of spam; so many are one under any name

# In SQL, for each message asks it: to put it together from Django's queries took a quarter of the time that
# storing a message takes. Who mends a wrong address and sends again says the same under the same name.
LOOK = """
    SELECT (
        SELECT id FROM inquiries_inquiry
        WHERE fingerprint = %(fingerprint)s AND (
            status = %(new)s OR received_at > %(moments_ago)s
            OR status = %(in_hand)s AND received_at > %(day_ago)s
        )
        ORDER BY received_at DESC LIMIT 1
    ), CASE
        WHEN count(*) < %(most)s THEN count(*) FILTER (WHERE lower(name) <> lower(%(name)s))
        ELSE count(*)
    END FROM (
        SELECT name FROM inquiries_inquiry
        WHERE message_digest = %(digest)s AND received_at > %(day_ago)s LIMIT %(most)s
    ) AS same_text
"""


class SentBefore(NamedTuple):
    pk: int | None  # of the inquiry that this very message is stored as
    same_text_of_others: int  # up to MOST_SAME


def sent_before(fingerprint, digest="", name=""):
    """What is stored with these fingerprints (Inquiry.fingerprint_of, digest_of), in one query."""
    now = timezone.now()
    values = {
        "fingerprint": fingerprint,
        "digest": digest,
        "name": name,
        "new": Status.NEW,
        "in_hand": Status.IN_PROGRESS,
        "moments_ago": now - PRESSED_AGAIN,
        "day_ago": now - SAME_MESSAGE,
        "most": MOST_SAME,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK, values)
        return SentBefore(*cursor.fetchone())
