"""Each check of `manage.py doctor` finds what it's for, in a sentence with a solution."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from clinic.models.operations import Backup, CheckResult
from clinic.operations import checks
from clinic.operations.checks import network
from tests.support import databases
from tests.support.mail_server import MailServer
from tests.support.ports import free_port
from tests.support.text_provider import Provider

pytestmark = pytest.mark.django_db
GOOD_KEY = "k3Yq-9vTzBnRw2LpXs7HdJf4MgCa6EuQo8Wi1Ky5Nt0Pb_Vr-Zx"


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def problem(name):
    return str(checks.run([name])[name] or "")


def test_production_mode(settings):
    settings.DEBUG = False
    assert not problem("production_mode")
    settings.DEMO = True
    assert "DEMO is on" in problem("production_mode")


def test_secret_keys(settings):
    settings.SECRET_KEY, settings.FIELD_KEYS = GOOD_KEY, {"n2026": bytes(range(32))}
    assert not problem("secret_keys")
    settings.FIELD_KEYS = {"sample": bytes(range(32))}
    assert "“sample”" in problem("secret_keys")
    settings.SECRET_KEY = "x" * 60
    assert "SECRET_KEY" in problem("secret_keys")


def test_messages_that_no_key_opens(client, answers, settings, article):
    client.post(reverse("inquiries:contact"), answers)
    assert not problem("readable_messages")
    settings.FIELD_KEYS = {"n2026": bytes(range(32))}
    assert "FIELD_KEYS can't decrypt" in problem("readable_messages")


def test_a_role_that_owns_the_tables():
    assert "owns tables or is a superuser" in problem("database_role")
    sql("CREATE ROLE clinic_check_role")
    sql("SET ROLE clinic_check_role")
    assert not problem("database_role")
    sql("RESET ROLE")


def test_a_database_log_that_quotes_patients():
    assert "into its own log" in problem("database_log")
    sql("SET LOCAL log_min_error_statement = 'panic'")
    sql("SET LOCAL log_error_verbosity = 'terse'")
    assert not problem("database_log")


def test_style_sheets_that_were_not_collected(settings, tmp_path):
    assert not problem("static_files")  # in development they needn't be
    settings.STATIC_ROOT = tmp_path
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    assert "have not been collected" in problem("static_files")


def test_a_refused_account_for_texts(settings):
    assert not problem("text_messages")
    provider = Provider()
    settings.SMS = provider.account
    assert not problem("text_messages")
    provider.answer = {"status": "suspended"}
    assert "isn't active: suspended" in problem("text_messages")
    provider.refuse(401, 20003)
    assert "refuses the account in SMS_URL, or can't be reached: HTTP 401" in problem("text_messages")
    provider.stop()
    assert "URLError" in problem("text_messages")


def test_placeholders(article):
    assert "still placeholders: name, phone" in problem("clinic_facts")


def test_a_database_that_is_a_replica_or_away(committed_db):
    assert not problem("database")
    sql("CREATE FUNCTION public.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'")
    sql("SET search_path = public, pg_catalog")
    assert "read-only replica" in problem("database")
    with databases.down():
        assert "could not be checked: OperationalError" in problem("database")


def test_a_database_that_was_not_migrated():
    assert not problem("migrations")
    newest = "SELECT max(name) FROM django_migrations WHERE app = 'clinic'"
    sql(f"DELETE FROM django_migrations WHERE app = 'clinic' AND name = ({newest})")  # noqa: S608
    assert "has not been migrated" in problem("migrations")


def test_a_dead_worker():
    assert "No worker has reported" in problem("worker")
    sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert not problem("worker")
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert "No worker has reported" in problem("worker")


def test_a_job_that_waits_and_emails_that_do_not_leave(client, answers, article):
    client.post(reverse("inquiries:contact"), answers)
    assert not problem("job_queue")
    assert not problem("emails_leave")
    sql("UPDATE procrastinate_events SET at = now() - interval '20 minutes'")
    assert "waiting for 20 minutes" in problem("job_queue")
    assert not problem("emails_leave")
    sql("UPDATE procrastinate_events SET at = now() - interval '2 hours'")
    assert "more than an hour" in problem("emails_leave")
    sql("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "2 emails were given up" in problem("emails_leave")


def test_a_full_disk(monkeypatch):
    monkeypatch.setattr("clinic.operations.checks.server.LEAST_FREE", 0)
    monkeypatch.setattr("clinic.operations.checks.server.LEAST_FREE_SHARE", 0)
    assert not problem("disk_space")
    monkeypatch.setattr("clinic.operations.checks.server.LEAST_FREE", 1024**6)
    assert "nearly full" in problem("disk_space")


def test_a_clock_that_differs(monkeypatch):
    assert not problem("clock")
    monkeypatch.setattr("clinic.operations.checks.server.CLOCK_OFF_BY", -1)
    assert "clocks of this machine" in problem("clock")


def test_backups_that_are_missing_old_or_unproven():
    assert "no backup" in problem("fresh_backup")
    made = Backup.objects.create(archive="a", made_at=timezone.now(), size=1, problem="The counts differ.")
    assert not problem("fresh_backup")
    assert checks.run(["proven_restore"])["proven_restore"].solution == "The counts differ."
    Backup.objects.update(proven_at=timezone.now())
    assert not problem("proven_restore")
    Backup.objects.update(made_at=made.made_at - timedelta(days=2))
    assert "no backup" in problem("fresh_backup")


def test_plain_http_and_an_address_that_nothing_answers_at(settings, unused_port):
    settings.SERVED_OVER_HTTPS = False
    assert "doesn't start with https://" in problem("https")
    settings.SERVED_OVER_HTTPS, settings.BASE_URL = True, f"https://127.0.0.1:{unused_port}"
    assert "cannot be reached" in problem("https")
    # More in tests/inquiries/public/test_probe.py.
    settings.BASE_URL = f"http://127.0.0.1:{unused_port}"
    assert "could not be checked: ConnectionRefusedError" in problem("test_inquiry")


@pytest.fixture
def unused_port():
    return free_port()


def test_forged_headers(settings, site_server, committed_db):
    settings.BASE_URL, settings.SERVED_OVER_HTTPS = site_server.url, False
    for proxies, believed in [(0, "127.0.0.1"), (1, network.FORGED)]:
        settings.TRUSTED_PROXIES = proxies
        seen, _ends = network.ask()
        assert seen["address"] == believed
        said = "trusts a client's own X-Forwarded-For" in problem("proxy_headers")
        assert said is bool(problem("proxy_headers")) is bool(proxies)


def test_only_the_site_itself_gets_the_proxy_report(client):
    assert client.get("/healthz?as_seen=1:2:3").json() == {"alive": True}


def test_the_email_server(settings, unused_port):
    assert "names no email server" in problem("email_server")
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    assert "DEFAULT_FROM_EMAIL" in problem("email_server")
    settings.DEFAULT_FROM_EMAIL = "desk@clinic.example"
    assert not problem("email_server")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    assert "cannot be used" in problem("email_server")  # this server knows no sign-in
    server.stop()
    settings.EMAIL_PORT = unused_port
    assert "cannot be used: ConnectionRefusedError" in problem("email_server")


def test_a_check_that_breaks_is_a_problem_too(monkeypatch):
    broken = checks.Check("broken", "Broken", lambda: 1 / 0, ready=False, url_name="")
    monkeypatch.setitem(checks.registered, "broken", broken)
    assert "“Broken” could not be checked: ZeroDivisionError." in problem("broken")


def test_every_check_is_broken_here(request):
    source = request.path.read_text()
    assert [name for name in checks.registered if f'problem("{name}")' not in source] == []


def test_the_command_says_and_tells_machines(article):
    with pytest.raises(CommandError, match="no check nonsense"):
        call_command("doctor", "nonsense")
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 1 checks failed"):
        call_command("doctor", "clinic_facts", stdout=said)
    assert "Enter the clinic's own under Settings" in said.getvalue()
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--json", stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["ok"] is False
    assert {check["name"] for check in answer["checks"]} == set(checks.registered)
    assert CheckResult.objects.get(pk="clinic_facts").problem


def test_search_engines_are_let_in_when_all_checks_have_passed(client, article, monkeypatch):
    noindex = b'<meta name="robots" content="noindex">'
    assert noindex in client.get("/").content
    everything_fine = dict.fromkeys(checks.registered)
    monkeypatch.setattr(checks, "run", lambda: everything_fine)
    checks.run_and_remember()
    assert noindex not in client.get("/").content
    launched_at = ClinicSettings.current().launched_at
    everything_fine["worker"] = checks.Problem("It's dead.", "Start it.")
    checks.run_and_remember()
    assert ClinicSettings.current().launched_at == launched_at
    assert noindex not in client.get("/").content
