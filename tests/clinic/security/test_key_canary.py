"""Missing and wrong encryption keys stop the start with an explanation."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from clinic.security import key_canary
from clinic.security.key_canary import KeyCanary
from tests.support import databases

OTHER = b"B" * 32


@pytest.fixture
def started(db_or_committed, settings):
    """Settings of a site that was started with its keys before."""
    key_canary.check()
    return settings


def test_server_and_worker_start_with_the_same_keys_only(started):
    key_canary.check_at_start()
    [name] = [canary.name for canary in KeyCanary.objects.all()]
    assert [name] == list(started.FIELD_KEYS)
    started.FIELD_KEYS = {name: OTHER}
    with pytest.raises(SystemExit, match=f"“{name}”.*is not the one"):
        key_canary.check_at_start()
    with pytest.raises(SystemExit, match="is not the one"):
        call_command("procrastinate", "worker", "--one-shot")


def test_a_former_key_is_required_until_rotation(started):
    former = started.FIELD_KEYS
    started.FIELD_KEYS = {"new": OTHER}
    with pytest.raises(SystemExit, match="lacks the key"):
        key_canary.check_at_start()
    started.FIELD_KEYS = {"new": OTHER, **former}
    key_canary.check_at_start()
    call_command("rotate_field_keys")
    started.FIELD_KEYS = {"new": OTHER}
    key_canary.check_at_start()


def test_after_a_start_without_database_connections_with_wrong_keys_fail(committed_db, started):
    [name] = started.FIELD_KEYS
    started.FIELD_KEYS = {name: OTHER}
    with databases.down():
        key_canary.check_at_start()
    for _ in range(2):
        with pytest.raises(ImproperlyConfigured, match="is not the one"):
            KeyCanary.objects.exists()
    key_canary.connection_created.disconnect(key_canary.check_when_connected)
    connection.close()
