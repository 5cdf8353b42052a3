"""What a patient wrote is in their inquiry and in no log, email, job, URL or other table."""

import html
import io
import logging
import pickle
import re
from base64 import b64decode
from logging.config import dictConfig
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings as project
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import ModelLogEntry, PageLogEntry

from inquiries.lookup import reading_codes
from inquiries.models import Inquiry, Reply
from tests.inquiries.desk.helpers import seen
from tests.inquiries.public.test_conversation import ticket
from tests.support import databases
from tests.support.mail_server import MailServer
from tests.support.text_provider import Provider

TOLD = {
    "name": "Canary Goldfinch",
    "email": "goldfinch@canary.example",
    "phone": "(202) 555-0188, ask for Bluetit",
    "asker": "clinician",
    "patient_name": "Nuthatch Minor",
    "practice": "Bullfinch Family Practice",
    "message": "Wren in the hayloft since Tuesday",
}
NOTE = "Skylark says she cannot sit"
CANARIES = ["goldfinch", "hayloft", "skylark", "555-0188", "2025550188", "bluetit", "nuthatch", "bullfinch"]
SCHEDULED = [
    scheduled.task
    for scheduled in app.periodic_registry.periodic_tasks.values()
    if scheduled.task.name.startswith("inquiries.")
]
OWN = "inquiries_inquiry"  # the only table that may hold any of it


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


class Witness:
    """Everybody's browsers: each address that they asked for, were sent to, or could follow from a page."""

    LINKS = re.compile(r"""(?:href|src|action|formaction|data-url|value)="([^"]*)""")
    # To call and to write to: they are followed by a phone and a mail program, and by no server.
    OUTWARD = ("tel:", "mailto:")

    def __init__(self):
        self.addresses, self.cookies = [], []

    def ask(self, client, path, data=None, method="post", **options):
        response = getattr(client, method)(path, data, **options)
        self.addresses += [response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]]
        self.addresses += [response.get("Location", "")]
        self.cookies += [cookie.OutputString() for cookie in response.cookies.values()]
        if not response.streaming and response["Content-Type"].startswith("text/html"):
            links = self.LINKS.findall(html.unescape(response.content.decode()))
            self.addresses += [link for link in links if "/" in link and not link.startswith(self.OUTWARD)]
        return response


def at_the_form(witness, client, told):
    contact = reverse("inquiries:contact")
    assert witness.ask(client, contact, told).status_code == 302
    witness.ask(client, contact, {**told, "name": ""})
    witness.ask(client, contact, told, headers={"sec-fetch-site": "cross-site"})
    return Inquiry.objects.get()


def at_the_desk(witness, desk, inquiry):
    page = reverse("inquiry:inspect", args=[inquiry.pk])
    call = {"text": NOTE, "result": "spoke"}
    for action, data in [("take", {}), ("note", {"text": NOTE}), ("call", call), ("note", {"text": NOTE})]:
        stale = 1 if action == "note" and inquiry.events.filter(kind="call") else 0
        witness.ask(desk, f"{page}{action}/", {**data, "seen": seen(inquiry) - stale})
    for queue in [reverse("inquiry:index"), reverse("inquiry:view", args=["in-progress"])]:
        witness.ask(desk, queue, {"q": TOLD["name"]})
    listed = witness.ask(desk, reverse("inquiry:index"), {"q": TOLD["phone"].split(",")[0]})["Location"]
    assert inquiry.reference in witness.ask(desk, listed, method="get").content.decode()
    for shown in [page, f"{page}print/", f"{listed}&status=in_progress", reverse("inquiry:index")]:
        assert inquiry.reference in witness.ask(desk, shown, method="get").content.decode()
    bulk = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "note"])
    asked = witness.ask(desk, bulk, {"id": "all", "next": listed}, method="get")
    hidden = {field.name: field.value() for field in asked.context["form"].hidden_fields()}
    witness.ask(desk, f"{bulk}?{urlencode({'id': 'all', 'next': listed})}", {**hidden, "text": NOTE})
    witness.ask(desk, f"{page}news/", {"seen": 0})
    witness.ask(desk, reverse("inquiry:undo"))


def at_the_managers(witness, office, inquiry):
    for name in ["person", "person_export", "person_ask_to_erase", "person_erase"]:
        for contact in [TOLD["email"], TOLD["phone"].split(",")[0]]:
            witness.ask(office, reverse(f"inquiry:{name}"), {"contact": contact, "again": "a@b.example"})
    for address in [reverse("inquiry_access"), "/admin/", "/admin/reports/site-history/"]:
        witness.ask(office, address, method="get")
    witness.ask(office, reverse("inquiry:index"), {"export": "csv"}, method="get")


@pytest.fixture
def witness(committed_db, client, as_user, answers, front_desk, manager, run_worker, mail_server, log):
    """All that happens to an inquiry on a bad day."""
    witness, told = Witness(), {**answers, **TOLD}
    inquiry = at_the_form(witness, client, told)
    run_worker()
    at_the_desk(witness, as_user(front_desk), inquiry)
    at_the_managers(witness, as_user(manager), inquiry)
    for task in SCHEDULED:
        task.defer(timestamp=0)
    run_worker()
    kinds = set(inquiry.events.values_list("kind", flat=True))
    assert {"taken", "note", "call", "undone"} <= kinds
    broken_database()
    assert witness.ask(client, reverse("inquiries:contact"), {**told, "topic": "billing"}).status_code == 503
    return witness


def test_patient_text_is_in_no_other_table(witness, log, mail_server):
    text = log.getvalue()
    assert "An inquiry could not be stored" in text
    assert "CheckViolation 23514" in text
    assert "NotSent" in text
    assert found_in(text) == []
    assert len(witness.addresses) > 500
    assert found_in(" ".join(map(unquote, witness.addresses))) == []
    assert found_in(" ".join([*witness.cookies, *opened_cookies(witness)])) == []
    assert mail.outbox == []  # no email to administrators, which would quote the form
    assert elsewhere_in_the_database() == []
    assert found_in(str([session.get_decoded() for session in Session.objects.all()])) == []
    assert found_in(str(opened_cache())) == []


def opened_cookies(witness):
    """Messages travel in a cookie that is signed, not sealed."""
    values = [cookie.split(";")[0].partition("messages=")[2].strip('"') for cookie in witness.cookies]
    return [str(CookieStorage(HttpRequest())._decode(value)) for value in values if value]


def opened_cache():
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM clinic_cache")
        return [pickle.loads(b64decode(value)) for (value,) in cursor.fetchall()]  # noqa: S301 our own


def elsewhere_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        assert {"procrastinate_jobs", "procrastinate_events", "inquiries_accessentry"} <= set(tables)
        assert {ModelLogEntry._meta.db_table, PageLogEntry._meta.db_table} <= set(tables)
        told = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            told += [(table, found_in(row)) for (row,) in cursor.fetchall() if found_in(row)]
    # Name and contact data are columns that can be searched, of this one table. The words are in none.
    return [(table, found) for table, found in told if table != OWN or set(found) & {"hayloft", "skylark"}]


REPLY = "Kingfisher: stop the aspirin on Friday"


@pytest.fixture
def texts(settings):
    provider = Provider()
    settings.SMS = provider.account
    yield provider
    provider.stop()


def converse(witness, client, desk, run_worker):
    """The desk answers each inquiry; the patient asks for a code by text, opens it and writes back."""
    for inquiry in Inquiry.objects.all():
        sent = {"seen": seen(inquiry), "answer": REPLY, "link_days": 7, "confirmed": 1}
        witness.ask(desk, reverse("inquiry:reply", args=[inquiry.pk]), sent)
    run_worker()
    for reply in Reply.objects.select_related("inquiry"):
        link = reverse("inquiries:reply", args=[reply.token])
        for typed in [{}, {"code": "AAAAAA"}, {"text_code": "1"}]:
            witness.ask(client, link, typed)
        run_worker()
        page = witness.ask(client, link, {"code": reading_codes.first(reply.inquiry.uuid)})
        assert REPLY in page.content.decode()
        written = {"ticket": ticket(page), "message": f"{REPLY}? Why?"}
        assert "Why?" in witness.ask(client, reverse("inquiries:status"), written).content.decode()
    run_worker()


def test_a_reply_is_in_no_email_text_log_job_address_cookie_or_dump(
    committed_db, client, as_user, answers, front_desk, run_worker, mail_server, log, texts
):
    mail_server.behaviour = "accept"
    for asked in [{"message": "By email"}, {"message": "By text", "texts_ok": "on"}]:
        client.post(reverse("inquiries:contact"), answers | asked)
    witness = Witness()
    converse(witness, client, as_user(front_desk), run_worker)
    with_link, with_code = sorted(texts.texts, key=lambda text: "your code is" in text["Body"])
    code = with_code["Body"].partition("your code is ")[2].partition(".")[0]
    dump = databases.program("pg_dump", connection.settings_dict["NAME"])
    jobs = str(list(ProcrastinateJob.objects.values_list("task_name", "args")))
    emails = [message.as_string() for message in mail_server.emails]
    assert len([email for email in emails if "has answered your message" in email]) == 1
    assert "inquiries.send_code" in jobs
    for text in [dump, jobs, log.getvalue(), str(texts.texts), *emails, *map(unquote, witness.addresses)]:
        assert "kingfisher" not in text.lower()
    assert "kingfisher" not in str([*witness.cookies, *opened_cookies(witness)]).lower()
    for text in [jobs, log.getvalue()]:
        assert not [number for number in ["2025550143", "555-0143"] if number in text]
    for secret in [code, code.replace(" ", ""), *re.findall(r"/reply/([^/]+)/", with_link["Body"])]:
        assert secret not in dump + jobs + log.getvalue()
