"""Patient data is only in the inquiry, and in no log, email, job, URL or other table."""

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

PATIENT_DATA = {
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
INQUIRY_TABLE = "inquiries_inquiry"  # the only table that may contain any of it


def found_in(text):
    return [canary for canary in CANARIES if canary in text.lower()]


@pytest.fixture
def log():
    """All output of the project's log handler and formatter from level DEBUG."""
    lines = io.StringIO()
    handlers = logging.root.handlers[:]
    dictConfig(project.LOGGING)
    handler = logging.root.handlers[-1]
    handler.setStream(lines)
    for name, level in {"": "DEBUG", "procrastinate": "DEBUG", "mail.log": "CRITICAL"}.items():
        logging.getLogger(name).setLevel(level)  # mail.log is the test's mail server
    yield lines
    dictConfig(project.LOGGING)
    logging.root.handlers[:] = handlers


def broken_database():
    """Make PostgreSQL reject the row with an error that quotes it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_inquiry ADD CHECK (name <> 'Canary Goldfinch') NOT VALID")


class Traffic:
    """Sends requests, and records the cookies and URLs of requests, redirects and links."""

    LINKS = re.compile(r"""(?:href|src|action|formaction|data-url|value)="([^"]*)""")
    # Links that no server sees.
    LOCAL_SCHEMES = ("tel:", "mailto:")

    def __init__(self):
        self.urls, self.cookies = [], []

    def send(self, client, path, data=None, method="post", **options):
        response = getattr(client, method)(path, data, **options)
        self.urls += [response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]]
        self.urls += [response.get("Location", "")]
        self.cookies += [cookie.OutputString() for cookie in response.cookies.values()]
        if not response.streaming and response["Content-Type"].startswith("text/html"):
            links = self.LINKS.findall(html.unescape(response.content.decode()))
            self.urls += [link for link in links if "/" in link and not link.startswith(self.LOCAL_SCHEMES)]
        return response


def submit_inquiry(traffic, client, data):
    contact = reverse("inquiries:contact")
    assert traffic.send(client, contact, data).status_code == 302
    traffic.send(client, contact, {**data, "name": ""})
    traffic.send(client, contact, data, headers={"sec-fetch-site": "cross-site"})
    return Inquiry.objects.get()


def handle_inquiry(traffic, desk, inquiry):
    page = reverse("inquiry:inspect", args=[inquiry.pk])
    call = {"text": NOTE, "result": "spoke"}
    for action, data in [("take", {}), ("note", {"text": NOTE}), ("call", call), ("note", {"text": NOTE})]:
        stale = 1 if action == "note" and inquiry.events.filter(kind="call") else 0
        traffic.send(desk, f"{page}{action}/", {**data, "seen": seen(inquiry) - stale})
    phone = PATIENT_DATA["phone"].split(",")[0]
    for queue in [reverse("inquiry:index"), reverse("inquiry:view", args=["in-progress"])]:
        traffic.send(desk, queue, {"q": PATIENT_DATA["name"]})
    results = traffic.send(desk, reverse("inquiry:index"), {"q": phone})["Location"]
    assert inquiry.reference in traffic.send(desk, results, method="get").content.decode()
    for url in [page, f"{page}print/", f"{results}&status=in_progress", reverse("inquiry:index")]:
        assert inquiry.reference in traffic.send(desk, url, method="get").content.decode()
    bulk = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "note"])
    confirmation = traffic.send(desk, bulk, {"id": "all", "next": results}, method="get")
    hidden = {field.name: field.value() for field in confirmation.context["form"].hidden_fields()}
    traffic.send(desk, f"{bulk}?{urlencode({'id': 'all', 'next': results})}", {**hidden, "text": NOTE})
    traffic.send(desk, f"{page}news/", {"seen": 0})
    traffic.send(desk, reverse("inquiry:undo"))


def find_and_export(traffic, manager_client, inquiry):
    for name in ["person", "person_export", "person_ask_to_erase", "person_erase"]:
        for contact in [PATIENT_DATA["email"], PATIENT_DATA["phone"].split(",")[0]]:
            data = {"contact": contact, "again": "a@b.example"}
            traffic.send(manager_client, reverse(f"inquiry:{name}"), data)
    for url in [reverse("inquiry_access"), "/admin/", "/admin/reports/site-history/"]:
        traffic.send(manager_client, url, method="get")
    traffic.send(manager_client, reverse("inquiry:index"), {"export": "csv"}, method="get")


@pytest.fixture
def traffic(
    committed_db, client, as_user, answers, front_desk, manager, run_worker, mail_server, log, settings
):
    """The traffic of an inquiry that's sent, handled, exported and hit by failures."""
    mail_server.behavior, settings.ADMINS = "refuse_recipient", [("Someone", "someone@clinic.example")]
    traffic, data = Traffic(), {**answers, **PATIENT_DATA}
    inquiry = submit_inquiry(traffic, client, data)
    run_worker()
    handle_inquiry(traffic, as_user(front_desk), inquiry)
    find_and_export(traffic, as_user(manager), inquiry)
    for task in SCHEDULED:
        task.defer(timestamp=0)
    run_worker()
    kinds = set(inquiry.events.values_list("kind", flat=True))
    assert {"taken", "note", "call", "undone"} <= kinds
    broken_database()
    assert traffic.send(client, reverse("inquiries:contact"), {**data, "topic": "billing"}).status_code == 503
    return traffic


def test_patient_data_leaks_into_no_other_table_log_url_cookie_or_cache(traffic, log, mail_server):
    text = log.getvalue()
    assert "An inquiry could not be stored" in text
    assert "CheckViolation 23514" in text
    assert "NotSent" in text
    assert found_in(text) == []
    assert len(traffic.urls) > 500
    assert found_in(" ".join(map(unquote, traffic.urls))) == []
    assert found_in(" ".join([*traffic.cookies, *decoded_cookies(traffic)])) == []
    assert mail.outbox == []  # no email to administrators, which would quote the form
    assert leaks_in_other_tables() == []
    assert found_in(str([session.get_decoded() for session in Session.objects.all()])) == []
    assert found_in(str(cached_values())) == []


def decoded_cookies(traffic):
    """Return the contents of message cookies, which are signed but not encrypted."""
    values = [cookie.split(";")[0].partition("messages=")[2].strip('"') for cookie in traffic.cookies]
    return [str(CookieStorage(HttpRequest())._decode(value)) for value in values if value]


def cached_values():
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM clinic_cache")
        return [pickle.loads(b64decode(value)) for (value,) in cursor.fetchall()]  # noqa: S301 our own


def leaks_in_other_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        assert {"procrastinate_jobs", "procrastinate_events", "inquiries_accessentry"} <= set(tables)
        assert {ModelLogEntry._meta.db_table, PageLogEntry._meta.db_table} <= set(tables)
        leaks = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            leaks += [(table, found_in(row)) for (row,) in cursor.fetchall() if found_in(row)]
    # The inquiry's own row has name and contact in searchable columns, but no message or note.
    secret = {"hayloft", "skylark"}
    return [(table, found) for table, found in leaks if table != INQUIRY_TABLE or secret & set(found)]


REPLY = "Kingfisher: stop the aspirin on Friday"


def converse(traffic, client, desk, run_worker):
    for inquiry in Inquiry.objects.all():
        data = {"seen": seen(inquiry), "answer": REPLY, "link_days": 7, "confirmed": 1}
        traffic.send(desk, reverse("inquiry:reply", args=[inquiry.pk]), data)
    run_worker()
    for reply in Reply.objects.select_related("inquiry"):
        link = reverse("inquiries:reply", args=[reply.token])
        for data in [{}, {"code": "AAAAAA"}, {"text_code": "1"}]:
            traffic.send(client, link, data)
        run_worker()
        page = traffic.send(client, link, {"code": reading_codes.first(reply.inquiry.uuid)})
        assert REPLY in page.content.decode()
        addition = {"ticket": ticket(page), "message": f"{REPLY}? Why?"}
        assert "Why?" in traffic.send(client, reverse("inquiries:status"), addition).content.decode()
    run_worker()


def test_a_reply_leaks_into_no_email_text_log_job_url_cookie_or_dump(
    committed_db, client, as_user, answers, front_desk, run_worker, mail_server, log, provider
):
    for changes in [{"message": "By email"}, {"message": "By text", "texts_ok": "on"}]:
        client.post(reverse("inquiries:contact"), answers | changes)
    traffic = Traffic()
    converse(traffic, client, as_user(front_desk), run_worker)
    with_link, with_code = sorted(provider.texts, key=lambda text: "your code is" in text["Body"])
    code = with_code["Body"].partition("your code is ")[2].partition(".")[0]
    dump = databases.program("pg_dump", connection.settings_dict["NAME"])
    jobs = str(list(ProcrastinateJob.objects.values_list("task_name", "args")))
    emails = [message.as_string() for message in mail_server.emails]
    assert len([email for email in emails if "has answered your message" in email]) == 1
    assert "inquiries.send_code" in jobs
    for text in [dump, jobs, log.getvalue(), str(provider.texts), *emails, *map(unquote, traffic.urls)]:
        assert "kingfisher" not in text.lower()
    assert "kingfisher" not in str([*traffic.cookies, *decoded_cookies(traffic)]).lower()
    for text in [jobs, log.getvalue()]:
        assert not [number for number in ["2025550143", "555-0143"] if number in text]
    for secret in [code, code.replace(" ", ""), *re.findall(r"/reply/([^/]+)/", with_link["Body"])]:
        assert secret not in dump + jobs + log.getvalue()
