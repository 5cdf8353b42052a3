"""While the database is down, the form keeps its input, shows the phone number and doesn't claim receipt."""

import os
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models import signals
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.caching import clinic_fallback
from clinic.database.base import circuit_breaker
from clinic.errors import RETRY_AFTER_SECONDS
from clinic.models import ClinicSettings
from inquiries.models import Inquiry
from tests.support import databases

CONTACT = reverse("inquiries:contact")


@pytest.fixture
def visit(committed_db, site_server):
    """A function that requests a page of the live site and returns (status, headers, text)."""

    def request(path, data=None):
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with urllib.request.urlopen(site_server.url + path, data=body, timeout=30) as response:  # noqa: S310
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    request("/")  # fills the caches
    return request


@contextmanager
def no_connections_left():
    """Simulate that all connections of the server are in use."""
    role, settings = f"crowded_{os.getpid()}", connection.settings_dict
    user = settings["USER"]
    connections.close_all()
    with databases.server() as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 0")
        settings["USER"] = role
        try:
            yield
        finally:
            settings["USER"] = user
            admin.execute(f"DROP ROLE {role}")


RAISE_SQL = "RAISE EXCEPTION 'no room' USING ERRCODE = '{}'"
DISCONNECT_SQL = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW"


@contextmanager
def failing(table, sqlstate, when="BEFORE INSERT"):
    """Make PostgreSQL raise the error when the table is written; "" breaks the connection."""
    at_commit = when == "AT COMMIT"
    kind, timing = ("CONSTRAINT TRIGGER", "AFTER INSERT") if at_commit else ("TRIGGER", when)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {RAISE_SQL.format(sqlstate) if sqlstate else DISCONNECT_SQL}; END $$"
        )
        cursor.execute(
            f"CREATE {kind} fail {timing} ON {table}"
            f" {'DEFERRABLE INITIALLY DEFERRED' if at_commit else ''}"
            " FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION fail CASCADE")


@contextmanager
def unresponsive():
    """Simulate a server that accepts a statement and never responds: another connection locks the table."""
    circuit_breaker.response_timeout = 0.3
    with databases.server() as admin:
        parameters = {**admin.info.get_parameters(), "dbname": connection.settings_dict["NAME"]}
        with psycopg.connect(**parameters) as other:
            other.execute("LOCK TABLE inquiries_inquiry")
            yield
    circuit_breaker.response_timeout = None


CAUSES = {
    "stopped": databases.down,
    "pool exhausted": no_connections_left,
    "disk full for the timeline": lambda: failing("inquiries_inquiryevent", "53100"),
    "killed at commit": lambda: failing("inquiries_inquiry", "57P01", "AT COMMIT"),
    "connection broken": lambda: failing("inquiries_inquiryevent", ""),
    "connection broken at commit": lambda: failing("inquiries_inquiry", "", "AT COMMIT"),
    "statement cancelled": lambda: failing("inquiries_inquiry", "57014"),
    "read only": lambda: failing("inquiries_inquiry", "25006"),
    "no response": unresponsive,
}


@pytest.mark.parametrize("cause", CAUSES)
def test_the_form_keeps_the_input_and_shows_the_phone_number(visit, answers, article, cause):
    phone = ClinicSettings.current().phone_display
    answers |= {"page": article.pk, "page_revision": article.live_revision_id}
    answers |= {"message": "Since Sunday & <worse> daily", "best_time": "morning", "voicemail_ok": "on"}
    with CAUSES[cause]():
        status, headers, text = visit(CONTACT, answers)
    assert status == 503
    assert headers["Retry-After"] == str(RETRY_AFTER_SECONDS)
    assert headers["Cache-Control"] == "no-store"
    assert phone in text
    assert "We did not get your message" in text
    assert "data-reference=" not in text
    assert "Since Sunday &amp; &lt;worse&gt; daily</textarea>" in text
    for value in [article.pk, "Maria Example", "(202) 555-0143", "maria@patient.example"]:
        assert f'value="{value}"' in text
    assert '<option value="morning" selected>' in text
    assert not Inquiry.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    # Sending it again works once the cause is gone, without a restart.
    status, headers, text = visit(CONTACT, answers)
    assert status == 200
    assert f'data-reference="{Inquiry.objects.get().reference}"' in text


@pytest.mark.parametrize("cause", [databases.down, no_connections_left])
def test_the_form_opens_and_pages_that_need_the_database_return_503_with_the_phone_number(visit, cause):
    phone = ClinicSettings.current().phone_display
    paths = ["/education/kyphoplasty/", "/contact/received/CCCC-CCCC/", "/documents/1/x.pdf"]
    with cause():
        responses = {path: visit(path) for path in paths}
        status, _, form = visit(CONTACT)
        assert (status, 'name="message"' in form) == (200, True)
        assert [visit(reverse(check))[0] for check in ["health", "ready"]] == [200, 503]
    for path, (status, headers, text) in responses.items():
        assert (status, headers["Retry-After"]) == (503, str(RETRY_AFTER_SECONDS)), path
        assert "This site is down for a few minutes" in text, path
        assert phone in text, path
    assert [visit(path)[0] for path in paths] == [200, 404, 404]


def test_an_urgent_message_still_gets_advice(visit, answers):
    with databases.down():
        status, _, text = visit(CONTACT, {**answers, "message": "I want to end my life tonight"})
    assert status == 503
    assert text.index("Call or text 988 now") < text.index("<h1")
    assert text.count('tabindex="-1" autofocus') == 1


def test_a_process_started_during_the_outage_knows_the_phone_number(visit, answers):
    phone = ClinicSettings.current().phone_display
    with databases.down():
        clinic_fallback.known.clear()
        clinic_fallback.load()
        assert phone in visit(CONTACT, answers)[2]


def test_the_error_page_works_without_the_clinics_details(visit, answers, settings, tmp_path):
    settings.CLINIC_FILE = tmp_path / "clinic.json"
    clinic_fallback.known.clear()
    with databases.down():
        for text in ["", "[]", "{", '[{"model": "clinic.gone", "fields": {}}]']:
            clinic_fallback.load()
            settings.CLINIC_FILE.write_text(text)
        clinic_fallback.load()
        status, _, text = visit(CONTACT, answers)
    assert status == 503
    assert "We did not get your message" in text


def test_a_new_phone_number_is_stored_for_restarts_without_a_database(visit, settings):
    clinic = ClinicSettings.current()
    clinic.phone = "(202) 555-0177"
    clinic.save()
    visit("/")
    assert "555-0177" in settings.CLINIC_FILE.read_text()


def test_pages_work_on_a_full_disk(visit, settings, tmp_path):
    settings.CLINIC_FILE = tmp_path / "no folder" / "clinic.json"
    clinic_fallback.known.clear()
    assert visit("/")[0] == 200


def test_resending_after_an_uncertain_commit_stores_the_inquiry_once(client, answers, committed_db):
    """The connection breaks between the commit and its response, so the patient sends it again."""

    def disconnect():
        raise OperationalError

    def lose_response(**kwargs):
        transaction.on_commit(disconnect)

    signals.post_save.connect(lose_response, sender=Inquiry)
    try:
        assert client.post(CONTACT, answers).status_code == 503
    finally:
        signals.post_save.disconnect(lose_response, sender=Inquiry)
    response = client.post(CONTACT, answers)
    assert response.status_code == 302
    assert response.url.startswith(Inquiry.objects.get().get_absolute_url())
    assert ProcrastinateJob.objects.filter(args__inquiry_id=Inquiry.objects.get().pk).count() == 2


def test_a_programming_error_keeps_the_input(client, answers, db):
    """A broken deployment: a table that the code expects doesn't exist."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_inquiry RENAME TO gone")
    response = client.post(CONTACT, answers)
    assert response.status_code == 503
    assert response.context["form"]["message"].value() == answers["message"]
