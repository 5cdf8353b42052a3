"""Environment variables: parsing, and error messages for missing and invalid ones."""

import re
from pathlib import Path

import pytest

from clinic.environment import GROUPS, Environment
from clinic.environment.__main__ import render_page

ROOT = Path(__file__).resolve().parents[2]
VALID = {
    "DATABASE_URL": "postgres://site:secret@localhost/clinic",
    "SECRET_KEY": "x" * 50,
    "FIELD_KEYS": f"a:{'A' * 43}=",
    "BASE_URL": "https://www.clinic.example",
    "EMAIL_URL": "smtp://user:p%40ss@mail.clinic.example:587/?tls=True",
}
ALL = [setting.name for group in GROUPS.values() for setting in group]
INVALID = {
    "DATABASE_URL": [
        "sqlite:///x",
        "postgres",
        "postgres://localhost",
        "mysql://localhost/x",
        "postgres://a:[@b/c",
    ],
    "SECRET_KEY": ["x", "x" * 49],
    "MEDIA_STORAGE": ["bucket", "https://bucket.example/", "s3://", "s3://["],
    "FIELD_KEYS": ["key", "a:short", f"a-b:{'A' * 43}="],
    "BASE_URL": ["www.clinic.example", "ftp://clinic.example", "https://clinic.example/path", "https://"],
    "SHARED_CACHES": ["127.0.0.1:8081", "https://[::1", "https://a:b", "https://a#b", "https://a:b@c"],
    "EMAIL_URL": [
        *["smpt://mail.clinic.example", "mail.clinic.example", "smtp://", "smtp+typo://x"],
        *["mailgun://k@", "postmark://", "smtp://a:[@b", "smtp://a:#@b", "smtp://a..b", "smtp://a:b"],
    ],
    "EMAIL_WEBHOOK_SECRET": ["short", "a/b+c=" * 10],
    "SMS_URL": [
        *["AC1:t@+12025550100", "twilio://AC1:t@/", "twilio://AC1@/+12025550100", "twilio://AC1:t@/5550100"]
    ],
    "ON_CALL_WEBHOOK": ["hooks.example/x", "file:///etc/passwd"],
    "DEFAULT_FROM_EMAIL": ["the clinic", "a@b@c", "a b@c"],
    "ALERT_EMAIL": ["nobody"],
    "PHONE_REGION": ["Deutschland", "us", "XX"],
    "TRUSTED_PROXIES": ["-1", "one", "1.5"],
    "HSTS_SECONDS": ["a year"],
    "HSTS_INCLUDE_SUBDOMAINS": ["maybe"],
    "HSTS_PRELOAD": ["2"],
    "PAGE_CACHE": ["full"],
    "PAGE_CACHE_BYTES": ["64MB"],
    "BACKUP_COPY_TO": ["ftp://elsewhere", "relative/folder"],
    "BACKUP_KEY": ["age1publickey", "secret", f"AGE-SECRET-KEY-1{'Q' * 58}"],
    "PING_URL": ["hc-ping.com/x", "https://hc-ping.com/a b"],
    "SENTRY_DSN": ["sentry.example/1", "https://sentry.example/1"],
    "LOG_FORMAT": ["xml"],
    "MAX_FORM_BYTES": ["2,5"],
    "MAX_FORM_FIELDS": ["-3"],
    "MAX_FILES": ["many"],
    "MAX_UPLOAD_BYTES": ["50M"],
    "MOST_INQUIRIES_AN_HOUR": ["lots"],
    "DEBUG": ["please"],
    "DEMO": ["2"],
}
ANY_TEXT = {
    *["ALLOWED_HOSTS", "DATA_DIR", "BACKUP_DIR", "METRICS_TOKEN"],
    "EMAIL_WEBHOOK_SIGNING_KEY",
}


def read_all(**variables):
    environment = Environment({**VALID, **variables})
    return {name: environment(name) for name in ALL}


def test_valid_settings_are_parsed():
    values = read_all()
    assert values["EMAIL_URL"]["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert values["DATABASE_URL"]["NAME"] == "clinic"
    assert read_all(BASE_URL="HTTPS://www.Clinic.example/")["BASE_URL"] == "https://www.clinic.example"
    assert values["TRUSTED_PROXIES"] is None
    assert read_all(TRUSTED_PROXIES="0")["TRUSTED_PROXIES"] == 0


def test_server_side_cursors_can_be_disabled_for_poolers():
    url = f"{VALID['DATABASE_URL']}?disable_server_side_cursors=true&sslmode=require"
    database = Environment({**VALID, "DATABASE_URL": url})("DATABASE_URL")
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_email_url_can_name_a_provider_instead_of_a_server():
    values = read_all(EMAIL_URL="mailgun://k%2Fey@mg.clinic.example")["EMAIL_URL"]
    assert values["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert values["ANYMAIL"] == {"MAILGUN_API_KEY": "k/ey", "MAILGUN_SENDER_DOMAIN": "mg.clinic.example"}


def test_sms_url_names_twilio_or_a_compatible_provider():
    assert read_all()["SMS_URL"] is None
    twilio = read_all(SMS_URL="twilio://AC1:t%2Fk@/+12025550100")["SMS_URL"]
    assert twilio == ("https://api.twilio.com/2010-04-01/Accounts/AC1", "AC1", "t/k", "+12025550100")
    other = read_all(SMS_URL="twilio://AC1:t@sms.example:8443/+12025550100")["SMS_URL"]
    assert other.api == "https://sms.example:8443/2010-04-01/Accounts/AC1"


def test_an_invalid_setting_stops_the_start_with_a_message():
    for name, values in INVALID.items():
        for value in values:
            with pytest.raises(SystemExit, match=rf"^{name} is .+\.$"):
                read_all(**{name: value})


def test_a_missing_setting_stops_the_start_with_its_help_text():
    for name in VALID:
        with pytest.raises(SystemExit, match=f"^{name} is not set: .+ To try the project out"):
            read_all(**{name: " "})


def test_every_setting_is_tested_with_an_invalid_value():
    assert sorted(INVALID.keys() | ANY_TEXT) == sorted(ALL)


def test_docs_settings_md_is_up_to_date():
    """To update it, run `python -m clinic.environment > docs/settings.md`."""
    assert (ROOT / "docs" / "settings.md").read_text() == render_page()


def test_settings_only_read_declared_variables():
    text = (ROOT / "clinic" / "settings.py").read_text()
    assert set(re.findall(r'environment\("(\w+)"\)', text)) == set(ALL)
    assert "os.environ" not in text
