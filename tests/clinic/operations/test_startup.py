"""Starting without what production needs stops with a sentence, not with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


KEYS = f"a:{'A' * 43}="


def start(**environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--settings=clinic.settings"],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "DATABASE_URL"),
        ({"DEBUG": "0", "SECRET_KEY": "x" * 60}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://localhost/clinic"}, "SECRET_KEY"),
        ({"DATABASE_URL": "postgres://localhost/clinic", "SECRET_KEY": "x" * 60}, "FIELD_KEYS"),
    ],
)
def test_a_missing_setting_is_named_in_one_sentence(environment, missing):
    result = start(**environment)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{missing} is not set: ")
    assert result.stderr.count("\n") == 1
    assert "make run" in result.stderr


def test_importing_the_settings_starts_nothing_and_writes_nothing(tmp_path):
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        **{"DATABASE_URL": "postgres://nowhere.invalid/clinic", "SECRET_KEY": "x" * 60, "FIELD_KEYS": KEYS},
        **{"BASE_URL": "https://www.clinic.example", "EMAIL_URL": "smtp://localhost:25"},
        "DATA_DIR": str(tmp_path),
    }
    subprocess.run([sys.executable, "-c", "import clinic.settings"], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.iterdir()) == []


def test_manage_py_uses_the_local_database_where_none_is_named():
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    result = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
