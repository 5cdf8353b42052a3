"""A lock that somebody holds costs one visitor a wait; it's never taken for a database that is away."""

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
def hurried(committed_db):
    """As in the web server, whose statements may take 20 seconds and lock waits 2, but quicker."""
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


def test_a_locked_rate_count_blocks_no_sender(hurried, client, answers):
    """As 28 posts did whose urgency took 2.3 s each to judge. A lock is waited for less than an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("500ms",)
    Sending.objects.record(Origin("127.0.0.1"))
    with locked("SELECT FROM inquiries_sending FOR UPDATE"):
        assert client.post(URL, answers).status_code == 302
    assert Inquiry.objects.get().status == "new"
    assert circuit_breaker.unavailable_until == 0


def test_a_wait_in_vain_tells_nobody_else_that_the_database_is_away(hurried, client, answers):
    with locked("LOCK TABLE inquiries_inquiry IN EXCLUSIVE MODE"):
        response = client.post(URL, answers)
    assert response.status_code == 503  # it isn't stored, so it isn't received
    assert answers["message"] in response.content.decode()
    assert circuit_breaker.unavailable_until == 0
    assert client.post(URL, answers).status_code == 302


def test_elsewhere_it_says_that_somebody_else_is_busy_there(hurried):
    with locked("LOCK TABLE inquiries_inquiry"), pytest.raises(OperationalError) as waited:
        Inquiry.objects.first()
    assert is_lock_wait(waited.value)
    try:
        raise waited.value
    except OperationalError:
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 409


def test_staff_get_back_what_they_typed_and_no_sign_in_its_password(hurried, as_user, front_desk):
    inquiry, desk = receive(), as_user(front_desk)
    desk.raise_request_exception = False
    address = reverse("inquiry:compose", args=[inquiry.pk])
    with locked("SELECT FROM inquiries_inquiry FOR UPDATE"):
        busy = desk.post(address, {"seen": seen(inquiry), "did": "note", "text": "Asked for her records"})
    assert (busy.status_code, "Asked for her records" in busy.content.decode()) == (409, True)
    with locked("SELECT FROM inquiries_accesshead FOR UPDATE"):  # for which the end of the transaction waits
        busy = desk.post(reverse("inquiry:take", args=[inquiry.pk]), {"seen": seen(inquiry)})
    assert (busy.status_code, "Assigned to you." in page_html(desk, inquiry)) == (409, False)
    sent = RequestFactory().post("/sign-in/", {"password": "correct horse"})
    try:
        raise OperationalError
    except OperationalError:
        away = errors.server_error(sent)
    assert (away.status_code, "correct horse" in away.content.decode()) == (503, False)


def test_a_bounce_that_a_lock_holds_up_is_noted_when_it_is_told_again(hurried, front_desk):
    inquiry = receive()
    reply = inquiry.reply("On Friday.", by=front_desk, seen=seen(inquiry))
    with locked("LOCK TABLE inquiries_inquiry"), pytest.raises(OperationalError):
        inquiry.delivery_failed(reply)
    inquiry.delivery_failed(reply)
    inquiry.refresh_from_db()
    assert inquiry.status == "in_progress"
