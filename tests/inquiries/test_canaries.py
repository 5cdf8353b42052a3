"""What a patient wrote is in their inquiry and in no log, letter, job, URL or other table."""

import io
import logging
from logging.config import dictConfig

import pytest
from django.conf import settings as project
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from inquiries.models import Inquiry
from tests.inquiries.desk_cast import seen
from tests.mail_server import MailServer

TOLD = {
    "name": "Canary Goldfinch",
    "email": "goldfinch@canary.example",
    "phone": "(202) 555-0188",
    "message": "Wren in the rafters since Tuesday",
}
NOTE = "Skylark says she cannot sit"
CANARIES = ["goldfinch", "rafters", "skylark", "555-0188", "2025550188"]
OWN = ("inquiries_",)  # the only tables that may hold it


def found_in(text):
    return [canary for canary in CANARIES if canary in text.lower()]


@pytest.fixture
def log():
    """Every line that the project's own handler and formatter write, from DEBUG up."""
    lines = io.StringIO()
    before = logging.root.handlers[:]
    dictConfig(project.LOGGING)
    handler = logging.root.handlers[-1]
    handler.setStream(lines)
    for name, level in {"": "DEBUG", "procrastinate": "DEBUG", "mail.log": "CRITICAL"}.items():
        logging.getLogger(name).setLevel(level)  # the last is the test's own mail server
    yield lines
    dictConfig(project.LOGGING)
    logging.root.handlers[:] = before


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    server.behaviour = "refuse_recipient"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    settings.ADMINS = [("Someone", "someone@clinic.example")]
    yield server
    server.stop()


def broken_database():
    """From here on PostgreSQL refuses the row, and quotes all of it in its reason."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_inquiry ADD CHECK (name <> 'Canary Goldfinch') NOT VALID")


@pytest.fixture
def after(committed_db, client, as_user, answers, front_desk, run_worker, mail_server, log):
    """All that happens to an inquiry on a bad day; the addresses that were seen on the way."""
    contact, addresses = reverse("inquiries:contact"), []

    def post(client, path, data, **options):
        response = client.post(path, data, **options)
        addresses.extend([path, response.get("Location", "")])
        return response

    told = {**answers, **TOLD}
    assert post(client, contact, told).status_code == 302
    post(client, contact, {**told, "name": ""})
    post(client, contact, told, headers={"sec-fetch-site": "cross-site"})
    run_worker()
    inquiry = Inquiry.objects.get()
    desk, page = as_user(front_desk), reverse("inquiry:inspect", args=[inquiry.pk])
    addresses.append(page)
    for action, data in [("take", {}), ("note", {"text": NOTE}), ("note", {"text": NOTE})]:
        post(desk, f"{page}{action}/", {**data, "seen": seen(inquiry) - (len(addresses) > 9)})
    desk.get(page)
    for queue in [reverse("inquiry:index"), reverse("inquiry:view", args=["closed"])]:
        listed = post(desk, queue, {"q": TOLD["name"]})["Location"]
        assert inquiry.reference in desk.get(listed).content.decode()
    assert inquiry.events.filter(kind="note").exists()
    broken_database()
    assert post(client, contact, {**told, "topic": "billing"}).status_code == 503
    return addresses


def test_what_the_patient_wrote_is_nowhere_else(after, log, mail_server):
    text = log.getvalue()
    assert "An inquiry could not be stored" in text
    assert "CheckViolation 23514" in text
    assert "NotSent" in text
    assert found_in(text) == []
    assert found_in(" ".join(after)) == []
    assert mail.outbox == []  # no letter to administrators, which would quote the form
    assert elsewhere_in_the_database() == []


def elsewhere_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(OWN)]
        assert {"procrastinate_jobs", ModelLogEntry._meta.db_table, PageLogEntry._meta.db_table} <= set(
            tables
        )
        told = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            told += [(table, found_in(row)) for (row,) in cursor.fetchall() if found_in(row)]
    return told


def test_letters_hold_none_of_it(committed_db, client, answers, run_worker, mail_server):
    mail_server.behaviour = "accept"
    client.post(reverse("inquiries:contact"), {**answers, **TOLD})
    run_worker()
    assert len(mail_server.letters) == 2
    for letter in mail_server.letters:
        del letter["To"], letter["X-RcptTo"], letter["X-MailFrom"], letter["X-Peer"]
        assert found_in(letter.as_string()) == []
