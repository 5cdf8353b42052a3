"""The project, and where measurements keep what they make; git ignores those two."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / ".peers"  # the peers' environment and site
DATA = ROOT / "var" / "bench"  # PostgreSQL's files, emails, collected static files
