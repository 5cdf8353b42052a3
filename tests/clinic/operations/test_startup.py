"""Starting without what production needs stops with a sentence, not with a traceback."""

import subprocess
import sys

import pytest

from tests.support.processes import ROOT, environment

KEYS = f"a:{'A' * 43}="


def start(**more):
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--settings=clinic.settings"],
        cwd=ROOT,
        env=environment("PATH", "HOME", **more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "DATABASE_URL"),
        ({"DEBUG": "0", "SECRET_KEY": "x" * 60}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://localhost/clinic"}, "SECRET_KEY"),
        ({"DATABASE_URL": "postgres://localhost/clinic", "SECRET_KEY": "x" * 60}, "FIELD_KEYS"),
    ],
)
def test_a_missing_setting_is_named_in_one_sentence(given, missing):
    result = start(**given)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{missing} is not set: ")
    assert result.stderr.count("\n") == 1
    assert "make run" in result.stderr


def test_importing_the_settings_starts_nothing_and_writes_nothing(tmp_path):
    given = {
        **{"DATABASE_URL": "postgres://nowhere.invalid/clinic", "SECRET_KEY": "x" * 60, "FIELD_KEYS": KEYS},
        **{"BASE_URL": "https://www.clinic.example", "EMAIL_URL": "smtp://localhost:25"},
    }
    env = environment("PATH", "HOME", DATA_DIR=str(tmp_path), **given)
    subprocess.run([sys.executable, "-c", "import clinic.settings"], cwd=ROOT, env=env, check=True)
    assert list(tmp_path.iterdir()) == []


def test_manage_py_uses_the_local_database_where_none_is_named():
    command = [sys.executable, "manage.py", "inspectdb", "any_table"]
    env = environment("PATH", "HOME", "DATA_DIR")
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Unable to inspect table 'any_table'" in result.stdout
