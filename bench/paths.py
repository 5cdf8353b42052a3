"""Paths of the project and of generated files, which git ignores."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / ".peers"  # the peers' virtual environment and site
DATA = ROOT / "var" / "bench"  # PostgreSQL data, emails, collected static files
