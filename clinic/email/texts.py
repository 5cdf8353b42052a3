"""Text messages by Twilio or a provider with the same API, and the on-call webhook."""

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

TIMEOUT = 15  # seconds


def send(to: str, text: str, *, report_to: str = "") -> None:
    """Send a text to a number in E.164; raise NotSent where the provider doesn't take it.

    The provider posts to `report_to` whether it arrived. It offers nothing to recognize a repetition by:
    where its answer may have been lost, ask `was_accepted` first.
    """
    if not settings.SMS:
        raise NotSent("SMS_URL is not set", is_final=True)
    fields = {"To": to, "From": settings.SMS.sender, "Body": text}
    if report_to:
        fields["StatusCallback"] = report_to
    call_provider("/Messages.json", urlencode(fields).encode())


def was_accepted(to: str, words: str) -> bool:
    """Whether the provider lists a text with these words among the newest to this number."""
    listed = call_provider(f"/Messages.json?{urlencode({'To': to, 'PageSize': 50})}")
    return any(words in text.get("body", "") for text in listed.get("messages", []))


def call_provider(path: str, data: bytes | None = None) -> Any:
    """Return the provider's answer about our account, from JSON."""
    request = Request(settings.SMS.api + path, data)  # noqa: S310 (an operator's setting)
    pair = b64encode(f"{settings.SMS.account}:{settings.SMS.token}".encode()).decode()
    request.add_unredirected_header("Authorization", f"Basic {pair}")
    return json.loads(answer_to(request) or "null")


def call_webhook(url: str, facts: Mapping[str, Any]) -> None:
    """Post facts as JSON; raise NotSent if that fails."""
    headers = {"Content-Type": "application/json"}
    answer_to(Request(url, json.dumps(facts).encode(), headers))  # noqa: S310 (an operator's setting)


def answer_to(request: Request) -> bytes:
    """Return the answer; NotSent holds its status and the provider's number of the error, never a word."""
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            return response.read(64 * 1024)
    except HTTPError as error:
        number = error_number(error.read(64 * 1024))
        # 400 is about this text: the number can't get any, or the patient has said STOP.
        raise NotSent(f"HTTP {error.code}{number}", is_final=error.code == 400) from None
    except (OSError, HTTPException) as error:  # may quote what was sent
        raise NotSent(type(error).__name__) from None


def error_number(body: bytes) -> str:
    try:
        return f", error {int(json.loads(body)['code'])}"
    except (ValueError, TypeError, KeyError):
        return ""


def is_signed(url: str, fields: Mapping[str, str], signature: str) -> bool:
    """Whether the provider itself posts these fields to our address, by its signature with the token."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.digest(settings.SMS.token.encode(), signed.encode(), "sha1")
    return constant_time_compare(b64encode(digest).decode(), signature)
