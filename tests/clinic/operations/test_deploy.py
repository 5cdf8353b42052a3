"""Static checks of deploy/, which `make rehearse` runs for real."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
UNITS = ROOT / "deploy" / "systemd"


RESTARTING = ["Restart=always", "RestartSec=2", "StartLimitIntervalSec=0", "User=clinic"]
SANDBOX = ["ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectHome=yes"]
REQUIRED_LINES = {
    "clinic-web@.service": RESTARTING + SANDBOX,
    "clinic-worker.service": RESTARTING + SANDBOX,
    "clinic-backup.service": SANDBOX,
}


def test_units_always_restart_and_run_in_a_sandbox():
    for unit, lines in REQUIRED_LINES.items():
        text = (UNITS / unit).read_text()
        assert [line for line in lines if f"\n{line}\n" not in text] == [], unit


def test_yaml_files_are_valid():
    for file in ["compose.yaml", ".github/workflows/ci.yml", "deploy/monitoring/clinic-alerts.yml"]:
        assert yaml.safe_load((ROOT / file).read_text()), file
