"""Reports errors to a Sentry-compatible server (SENTRY_DSN), with types and tracebacks but no data.

Reports contain only an allowlist of fields, so a new SDK version can't add any.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

EVENT_FIELDS = ["event_id", "timestamp", "level", "platform", "release", "environment", "transaction", "sdk"]
FRAME_FIELDS = ["filename", "function", "module", "lineno", "in_app"]


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
    """Reduce an event to exception types and tracebacks; drop log messages, which are in the log already."""
    if "exception" not in event:
        return None
    scrubbed = {name: event[name] for name in EVENT_FIELDS if name in event}
    scrubbed["exception"] = {"values": [_exception(value) for value in event["exception"]["values"]]}
    return scrubbed


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    frames = [{name: frame[name] for name in FRAME_FIELDS if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": frames}}
