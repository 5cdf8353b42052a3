"""What lies in deploy/ can be read by what reads it. `make rehearse` runs it."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
UNITS = ROOT / "deploy" / "systemd"


ALWAYS_THERE = ["Restart=always", "RestartSec=2", "StartLimitIntervalSec=0", "User=clinic"]
SANDBOX = ["ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectHome=yes"]
DECLARED = {
    "clinic-web@.service": ALWAYS_THERE + SANDBOX,
    "clinic-worker.service": ALWAYS_THERE + SANDBOX,
    "clinic-backup.service": SANDBOX,
}


def test_units_start_again_however_they_end_and_are_kept_in_a_sandbox():
    for unit, lines in DECLARED.items():
        text = (UNITS / unit).read_text()
        assert [line for line in lines if f"\n{line}\n" not in text] == [], unit


def test_yaml_can_be_read():
    for file in ["compose.yaml", ".github/workflows/ci.yml", "deploy/monitoring/clinic-alerts.yml"]:
        assert yaml.safe_load((ROOT / file).read_text()), file


def test_the_workflow_runs_make_targets_that_exist():
    workflow, makefile = [(ROOT / file).read_text() for file in [".github/workflows/ci.yml", "Makefile"]]
    targets = set(re.findall(r"\bmake ([a-z]+)$", workflow, re.MULTILINE))
    assert {"lint", "test", "rehearse", "release"} <= targets
    assert targets <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
