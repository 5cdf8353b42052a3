"""Log lines are JSON with the request's id, and hold no exception's words; nor do reports of errors."""

import json
import logging

import pytest
import sentry_sdk
from django.http import HttpResponse
from django.test import RequestFactory
from sentry_sdk.transport import Transport

from clinic.operations import error_reports
from clinic.operations.logs import JSONFormatter, request_id, with_request_id

PATIENT = "Maria Example, my back hurts"


def line(message="hello", **options):
    record = logging.LogRecord("clinic", logging.ERROR, __file__, 1, message, (), options.get("exc_info"))
    return json.loads(JSONFormatter().format(record))


def failure():
    try:
        raise ValueError(PATIENT)
    except ValueError as error:
        return (ValueError, error, error.__traceback__)


def test_a_line_is_one_object():
    assert line().items() >= {"level": "ERROR", "logger": "clinic", "message": "hello"}.items()


def test_an_errors_words_are_left_out(settings):
    settings.DEBUG = False
    said = line(exc_info=failure())["error"]
    assert "ValueError" in said
    assert PATIENT not in said


@pytest.mark.parametrize(
    ("given", "proxies", "kept"), [("a" * 32, 1, True), ("a" * 32, 0, False), ("x\n{}", 1, False)]
)
def test_the_proxys_id_is_taken_over_where_there_is_a_proxy(settings, given, proxies, kept):
    settings.TRUSTED_PROXIES = proxies
    ids = []

    def view(request):
        ids.append(line()["request_id"])
        return HttpResponse()

    with_request_id(view)(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert (ids == [given]) is kept
    assert len(ids[0]) == 32
    assert request_id.get() == ids[0]


@pytest.fixture
def reports():
    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items)

    error_reports.start("https://key@errors.clinic.example/1", "1.0", transport=Kept)
    yield sent
    # init() without an address would go on reading local variables, and with them the database.
    sentry_sdk.get_global_scope().set_client(None)


def test_error_reports_say_what_broke_and_nothing_a_patient_wrote(
    reports, client, answers, monkeypatch, article
):
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


def test_log_lines_are_not_reported(reports):
    logging.getLogger("clinic").error("something")
    assert reports == []
