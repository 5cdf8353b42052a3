"""Monitors hear whether the database answers (see also test_database_down) and whether a worker is there."""

import pytest
from django.db import connection

URL = "/healthz"


@pytest.mark.django_db
def test_says_that_all_is_well_and_nothing_keeps_it(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")  # as one does when it starts
    response = client.get(URL)
    assert (response.status_code, response.json()) == (200, {"database": True, "worker": True})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_says_that_no_worker_is_there(client):
    assert client.get(URL).json() == {"database": True, "worker": False}
