"""Managers see the go-live checklist and the scheduled jobs; all staff see why the site isn't listed yet."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.models import ClinicSettings
from clinic.models.operations import CheckResult
from clinic.operations import checks, monitor, schedule
from tests.support.counting_site import CountingSite

NOT_LISTED = "Search engines are asked not to list this site"


@pytest.fixture
def page(as_user, manager, article):
    client = as_user(manager)
    return lambda: client.get(reverse("site_checks")).content.decode()


def test_managers_run_the_checks_and_read_what_to_do(page, as_user, manager):
    assert "Not checked yet" in page()
    as_user(manager).post(reverse("site_checks"))
    html = page()
    assert "These facts are still placeholders" in html
    assert reverse("wagtailsettings:edit", args=["clinic", "clinicsettings"]) in html
    assert "Until every check has passed once" in html


def test_only_managers_see_checks_and_jobs(as_user, front_desk, editor):
    for person in (front_desk, editor):
        for name in ("site_checks", "scheduled_jobs"):
            assert as_user(person).get(reverse(name)).status_code != 200


@pytest.mark.parametrize("role", ["front_desk", "editor", "reviewer", "manager"])
def test_staff_see_why_the_site_is_not_listed(as_user, request, role, article):
    client = as_user(request.getfixturevalue(role))
    assert NOT_LISTED in client.get("/admin/").content.decode()
    ClinicSettings.objects.update(launched_at=timezone.now())
    assert NOT_LISTED not in client.get("/admin/").content.decode()


def test_after_the_launch_managers_see_problems(as_user, manager, editor, article):
    ClinicSettings.objects.update(launched_at=timezone.now())
    now = timezone.now()
    CheckResult.objects.create(pk="worker", problem="No worker.", checked_at=now, since=now)
    assert "No worker." in as_user(manager).get("/admin/").content.decode()
    assert "No worker." not in as_user(editor).get("/admin/").content.decode()


def test_scheduled_jobs_with_their_last_run(as_user, manager, article, run_worker):
    client = as_user(manager)
    html = client.get(reverse("scheduled_jobs")).content.decode()
    assert "clinic.watch" in html
    assert "Erase expired inquiries." in html
    assert "Not yet" in html


@pytest.mark.django_db
def test_each_scheduled_job_says_in_one_line_what_it_does():
    for job in schedule.jobs():
        assert job.description.endswith("."), job.task


def test_run_now_queues_a_job_once(as_user, manager, article):
    client = as_user(manager)
    for _ in range(2):
        client.post(reverse("scheduled_jobs"), {"task": "inquiries.erase_expired"})
    client.post(reverse("scheduled_jobs"), {"task": "inquiries.send_letter"})  # not one of them
    assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["inquiries.erase_expired"]


def test_a_missed_run_is_shown(as_user, manager, article):
    client = as_user(manager)
    client.post(reverse("scheduled_jobs"), {"task": "inquiries.erase_expired"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '3 days'")
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " SELECT id, 'succeeded', now() - interval '3 days' FROM procrastinate_jobs"
        )
    assert "A run was missed" in client.get(reverse("scheduled_jobs")).content.decode()


def test_the_monitor_emails_what_is_new(article, settings, mailoutbox, monkeypatch):
    settings.ALERT_EMAIL = "it@clinic.example"
    found = {"database": None, "migrations": None, "worker": checks.Problem("It's dead.", "Start it.")}
    monkeypatch.setattr(checks, "run", lambda: found)
    monitor.run()
    monitor.run()
    assert [message.to for message in mailoutbox] == [["it@clinic.example"]]
    assert "It's dead." in mailoutbox[0].body


def test_a_broken_route_does_not_keep_the_other_from_telling(article, settings, mailoutbox, monkeypatch):
    settings.ALERT_EMAIL, settings.PING_URL = "it@clinic.example", "http://127.0.0.1:1"
    found = {"database": None, "migrations": None, "worker": checks.Problem("It's dead.", "Start it.")}
    monkeypatch.setattr(checks, "run", lambda: found)
    monitor.run()
    assert len(mailoutbox) == 1
    CheckResult.objects.all().delete()
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    pinged = CountingSite()
    settings.PING_URL = f"http://127.0.0.1:{pinged.server.server_port}"
    monitor.run()
    pinged.die()
    assert [path for _method, path, _headers in pinged.asked] == ["/fail"]
