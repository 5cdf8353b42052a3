"""What lies in deploy/ can be read by what reads it. `make rehearse` runs it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
UNITS = ROOT / "deploy" / "systemd"


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
