"""Starting without what production needs stops with a sentence, not with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def start(**environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
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
def test_what_is_missing_is_named_in_one_sentence(environment, missing):
    result = start(**environment)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{missing} is not set: ")
    assert result.stderr.count("\n") == 1
    assert "make run" in result.stderr
