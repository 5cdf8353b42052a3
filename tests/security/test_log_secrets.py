"""Logs contain no references or one-time keys, and repeated tracebacks are shortened."""

import io
import logging

import pytest
from django.urls import reverse

from clinic.operations import logs

KEY = "1a-c0ffee-secret"


@pytest.fixture
def log():
    """Django's log as written to the console."""
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(logs.HideSecretPaths())
    handler.setFormatter(logs.LineFormatter("{levelname} {message}", style="{"))
    logging.getLogger("django").addHandler(handler)
    yield handler.stream
    logging.getLogger("django").removeHandler(handler)


def test_the_console_handler_hides_secret_paths(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["paths"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "secret"),
    [
        ("get", "/contact/received/CCCC-CCCC/", "CCCC"),
        ("post", "/contact/received/CCCC-CCCC/", "CCCC"),
        ("get", "/contact/received/CCCC-CCCC/more/", "CCCC"),
        ("put", f"/sign-in/password/{KEY}/", "c0ffee"),
        ("get", f"/sign-in/password/{KEY}/more/", "c0ffee"),
    ],
)
def test_a_failed_request_is_logged_without_secrets(client, log, method, path, secret):
    assert getattr(client, method)(path).status_code in {404, 405}, path
    assert secret not in log.getvalue()
    assert log.getvalue().count("\n") == 1


@pytest.mark.django_db
def test_log_lines_contain_the_url_pattern_or_path(client, log):
    client.get("/contact/received/CCCC-CCCC/")
    client.get("/no-such-page/")
    assert "/contact/received/<str:reference>/" in log.getvalue()
    assert "Not Found: /no-such-page/" in log.getvalue()


def fail(number):
    try:
        raise ValueError(f"words {number}")
    except ValueError:
        logging.getLogger("django").exception("Internal Server Error: %s", reverse("inquiries:contact"))


def test_the_same_traceback_is_written_once_a_minute(log, settings, monkeypatch):
    settings.DEBUG = False
    for number in range(50):
        fail(number)
    assert log.getvalue().count("in fail") == 1
    assert log.getvalue().count("again: ValueError") == 49
    assert "words 1" not in log.getvalue()
    monkeypatch.setattr(logs, "TRACEBACK_INTERVAL_SECONDS", 0)
    fail(50)
    assert log.getvalue().count("in fail") == 2
