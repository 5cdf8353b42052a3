"""`/healthz` reports liveness and `/readyz` readiness."""

import pytest
from django.db import connection
from django.utils import timezone

from clinic.models.operations import Backup
from clinic.operations import checks


@pytest.fixture
def healthy_site(db, article, monkeypatch):
    monkeypatch.setattr("clinic.operations.checks.server.MIN_FREE_SHARE", 0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")  # as a starting worker does
    now = timezone.now()
    counts = {"inquiries_inquiry": 12431}
    Backup.objects.create(archive="a", made_at=now, size=1, proven_at=now, proof_seconds=41.2, counts=counts)


READINESS_CHECKS = [
    *["database", "migrations", "worker", "job_queue", "emails_leave", "disk_space", "clock"],
    *["proven_restore", "readable_messages", "static_files"],
]


def test_readiness_is_reported_uncached_and_without_a_redirect(client, settings, healthy_site):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/readyz")
    assert response.status_code == 200, response.json()
    assert response.json()["last_proven_restore"].endswith(", 41 s, 12,431 inquiries")
    assert response.json()["checks"] == dict.fromkeys(READINESS_CHECKS, True)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    by_proxy = client.get("/readyz", headers={"x-forwarded-for": "203.0.113.5"})
    assert sorted(by_proxy.json()) == ["checks", "ready"]


def test_one_failing_check_makes_the_site_not_ready(client, healthy_site, monkeypatch):
    def fail():
        raise checks.Problem("Something is missing.", "Add it.")

    for name in checks.names_for_readiness():
        with monkeypatch.context() as patch:
            broken = checks.Check(name, name, fail, ready=True, url_name="")
            patch.setitem(checks.registered, name, broken)
            response = client.get("/readyz")
        assert (response.status_code, response.json()["problems"]) == (503, {name: "Something is missing."})


def test_readiness_for_serving_needs_no_worker_or_backup(client, db):
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz?for=serving").status_code == 200
