"""While the database is away nothing is called received, nothing typed is lost, and the phone is shown."""

import os
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.errors import RETRY_AFTER
from clinic.models import ClinicSettings
from inquiries.models import Inquiry
from tests import databases

CONTACT = reverse("inquiries:contact")


@pytest.fixture
def visit(committed_db, site_server):
    """A request to the live site: (status, headers, text)."""

    def ask(path, data=None):
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with urllib.request.urlopen(site_server.url + path, data=body, timeout=30) as response:  # noqa: S310
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    ask("/")  # it has been visited before
    return ask


@contextmanager
def no_connections():
    """As when PostgreSQL is stopped: those open are cut, new ones refused."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    with databases.server() as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def none_left():
    """As when every connection that the server grants is taken."""
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


@contextmanager
def failing(table, sqlstate, when="BEFORE INSERT"):
    """PostgreSQL itself raises the error as it would for the real cause."""
    at_commit = when == "AT COMMIT"
    kind, timing = ("CONSTRAINT TRIGGER", "AFTER INSERT") if at_commit else ("TRIGGER", when)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{sqlstate}'; END $$"
        )
        cursor.execute(
            f"CREATE {kind} fail {timing} ON {table}"
            f" {'DEFERRABLE INITIALLY DEFERRED' if at_commit else ''}"
            " FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION fail CASCADE")


CAUSES = {
    "stopped": no_connections,
    "pool exhausted": none_left,
    "disk full": lambda: failing("inquiries_inquiry", "53100"),
    "disk full for the timeline": lambda: failing("inquiries_inquiryevent", "53100"),
    "disk full for the letters": lambda: failing("procrastinate_jobs", "53100"),
    "killed at commit": lambda: failing("inquiries_inquiry", "57P01", "AT COMMIT"),
    "read only": lambda: failing("inquiries_inquiry", "25006"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_the_patient_keeps_what_they_typed_and_reads_whom_to_call(visit, answers, cause):
    phone = ClinicSettings.current().phone_display
    answers |= {"message": "Since Sunday & <worse> daily", "best_time": "morning", "voicemail_ok": "on"}
    with CAUSES[cause]():
        status, headers, text = visit(CONTACT, answers)
    assert status == 503
    assert headers["Retry-After"] == str(RETRY_AFTER)
    assert headers["Cache-Control"] == "no-store"
    assert phone in text
    assert "Your message has not been sent" in text
    assert "data-reference" not in text
    assert "Since Sunday &amp; &lt;worse&gt; daily</textarea>" in text
    for kept in ['value="Maria Example"', 'value="(202) 555-0143"', 'value="maria@patient.example"']:
        assert kept in text
    assert '<option value="morning" selected>' in text
    assert not Inquiry.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    # Sent again once the cause is gone, without a restart:
    status, headers, text = visit(CONTACT, answers)
    assert status == 200
    assert f'data-reference="{Inquiry.objects.get().reference}"' in text


@pytest.mark.parametrize("cause", [no_connections, none_left])
@pytest.mark.parametrize(
    "path", ["/education/kyphoplasty/", "/contact/received/CCCC-CCCC/", "/documents/1/x.pdf"]
)
def test_a_page_that_needs_the_database_says_so(visit, cause, path):
    phone = ClinicSettings.current().phone_display
    with cause():
        status, headers, text = visit(path)
    assert status == 503
    assert headers["Retry-After"] == str(RETRY_AFTER)
    assert "We are away for a moment" in text
    assert phone in text
    assert visit(path)[0] in {200, 404}


def test_the_form_itself_can_be_read(visit):
    with no_connections():
        status, _, text = visit(CONTACT)
    assert status == 200
    assert 'name="message"' in text


def test_an_error_of_our_own_loses_nothing_either(client, answers, db):
    """A broken deployment: a table that the code expects is not there."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_inquiry RENAME TO gone")
    response = client.post(CONTACT, answers)
    assert response.status_code == 503
    assert response.context["form"]["message"].value() == answers["message"]
