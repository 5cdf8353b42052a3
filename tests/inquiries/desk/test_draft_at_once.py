"""A draft and the reply that it became, saved at the same moment."""

from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from inquiries.models import Draft
from tests.inquiries.desk.desk_cast import on_its_way, receive, seen


def test_an_autosave_waits_while_a_reply_is_being_sent(committed_db, front_desk):
    inquiry = receive()

    def press():
        inquiry.add_note("Sent.", by=front_desk, seen=seen(inquiry))

    with on_its_way(press), transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '1ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            Draft.objects.keep(inquiry.pk, front_desk, {"answer": "Stop the aspirin."}, unless_done=uuid4())
    assert not Draft.objects.exists()
