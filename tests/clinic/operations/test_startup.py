"""Incomplete settings stop the start with one sentence; settings have no side effects."""

import re
import subprocess
import sys

from tests.support.processes import ROOT, environment

KEYS = f"a:{'A' * 43}="


def test_a_missing_setting_is_named_in_one_sentence():
    command = [sys.executable, "-m", "django", "check", "--settings=clinic.settings"]
    env = environment("PATH", "HOME", DATABASE_URL="postgres://localhost/clinic")
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set: ")
    assert result.stderr.count("\n") == 1
    assert "make run" in result.stderr


def test_make_replaces_an_environment_whose_python_is_gone(tmp_path):
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/installed").touch()
    for program, is_replaced in [(sys.executable, False), ("/nowhere/python", True)]:
        (tmp_path / ".venv/bin/python").unlink(missing_ok=True)
        (tmp_path / ".venv/bin/python").symlink_to(program)
        (tmp_path / ".venv/bin/uv").touch()
        command = ["make", "--dry-run", f"--file={ROOT / 'Makefile'}", ".venv/bin/uv"]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert ("-m venv --clear .venv" in result.stdout) is is_replaced


def test_a_command_without_a_database_prints_one_sentence():
    command = [sys.executable, "manage.py", "invite", "administrator"]
    env = environment(DATABASE_URL="postgres://127.0.0.1:1/clinic", EMAIL_URL="smtp://localhost:25")
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert re.fullmatch(r"The database in DATABASE_URL can't be used: .+refused\. Check .+\n", result.stderr)


def test_importing_the_settings_has_no_side_effects(tmp_path):
    variables = {
        **{"DATABASE_URL": "postgres://nowhere.invalid/clinic", "SECRET_KEY": "x" * 60, "FIELD_KEYS": KEYS},
        **{"BASE_URL": "https://www.clinic.example", "EMAIL_URL": "smtp://localhost:25"},
    }
    env = environment("PATH", "HOME", DATA_DIR=str(tmp_path), **variables)
    subprocess.run([sys.executable, "-c", "import clinic.settings"], cwd=ROOT, env=env, check=True)
    assert list(tmp_path.iterdir()) == []


def test_manage_py_defaults_to_the_local_database():
    command = [sys.executable, "manage.py", "inspectdb", "any_table"]
    env = environment("PATH", "HOME", "DATA_DIR")
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Unable to inspect table 'any_table'" in result.stdout
