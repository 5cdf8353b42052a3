"""Each setting is declared once; a missing or wrong one stops the start with one sentence that names it."""

import re
from pathlib import Path

import pytest

from clinic.environment import TABLE, Environment
from clinic.environment.__main__ import as_page

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DATABASE_URL": "postgres://site:secret@localhost/clinic",
    "SECRET_KEY": "x" * 50,
    "FIELD_KEYS": f"a:{'A' * 43}=",
    "BASE_URL": "https://www.clinic.example",
    "EMAIL_URL": "smtp://user:p%40ss@mail.clinic.example:587/?tls=True",
}
ALL = [setting.name for group in TABLE.values() for setting in group]
WRONG = {
    "DATABASE_URL": ["sqlite:///x", "postgres", "postgres://localhost", "mysql://localhost/x"],
    "SECRET_KEY": ["x", "x" * 49],
    "MEDIA_STORAGE": ["bucket", "https://bucket.example/", "s3://"],
    "FIELD_KEYS": ["key", "a:short", f"a-b:{'A' * 43}="],
    "BASE_URL": ["www.clinic.example", "ftp://clinic.example", "https://clinic.example/path", "https://"],
    "EMAIL_URL": [
        *["smpt://mail.clinic.example", "mail.clinic.example", "smtp://", "smtp+typo://x"],
        *["mailgun://k@", "postmark://"],
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
    "SHARED_CACHES": ["127.0.0.1:8081"],
    "HSTS_SECONDS": ["a year"],
    "HSTS_INCLUDE_SUBDOMAINS": ["maybe"],
    "HSTS_PRELOAD": ["2"],
    "PAGE_CACHE": ["full"],
    "PAGE_CACHE_BYTES": ["64MB"],
    "BACKUP_COPY_TO": ["ftp://elsewhere", "relative/folder"],
    "BACKUP_KEY": ["age1publickey", "secret"],
    "PING_URL": ["hc-ping.com/x"],
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
    *["ALLOWED_HOSTS", "DATA_DIR", "BACKUP_DIR", "METRICS_TOKEN", "SENTRY_DSN"],
    "EMAIL_WEBHOOK_SIGNING_KEY",
}


def read_all(**variables):
    environment = Environment({**GOOD, **variables})
    return {name: environment(name) for name in ALL}


def test_good_ones_are_read():
    values = read_all()
    assert values["EMAIL_URL"]["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert values["DATABASE_URL"]["NAME"] == "clinic"
    assert values["TRUSTED_PROXIES"] is None
    assert read_all(TRUSTED_PROXIES="0")["TRUSTED_PROXIES"] == 0


def test_a_pooler_in_transaction_mode_gets_no_server_side_cursors():
    address = f"{GOOD['DATABASE_URL']}?disable_server_side_cursors=true&sslmode=require"
    found = Environment({**GOOD, "DATABASE_URL": address})("DATABASE_URL")
    assert found["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_an_email_provider_stands_in_for_the_server():
    values = read_all(EMAIL_URL="mailgun://k%2Fey@mg.clinic.example")["EMAIL_URL"]
    assert values["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert values["ANYMAIL"] == {"MAILGUN_API_KEY": "k/ey", "MAILGUN_SENDER_DOMAIN": "mg.clinic.example"}


def test_a_provider_of_texts_is_twilio_or_speaks_like_it():
    assert read_all()["SMS_URL"] is None
    twilio = read_all(SMS_URL="twilio://AC1:t%2Fk@/+12025550100")["SMS_URL"]
    assert twilio == ("https://api.twilio.com/2010-04-01/Accounts/AC1", "AC1", "t/k", "+12025550100")
    other = read_all(SMS_URL="twilio://AC1:t@sms.example:8443/+12025550100")["SMS_URL"]
    assert other.api == "https://sms.example:8443/2010-04-01/Accounts/AC1"


def test_a_wrong_one_stops_the_start_with_a_sentence():
    for name, values in WRONG.items():
        for value in values:
            with pytest.raises(SystemExit, match=rf"^{name} is .+\.$"):
                read_all(**{name: value})


def test_a_missing_one_stops_the_start_and_says_what_it_is_for():
    for name in GOOD:
        with pytest.raises(SystemExit, match=f"^{name} is not set: .+ To try the project out"):
            read_all(**{name: " "})


def test_every_setting_has_a_wrong_value_here():
    assert sorted(WRONG.keys() | ANY_TEXT) == sorted(ALL)


def test_the_page_is_as_the_table_says():
    """`python -m clinic.environment > docs/settings.md` renews it."""
    assert (ROOT / "docs" / "settings.md").read_text() == as_page()


def test_settings_read_no_variable_past_the_table():
    text = (ROOT / "clinic" / "settings.py").read_text()
    assert set(re.findall(r'environment\("(\w+)"\)', text)) == set(ALL)
    assert "os.environ" not in text
