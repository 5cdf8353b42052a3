"""Parsers for environment variables; each raises InvalidValue for text it can't parse."""

import re
from base64 import b64decode
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

import dj_database_url
import dj_email_url
import phonenumbers
import pyrage

ESCAPES = ". Write / # ? [ ] % in a password as %2F %23 %3F %5B %5D %25"


class InvalidValue(Exception):
    """An invalid value. The message completes a sentence that begins with the setting's name."""


text = str


def flag(value: str) -> bool:
    if value.lower() not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise InvalidValue("is neither 1 nor 0")
    return value.lower() in {"1", "true", "yes", "on"}


def number(value: str) -> int:
    if not value.isdecimal():
        raise InvalidValue("is not a whole number")
    return int(value)


def number_or_none(value: str) -> int | None:
    return number(value) if value else None


def names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def split_url(value: str) -> SplitResult:
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 raises ValueError, too
        (url.hostname or "").encode("idna")
        if "@" in url.path + url.query + url.fragment:  # after a password with / ? or #
            raise ValueError
    except ValueError:
        raise InvalidValue(f"is not a valid address{ESCAPES}") from None
    return url


def web_address(value: str) -> str:
    url = split_url(value)
    if not re.fullmatch(r"https?://[\w.:\[\]-]+/*", value, re.IGNORECASE):
        raise InvalidValue(
            "is not an address such as https://www.clinic.example, with nothing after the host"
        )
    return f"{url.scheme}://{url.netloc.lower()}"


def web_addresses(value: str) -> list[str]:
    return [web_address(address) for address in names(value)]


def encryption_keys(value: str) -> dict[str, bytes]:
    """Parse "name:base64,name:base64" into {name: 32 bytes}."""
    try:
        pairs = dict(part.strip().split(":") for part in value.split(","))
        keys = {name: b64decode(key, validate=True) for name, key in pairs.items()}
    except ValueError:
        keys = {}
    if not keys or any(len(key) != 32 or not name.isalnum() for name, key in keys.items()):
        raise InvalidValue("is not name:key,name:key with keys of 32 bytes in base64")
    return keys


def age_key(value: str) -> str:
    try:
        if value:
            pyrage.x25519.Identity.from_str(value)
    except pyrage.IdentityError:
        raise InvalidValue(
            "is not an age key, or has a typing error; `manage.py backup --new-key` makes one"
        ) from None
    return value


def database(value: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(value))
    except Exception:  # dj_database_url raises several types
        parsed = {}
    if not str(parsed.get("ENGINE", "")).endswith("postgresql") or not parsed.get("NAME"):
        raise InvalidValue(
            f"is not a PostgreSQL address such as postgres://user:password@host:5432/clinic{ESCAPES}"
        )
    # Needed with a pooler in transaction mode.
    disable_cursors = parsed.get("OPTIONS", {}).pop("disable_server_side_cursors", False)
    return {**parsed, "DISABLE_SERVER_SIDE_CURSORS": bool(disable_cursors)}


# Anymail's names of each provider's settings, in the order of the URL's user name and host.
EMAIL_PROVIDERS = {"mailgun": ["API_KEY", "SENDER_DOMAIN"], "postmark": ["SERVER_TOKEN"]}


def email_server(value: str) -> dict[str, Any]:
    """Return Django's settings for a mail server, or for a provider's API (`EMAIL_PROVIDER`, `ANYMAIL`)."""
    address = split_url(value)
    if names := EMAIL_PROVIDERS.get(address.scheme):
        values = [unquote(address.username or ""), address.hostname][: len(names)]
        if not all(values):
            raise InvalidValue("is missing the provider's key: mailgun://key@domain or postmark://token@")
        return dj_email_url.parse("console:") | {
            "EMAIL_BACKEND": f"anymail.backends.{address.scheme}.EmailBackend",
            "EMAIL_PROVIDER": address.scheme,
            "ANYMAIL": {
                f"{address.scheme.upper()}_{name}": part for name, part in zip(names, values, strict=True)
            },
        }
    try:
        parsed = dict(dj_email_url.parse(value))
    except Exception:  # a KeyError for an unknown scheme, for example
        parsed = {}
    if not parsed.get("EMAIL_BACKEND") or ("smtp" in parsed["EMAIL_BACKEND"] and not address.hostname):
        raise InvalidValue(
            f"is not an email server's address such as smtp://user:password@host:587/?tls=True{ESCAPES}"
        )
    return parsed


class TextProvider(NamedTuple):
    api: str  # base URL of the account
    account: str
    token: str
    sender: str  # in E.164


def text_provider(value: str) -> TextProvider | None:
    """Parse a twilio:// URL; the host, if any, is that of another provider with the same API."""
    if not value:
        return None
    url = split_url(value)
    account, token, sender = (unquote(part or "") for part in (url.username, url.password, url.path[1:]))
    if url.scheme != "twilio" or not re.fullmatch(r"\+[1-9]\d{6,14}", sender) or not (account and token):
        raise InvalidValue(
            "is not twilio://account:token@/+12025550100, with the number that texts come from"
        )
    host = url.netloc.rpartition("@")[2] or "api.twilio.com"
    return TextProvider(
        f"https://{host}/2010-04-01/Accounts/{quote(account, safe='')}", account, token, sender
    )


def phone_region(value: str) -> str:
    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidValue("is not a country code of two capital letters, such as US")
    return value


def media_storage(value: str) -> dict[str, Any]:
    """Return an entry for Django's STORAGES."""
    if not value:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    scheme, bucket, prefix = split_url(value)[:3]
    if scheme != "s3" or not bucket:
        raise InvalidValue("is not s3://bucket or s3://bucket/prefix")
    options = {"bucket_name": bucket, "location": prefix.strip("/")}
    return {"BACKEND": "clinic.security.private_bucket.PrivateBucket", "OPTIONS": options}
