"""Migrations don't block the site."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from clinic.management.commands import migrate
from tests.support import databases


def test_a_migration_fails_instead_of_waiting_for_a_lock(committed_db, monkeypatch):
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    with databases.connect(connection.settings_dict["NAME"]) as backup, backup.transaction():
        backup.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
