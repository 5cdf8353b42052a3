"""Error reports to a Sentry-compatible server (SENTRY_DSN): only kinds and places of exceptions.

A report is rebuilt from fields known to be harmless, so a new version of the SDK adds nothing to it.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

KEPT = ["event_id", "timestamp", "level", "platform", "release", "environment", "transaction", "sdk"]
KEPT_OF_FRAME = ["filename", "function", "module", "lineno", "in_app"]


def start(dsn: str, release: str, transport: type[Transport] | None = None) -> None:
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        before_send=scrub,
        max_breadcrumbs=0,
        include_local_variables=False,
        include_source_context=False,
        send_client_reports=False,
        auto_session_tracking=False,
        server_name="",
    )


def scrub(event: Any, hint: dict[str, Any]) -> Any:
    """Only the kinds of the exceptions and where they happened; a bare log line is in the log already."""
    if "exception" not in event:
        return None
    kept = {name: event[name] for name in KEPT if name in event}
    kept["exception"] = {"values": [_exception(value) for value in event["exception"]["values"]]}
    return kept


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame[name] for name in KEPT_OF_FRAME if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}
