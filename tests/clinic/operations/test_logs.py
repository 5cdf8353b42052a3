"""Log lines are JSON with the request's ID; logs and error reports omit exception messages."""

import json
import logging

import pytest
import sentry_sdk
from django.http import HttpResponse
from django.test import RequestFactory
from sentry_sdk.transport import Transport

from clinic.operations import error_reports
from clinic.operations.logs import JSONFormatter, request_id, with_request_id

MESSAGE = "Maria Example, my back hurts"


def log_line(message="hello", **options):
    record = logging.LogRecord("clinic", logging.ERROR, __file__, 1, message, (), options.get("exc_info"))
    return json.loads(JSONFormatter().format(record))


def failure():
    try:
        raise ValueError(MESSAGE)
    except ValueError as error:
        return (ValueError, error, error.__traceback__)


def test_exception_messages_are_omitted(settings):
    settings.DEBUG = False
    line = log_line(exc_info=failure())
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "clinic", "hello")
    assert "ValueError" in line["error"]
    assert MESSAGE not in line["error"]


@pytest.mark.parametrize(
    ("sent", "proxies", "is_used"), [("a" * 32, 1, True), ("a" * 32, 0, False), ("x\n{}", 1, False)]
)
def test_only_a_trusted_proxys_request_id_is_used(settings, sent, proxies, is_used):
    settings.TRUSTED_PROXIES = proxies
    ids = []

    def view(request):
        ids.append(log_line()["request_id"])
        return HttpResponse()

    with_request_id(view)(RequestFactory().get("/", headers={"X-Request-ID": sent}))
    assert (ids == [sent]) is is_used
    assert len(ids[0]) == 32
    assert request_id.get() == ids[0]


@pytest.fixture
def reports():
    sent = []

    class RecordingTransport(Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items)

    error_reports.start("https://key@errors.clinic.example/1", "1.0", transport=RecordingTransport)
    yield sent
    # Calling init() without a DSN would keep capturing local variables, which queries the database.
    sentry_sdk.get_global_scope().set_client(None)


def test_error_reports_contain_nothing_a_patient_wrote(reports, client, answers, monkeypatch, article):
    def broken(*args, **kwargs):
        raise ValueError(answers["message"])

    monkeypatch.setattr("inquiries.models.inquiry.querysets.InquiryQuerySet.receive", broken)
    client.raise_request_exception = False
    client.post("/contact/?utm=maria", answers)
    [report] = reports
    assert report["exception"]["values"][-1]["type"] == "ValueError"
    assert report["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "broken"
    for word in (answers["message"], answers["name"], answers["email"], "utm=maria", "127.0.0.1"):
        assert word not in json.dumps(report)


def test_log_messages_arent_sent_as_error_reports(reports):
    logging.getLogger("clinic").error("something")
    assert reports == []
