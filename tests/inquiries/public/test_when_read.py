"""Before sending, the patient sees when the message will be read."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from inquiries.templatetags import inquiry_tags

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "is_closed"),  # New York, open from 8 to 5 on weekdays
    [
        (datetime(2026, 3, 6, 15, tzinfo=UTC), False),
        (datetime(2026, 3, 6, 23, tzinfo=UTC), True),
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 9, 11, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 9, 12, 0, tzinfo=UTC), False),  # daylight saving has begun
    ],
)
def test_while_closed_it_says_from_when(client, monkeypatch, now, is_closed):
    monkeypatch.setattr(inquiry_tags.timezone, "now", lambda: now)
    html = unescape(client.get(reverse("inquiries:contact")).content.decode())
    assert ("We're closed now. We'll read your message Monday from 8:00 AM." in html) is is_closed
    assert ("We're closed now." in html) is is_closed
