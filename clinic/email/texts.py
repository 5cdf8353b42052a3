"""Text messages through Twilio or a provider with the same API, and the on-call webhook."""

import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.crypto import constant_time_compare

from clinic.email.delivery import NotSent

TIMEOUT_SECONDS = 15
MAX_RESPONSE_BYTES = 64 * 1024


def send(to: str, text: str, *, report_to: str = "") -> None:
    """Send a text to a number in E.164 format; raise NotSent if the provider doesn't accept it.

    The provider reports the delivery to the URL `report_to`. Its API has no idempotency keys: if a response
    could have been lost, check `was_accepted` before sending again.
    """
    if not settings.SMS:
        raise NotSent("SMS_URL is not set", is_final=True)
    fields = {"To": to, "From": settings.SMS.sender, "Body": text}
    if report_to:
        fields["StatusCallback"] = report_to
    call_provider("/Messages.json", urlencode(fields).encode())


def was_accepted(to: str, excerpt: str) -> bool:
    """Return whether one of the last 50 texts to this number contains `excerpt`."""
    response = call_provider(f"/Messages.json?{urlencode({'To': to, 'PageSize': 50})}")
    return any(excerpt in text.get("body", "") for text in response.get("messages", []))


def call_provider(path: str, data: bytes | None = None) -> Any:
    """Call the provider's API at `path` below our account; return the parsed JSON."""
    request = Request(settings.SMS.api + path, data)  # noqa: S310 (an operator's setting)
    credentials = b64encode(f"{settings.SMS.account}:{settings.SMS.token}".encode()).decode()
    request.add_unredirected_header("Authorization", f"Basic {credentials}")
    return json.loads(fetch(request) or "null")


def call_webhook(url: str, facts: Mapping[str, Any]) -> None:
    """Post facts as JSON; raise NotSent if that fails."""
    headers = {"Content-Type": "application/json"}
    fetch(Request(url, json.dumps(facts).encode(), headers))  # noqa: S310 (an operator's setting)


def fetch(request: Request) -> bytes:
    """Return the response body; raise NotSent with only the status and the provider's error code."""
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return response.read(MAX_RESPONSE_BYTES)
    except HTTPError as error:
        code = describe_error_code(error.read(MAX_RESPONSE_BYTES))
        # 400 is about this text: the number can't receive any, or the patient has replied STOP.
        raise NotSent(f"HTTP {error.code}{code}", is_final=error.code == 400) from None
    except (OSError, HTTPException) as error:  # the message can contain the request
        raise NotSent(type(error).__name__) from None


def describe_error_code(body: bytes) -> str:
    try:
        return f", error {int(json.loads(body)['code'])}"
    except (ValueError, TypeError, KeyError):
        return ""


def is_signed(url: str, fields: Mapping[str, str], signature: str) -> bool:
    """Return whether the provider signed this webhook request to `url` with our account's token."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.digest(settings.SMS.token.encode(), signed.encode(), "sha1")
    return constant_time_compare(b64encode(digest).decode(), signature)
