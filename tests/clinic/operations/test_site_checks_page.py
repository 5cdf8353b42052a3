"""Managers see site checks and scheduled jobs; all staff see why search engines can't list the site yet."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.models import ClinicSettings
from clinic.models.operations import CheckResult
from clinic.operations import checks, monitor, schedule
from tests.support.recording_site import RecordingSite

NOT_LISTED = "Search engines are asked not to list this site"


@pytest.fixture
def page(as_user, manager, article):
    client = as_user(manager)
    return lambda: client.get(reverse("site_checks")).content.decode()


def test_managers_run_the_checks_and_see_solutions(page, as_user, manager):
    assert "Not checked yet" in page()
    as_user(manager).post(reverse("site_checks"))
    html = page()
    assert "These facts are still placeholders" in html
    assert reverse("wagtailsettings:edit", args=["clinic", "clinicsettings"]) in html
    assert "Until every check has passed once" in html


def test_only_managers_see_checks_and_jobs(as_user, front_desk, editor):
    for client in (as_user(front_desk), as_user(editor)):
        for name in ("site_checks", "scheduled_jobs"):
            assert client.get(reverse(name)).status_code != 200


def test_staff_see_that_the_site_isnt_launched_and_later_managers_see_problems(
    as_user, front_desk, editor, reviewer, manager, article
):
    for user in [front_desk, editor, reviewer, manager]:
        assert NOT_LISTED in as_user(user).get("/admin/").content.decode()
    now = timezone.now()
    ClinicSettings.objects.update(launched_at=now)
    CheckResult.objects.create(pk="worker", problem="No worker.", checked_at=now, since=now)
    for user, sees_problem in [(manager, True), (editor, False)]:
        html = as_user(user).get("/admin/").content.decode()
        assert NOT_LISTED not in html
        assert ("No worker." in html) is sees_problem


def test_scheduled_jobs_are_listed_with_descriptions_and_last_runs(as_user, manager, article):
    html = as_user(manager).get(reverse("scheduled_jobs")).content.decode()
    for text in ["clinic.watch", "Erase expired inquiries.", "Not yet"]:
        assert text in html
    assert [job.task for job in schedule.jobs() if not job.description.endswith(".")] == []


def test_run_now_queues_a_job_once_and_a_missed_run_is_shown(as_user, manager, article):
    client, address = as_user(manager), reverse("scheduled_jobs")
    # The last one isn't scheduled.
    for task in ["inquiries.erase_expired", "inquiries.erase_expired", "inquiries.send_letter"]:
        client.post(address, {"task": task})
    [job] = ProcrastinateJob.objects.all()
    assert job.task_name == "inquiries.erase_expired"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type) SELECT id, 'succeeded' FROM procrastinate_jobs"
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '3 days'")
    assert "A run was missed" in client.get(address).content.decode()


RESULTS = {"database": None, "migrations": None, "worker": checks.Problem("It's dead.", "Start it.")}


def test_the_monitor_emails_new_problems(article, settings, mailoutbox, monkeypatch):
    settings.ALERT_EMAIL = "it@clinic.example"
    monkeypatch.setattr(checks, "run", lambda: RESULTS)
    monitor.run()
    monitor.run()
    assert [message.to for message in mailoutbox] == [["it@clinic.example"]]
    assert "It's dead." in mailoutbox[0].body


def test_pings_and_emails_fail_independently(article, settings, mailoutbox, monkeypatch):
    settings.ALERT_EMAIL, settings.PING_URL = "it@clinic.example", "http://127.0.0.1:1"
    monkeypatch.setattr(checks, "run", lambda: RESULTS)
    monitor.run()
    assert len(mailoutbox) == 1
    CheckResult.objects.all().delete()
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    pinged = RecordingSite()
    settings.PING_URL = f"http://127.0.0.1:{pinged.server.server_port}"
    monitor.run()
    pinged.stop()
    assert [path for _method, path, _headers in pinged.requests] == ["/fail"]
