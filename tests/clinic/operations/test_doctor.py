"""Each check of `manage.py doctor` finds its problem and offers a solution."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from clinic.models.operations import Backup, CheckResult
from clinic.operations import checks
from clinic.operations.checks import network
from tests.inquiries.desk.helpers import in_hours
from tests.support import databases
from tests.support.mail_queue import sql
from tests.support.mail_server import MailServer
from tests.support.ports import free_port
from tests.support.text_provider import Provider

pytestmark = pytest.mark.django_db
GOOD_KEY = "k3Yq-9vTzBnRw2LpXs7HdJf4MgCa6EuQo8Wi1Ky5Nt0Pb_Vr-Zx"


def problem(name):
    return str(checks.run([name])[name] or "")


def test_debug_and_demo_mode_are_problems(settings):
    settings.DEBUG = False
    assert not problem("production_mode")
    settings.DEMO = True
    assert "DEMO is on" in problem("production_mode")


def test_weak_and_sample_keys_are_problems(settings):
    settings.SECRET_KEY, settings.FIELD_KEYS = GOOD_KEY, {"n2026": bytes(range(32))}
    assert not problem("secret_keys")
    settings.FIELD_KEYS = {"sample": bytes(range(32))}
    assert "“sample”" in problem("secret_keys")
    settings.SECRET_KEY = "x" * 60
    assert "SECRET_KEY" in problem("secret_keys")


def test_messages_that_no_key_decrypts_are_a_problem(client, answers, settings, article):
    client.post(reverse("inquiries:contact"), answers)
    assert not problem("readable_messages")
    settings.FIELD_KEYS = {"n2026": bytes(range(32))}
    assert "FIELD_KEYS can't decrypt" in problem("readable_messages")


def test_a_database_role_that_owns_the_tables_is_a_problem():
    assert "owns tables or is a superuser" in problem("database_role")
    sql("CREATE ROLE clinic_check_role")
    sql("SET ROLE clinic_check_role")
    assert not problem("database_role")
    sql("RESET ROLE")


def test_a_database_log_that_quotes_patients_is_a_problem():
    assert "into its own log" in problem("database_log")
    sql("SET LOCAL log_min_error_statement = 'panic'")
    sql("SET LOCAL log_error_verbosity = 'terse'")
    assert not problem("database_log")
    for setting in ["log_statement = 'mod'", "log_min_duration_statement = '250ms'"]:
        with transaction.atomic():
            sql(f"SET LOCAL {setting}")
            assert "into its own log" in problem("database_log"), setting
            transaction.set_rollback(True)


def test_uncollected_static_files_are_a_problem(settings, tmp_path):
    assert not problem("static_files")  # not needed in development
    settings.STATIC_ROOT = tmp_path
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    assert "have not been collected" in problem("static_files")


def test_a_refused_text_message_account_is_a_problem(settings):
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


def test_placeholders_are_a_problem(article):
    assert "still placeholders: name, phone" in problem("clinic_facts")


def test_a_read_only_or_unreachable_database_is_a_problem(committed_db):
    assert not problem("database")
    sql("CREATE FUNCTION public.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'")
    sql("SET search_path = public, pg_catalog")
    assert "read-only replica" in problem("database")
    with databases.down():
        assert "can't be reached" in problem("database")
        assert "could not be checked: OperationalError" in problem("clock")


def test_an_unmigrated_database_is_a_problem():
    assert not problem("migrations")
    newest = "SELECT max(name) FROM django_migrations WHERE app = 'clinic'"
    sql(f"DELETE FROM django_migrations WHERE app = 'clinic' AND name = ({newest})")  # noqa: S608
    assert "has not been migrated" in problem("migrations")


def test_a_dead_worker_is_a_problem():
    assert "No worker has reported" in problem("worker")
    sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert not problem("worker")
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert "No worker has reported" in problem("worker")


def test_late_jobs_and_unsent_emails_are_problems(client, answers, article):
    client.post(reverse("inquiries:contact"), answers)
    assert not problem("job_queue")
    assert not problem("emails_leave")
    sql("UPDATE procrastinate_events SET at = now() - interval '20 minutes'")
    assert "waiting for 20 minutes" in problem("job_queue")
    assert not problem("emails_leave")
    sql("UPDATE procrastinate_events SET at = now() - interval '2 hours'")
    assert "more than an hour" in problem("emails_leave")
    sql("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "2 emails couldn't be sent" in problem("emails_leave")


def test_a_full_disk_is_a_problem(monkeypatch):
    monkeypatch.setattr("clinic.operations.checks.server.MIN_FREE_BYTES", 0)
    monkeypatch.setattr("clinic.operations.checks.server.MIN_FREE_SHARE", 0)
    assert not problem("disk_space")
    monkeypatch.setattr("clinic.operations.checks.server.MIN_FREE_BYTES", 1024**6)
    assert "nearly full" in problem("disk_space")


def test_a_wrong_clock_is_a_problem(monkeypatch):
    assert not problem("clock")
    monkeypatch.setattr("clinic.operations.checks.server.MAX_CLOCK_DIFFERENCE_SECONDS", -1)
    assert "clocks of this machine" in problem("clock")


def test_missing_old_and_unproven_backups_are_problems():
    assert "no backup" in problem("fresh_backup")
    backup = Backup.objects.create(archive="a", made_at=timezone.now(), size=1, problem="The counts differ.")
    assert problem("fresh_backup") == "The counts differ."
    Backup.objects.update(problem="")
    assert not problem("fresh_backup")
    assert "has been proven" in problem("proven_restore")
    Backup.objects.update(proven_at=timezone.now())
    assert not problem("proven_restore")
    Backup.objects.update(made_at=backup.made_at - timedelta(days=2))
    assert "no backup" in problem("fresh_backup")
    Backup.objects.update(made_at=in_hours(9), proven_at=in_hours(9))  # while the clock was wrong
    assert "no backup" in problem("fresh_backup")
    assert "has been proven" in problem("proven_restore")


def test_plain_http_and_an_unreachable_address_are_problems(settings, unused_port):
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


def test_trusting_a_clients_forged_headers_is_a_problem(settings, site_server, committed_db):
    settings.BASE_URL, settings.SERVED_OVER_HTTPS = site_server.url, False
    for proxies, expected in [(0, "127.0.0.1"), (1, network.FORGED_ADDRESS)]:
        settings.TRUSTED_PROXIES = proxies
        seen, _expires = network.send_forged_request()
        assert seen["address"] == expected
        is_reported = "trusts a client's own X-Forwarded-For" in problem("proxy_headers")
        assert is_reported is bool(problem("proxy_headers")) is bool(proxies)


def test_only_the_site_itself_gets_its_request_echoed(client):
    assert client.get("/healthz?as_seen=1:2:3").json() == {"alive": True}


def test_a_missing_or_refusing_email_server_is_a_problem(settings, unused_port):
    assert "names no email server" in problem("email_server")
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    assert "DEFAULT_FROM_EMAIL" in problem("email_server")
    settings.DEFAULT_FROM_EMAIL = "desk@clinic.example"
    assert not problem("email_server")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    assert "cannot be used" in problem("email_server")  # this server doesn't support authentication
    server.stop()
    settings.EMAIL_PORT = unused_port
    assert "cannot be used: ConnectionRefusedError" in problem("email_server")


def test_a_check_that_raises_an_error_is_a_problem(monkeypatch):
    broken = checks.Check("broken", "Broken", lambda: 1 / 0, ready=False, url_name="")
    monkeypatch.setitem(checks.registered, "broken", broken)
    assert "“Broken” could not be checked: ZeroDivisionError." in problem("broken")


def test_every_check_has_a_test(request):
    source = request.path.read_text()
    assert [name for name in checks.registered if f'problem("{name}")' not in source] == []


def test_the_command_prints_text_and_json(article):
    with pytest.raises(CommandError, match="no check nonsense"):
        call_command("doctor", "nonsense")
    output = StringIO()
    with pytest.raises(CommandError, match="1 of 1 checks failed"):
        call_command("doctor", "clinic_facts", stdout=output)
    assert "Enter the clinic's own under Settings" in output.getvalue()
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--json", stdout=output)
    report = json.loads(output.getvalue())
    assert report["ok"] is False
    assert {check["name"] for check in report["checks"]} == set(checks.registered)
    assert CheckResult.objects.get(pk="clinic_facts").problem


def test_search_engines_may_list_the_site_once_all_checks_have_passed(client, article, monkeypatch):
    noindex = b'<meta name="robots" content="noindex">'
    assert noindex in client.get("/").content
    results = dict.fromkeys(checks.registered)
    monkeypatch.setattr(checks, "run", lambda: results)
    checks.run_and_save()
    assert noindex not in client.get("/").content
    launched_at = ClinicSettings.current().launched_at
    results["worker"] = checks.Problem("It's dead.", "Start it.")
    checks.run_and_save()
    assert ClinicSettings.current().launched_at == launched_at
    assert noindex not in client.get("/").content
