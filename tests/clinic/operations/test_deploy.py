"""What lies in deploy/ can be read by what reads it. `make rehearse` runs it."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
CLINICCTL = ROOT / "deploy" / "clinicctl"
UNITS = ROOT / "deploy" / "systemd"


def test_clinicctl_is_a_script_that_bash_reads_and_explains_itself():
    subprocess.run(["bash", "-n", CLINICCTL], check=True)
    said = subprocess.run([CLINICCTL], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^clinicctl ([a-z-]+)", said, re.MULTILINE))
    known = re.search(r"^    install \| (.+)\) ;;$", CLINICCTL.read_text(), re.MULTILINE)[1]
    assert listed == {"install", *known.split(" | ")}


def test_clinicctl_names_a_command_that_it_does_not_have():
    done = subprocess.run([CLINICCTL, "nonsense"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "There is no command nonsense." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("", "clinicctl install HOST EMAIL"),
        ("www.clinic.example", "the administrator's email address"),
        ("https://www.clinic.example it@clinic.example", "is no host name"),
        ("www.clinic.example it", "it is no email address"),
        ("www.clinic.example it@clinic.example --certificate a b", "two files that exist"),
    ],
)
def test_install_says_what_is_wrong_before_it_changes_anything(arguments, sentence):
    harmless = 'install_packages() { say changed; exit; }; install "$@"'
    script = CLINICCTL.read_text().removesuffix('main "$@"\n') + harmless
    command = ["bash", "-c", script, CLINICCTL, *arguments.split()]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert sentence in done.stderr
    assert "changed" not in done.stdout


@pytest.mark.parametrize("unit", ["clinic-web@.service", "clinic-worker.service"])
def test_units_start_again_however_they_end(unit):
    text = (UNITS / unit).read_text()
    for line in ["Restart=always", "RestartSec=2", "StartLimitIntervalSec=0", "User=clinic"]:
        assert f"\n{line}\n" in text


@pytest.mark.parametrize("unit", ["clinic-web@.service", "clinic-worker.service", "clinic-backup.service"])
def test_units_are_kept_in_a_sandbox(unit):
    text = (UNITS / unit).read_text()
    for line in ["ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectHome=yes"]:
        assert f"\n{line}\n" in text


@pytest.mark.parametrize(
    "file", ["compose.yaml", ".github/workflows/ci.yml", "deploy/monitoring/clinic-alerts.yml"]
)
def test_yaml_can_be_read(file):
    assert yaml.safe_load((ROOT / file).read_text())


def test_the_workflow_runs_make_targets_that_exist():
    targets = set(
        re.findall(r"\bmake ([a-z]+)$", (ROOT / ".github/workflows/ci.yml").read_text(), re.MULTILINE)
    )
    assert {"lint", "test", "rehearse", "release"} <= targets
    makefile = (ROOT / "Makefile").read_text()
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
