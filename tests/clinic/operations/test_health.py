"""`/healthz` says that the process answers, `/readyz` whether all that it needs is there."""

import pytest
from django.db import connection
from django.utils import timezone

from clinic.caching.page_cache import PageCache
from clinic.models.operations import Backup
from clinic.operations import checks


@pytest.fixture
def all_well(db, article, monkeypatch):
    monkeypatch.setattr("clinic.operations.checks.server.LEAST_FREE_SHARE", 0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")  # as one does when it starts
    now = timezone.now()
    counts = {"inquiries_inquiry": 12431}
    Backup.objects.create(archive="a", made_at=now, size=1, proven_at=now, proof_seconds=41.2, counts=counts)


HELD = [
    *["database", "migrations", "worker", "job_queue", "emails_leave", "disk_space", "clock"],
    *["proven_restore", "readable_messages", "static_files"],
]


def test_health_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_ready_says_that_all_is_well_and_nothing_keeps_it(client, settings, all_well):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/readyz")
    assert response.status_code == 200, response.json()
    assert response.json()["last_proven_restore"].endswith(", 41 s, 12,431 inquiries")
    assert response.json()["checks"] == dict.fromkeys(HELD, True)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_not_ready_while_one_thing_is_missing(client, all_well, monkeypatch):
    def find():
        raise checks.Problem("Something is missing.", "Add it.")

    for name in checks.names_for_readiness():
        with monkeypatch.context() as patch:
            broken = checks.Check(name, name, find, ready=True, url_name="")
            patch.setitem(checks.registered, name, broken)
            response = client.get("/readyz")
        assert (response.status_code, response.json()["problems"]) == (503, {name: "Something is missing."})


def test_the_page_cache_leaves_its_question_alone():
    asked = []

    def site(environ, start_response):
        asked.append(environ["QUERY_STRING"])
        start_response("503 Service Unavailable", [])
        return []

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/readyz", "QUERY_STRING": "for=serving"}
    PageCache(site)(environ, lambda *args: None)
    assert asked == ["for=serving"]


def test_serving_needs_no_worker_and_no_backup(client, db):
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz?for=serving").status_code == 200
