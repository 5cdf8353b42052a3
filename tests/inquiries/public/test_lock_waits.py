"""A lock delays only the visitor who waits for it, and isn't mistaken for a database outage."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, connections
from django.test import RequestFactory
from django.urls import reverse

from clinic import errors
from clinic.database.base import circuit_breaker, is_lock_wait
from inquiries.models import Inquiry, Sending
from inquiries.models.rate_limit import Origin
from tests.inquiries.desk.helpers import page_html, receive, seen

URL = reverse("inquiries:contact")


@pytest.fixture
def short_timeouts(committed_db):
    """Use the web server's timeouts (20 seconds for statements, 2 for locks), but shorter."""
    connections.close_all()
    circuit_breaker.response_timeout = 5
    yield
    circuit_breaker.response_timeout = None
    connections.close_all()


@contextmanager
def locked(sql):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(sql)
        yield
    other.close()


def test_a_locked_rate_count_doesnt_block_senders(short_timeouts, client, answers):
    """28 slow posts (2.3 s each) once did. Lock waits have to time out sooner than statements."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("500ms",)
    Sending.objects.record(Origin("127.0.0.1"))
    with locked("SELECT FROM inquiries_sending FOR UPDATE"):
        assert client.post(URL, answers).status_code == 302
    assert Inquiry.objects.get().status == "new"
    assert circuit_breaker.unavailable_until == 0


def test_a_lock_timeout_isnt_treated_as_a_database_outage(short_timeouts, client, answers):
    with locked("LOCK TABLE inquiries_inquiry IN EXCLUSIVE MODE"):
        response = client.post(URL, answers)
    assert response.status_code == 503
    assert answers["message"] in response.content.decode()
    assert circuit_breaker.unavailable_until == 0
    assert client.post(URL, answers).status_code == 302


def test_a_lock_timeout_on_other_pages_responds_with_a_conflict(short_timeouts):
    with locked("LOCK TABLE inquiries_inquiry"), pytest.raises(OperationalError) as error:
        Inquiry.objects.first()
    assert is_lock_wait(error.value)
    try:
        raise error.value
    except OperationalError:
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 409


def test_error_pages_return_what_staff_typed_but_never_a_password(short_timeouts, as_user, front_desk):
    inquiry, desk = receive(), as_user(front_desk)
    desk.raise_request_exception = False
    address = reverse("inquiry:compose", args=[inquiry.pk])
    with locked("SELECT FROM inquiries_inquiry FOR UPDATE"):
        busy = desk.post(address, {"seen": seen(inquiry), "did": "note", "text": "Asked for her records"})
    assert (busy.status_code, "Asked for her records" in busy.content.decode()) == (409, True)
    with locked("SELECT FROM inquiries_accesshead FOR UPDATE"):  # needed at the end of the transaction
        busy = desk.post(reverse("inquiry:take", args=[inquiry.pk]), {"seen": seen(inquiry)})
    assert (busy.status_code, "Assigned to you." in page_html(desk, inquiry)) == (409, False)
    sign_in = RequestFactory().post("/sign-in/", {"password": "correct horse"})
    try:
        raise OperationalError
    except OperationalError:
        unavailable = errors.server_error(sign_in)
    assert (unavailable.status_code, "correct horse" in unavailable.content.decode()) == (503, False)


def test_a_bounce_that_a_lock_delays_is_recorded_when_reported_again(short_timeouts, front_desk):
    inquiry = receive()
    reply = inquiry.reply("On Friday.", by=front_desk, seen=seen(inquiry))
    with locked("LOCK TABLE inquiries_inquiry"), pytest.raises(OperationalError):
        inquiry.delivery_failed(reply)
    inquiry.delivery_failed(reply)
    inquiry.refresh_from_db()
    assert inquiry.status == "in_progress"
