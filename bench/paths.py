"""Where the measurements keep what they make; git ignores both."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / ".peers"  # the peers' environment and site
DATA = ROOT / "var" / "bench"  # PostgreSQL's files, letters, collected static files
