"""The sender's proof is in the path, because the page cache drops unknown query parameters."""

import pytest

from inquiries.public.confirmation import sender_url
from tests.clinic.caching.reader import Reader
from tests.inquiries.desk.helpers import receive


@pytest.mark.usefixtures("committed_db")
def test_the_sender_is_recognized_behind_the_page_cache():
    inquiry = receive(message="I want to end my life tonight")
    reader = Reader()
    assert b"data-advice=" in reader.get(sender_url(inquiry))["body"]
    assert b"data-advice=" not in reader.get(inquiry.get_absolute_url())["body"]
