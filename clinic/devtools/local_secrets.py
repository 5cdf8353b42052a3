"""Secrets of a demo or a development machine, made once and kept in DATA_DIR. Production names its own."""

import secrets
from base64 import b64encode


def secret_key(data_dir):
    return _kept(data_dir / "secret-key", lambda: secrets.token_urlsafe(50))


def field_keys(data_dir):
    return _kept(data_dir / "field-keys", lambda: f"local:{b64encode(secrets.token_bytes(32)).decode()}")


def _kept(file, make):
    """The secret in `file`; the first time, a new one goes there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(make())
    return file.read_text()
