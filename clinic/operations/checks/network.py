"""Checks over the network: HTTPS, proxy headers, the email server and the provider of text messages."""

import json
import smtplib
import ssl
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from clinic.email import texts
from clinic.email.delivery import NotSent
from clinic.operations.checks import Problem, check
from clinic.security.client_ip import client_address

TIMEOUT_SECONDS = 5
MIN_CERTIFICATE_DAYS = 14
FORGED_ADDRESS = "203.0.113.77"  # from a block reserved for documentation (RFC 5737)
signer = TimestampSigner(salt="clinic.operations.checks.network")


def echo_request(request: HttpRequest) -> dict | None:
    """Return the client address, scheme and host that the site sees, if it signed the request itself."""
    try:
        signer.unsign(request.GET.get("as_seen", ""), max_age=timedelta(seconds=30))
    except BadSignature:
        return None
    return {"address": client_address(request), "secure": request.is_secure(), "host": request.get_host()}


def connect() -> HTTPConnection:
    """Return a connection to BASE_URL, through the same proxies as everyone else's."""
    url = urlsplit(settings.BASE_URL)
    connection_class = HTTPSConnection if url.scheme == "https" else HTTPConnection
    return connection_class(url.hostname or "", url.port, timeout=TIMEOUT_SECONDS)


def send_forged_request() -> tuple[dict, datetime | None]:
    """Send BASE_URL forged headers; return the result of `echo_request` and the certificate's expiry."""
    connection = connect()
    try:
        connection.connect()
        expires = _certificate_expiry(connection.sock)
        path = f"{reverse('health')}?as_seen={signer.sign(str(time.time()))}"
        forged = {
            "X-Forwarded-For": FORGED_ADDRESS,
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": "forged.example",
        }
        connection.request("GET", path, headers=forged)
        response = connection.getresponse()
        body = response.read(10_000)
        if response.status != 200:
            raise Problem(
                _("%(url)s responded with %(status)d.")
                % {"url": settings.BASE_URL, "status": response.status},
                _("Check the logs of nginx and the site; the proxy must pass on the site's host name."),
            )
        return json.loads(body).get("as_seen") or {}, expires
    finally:
        connection.close()


def _certificate_expiry(sock: socket | None) -> datetime | None:
    certificate = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


@check(gettext_lazy("HTTPS"))
def https() -> None:
    if not settings.SERVED_OVER_HTTPS:
        raise Problem(
            _("BASE_URL doesn't start with https://: patients' messages would be sent unencrypted."),
            _("Put a proxy with a certificate in front of it, and set BASE_URL to the https:// address."),
        )
    try:
        _seen, expires = send_forged_request()
    except ssl.SSLCertVerificationError as error:
        raise Problem(
            _("The certificate of %(url)s is not valid: %(why)s.")
            % {"url": settings.BASE_URL, "why": error.verify_message},
            _("Renew it (`certbot renew`), or install the right one, and reload nginx."),
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        raise Problem(
            _("%(url)s cannot be reached from this machine: %(why)s.")
            % {"url": settings.BASE_URL, "why": type(error).__name__},
            _("Check that nginx is running (`systemctl status nginx`) and that the host name points here."),
        ) from None
    days = (expires - datetime.now(UTC)).days if expires else 0
    if days < MIN_CERTIFICATE_DAYS:
        raise Problem(
            _("The certificate of %(url)s expires in %(days)d days.")
            % {"url": settings.BASE_URL, "days": days},
            _("Renew it (`certbot renew`), and find out why its timer didn't."),
        )


@check(gettext_lazy("Proxy headers"))
def proxy_headers() -> None:
    try:
        seen, _expires = send_forged_request()
    except (OSError, HTTPException, ValueError):
        return  # reported by the check above
    if not seen:
        raise Problem(
            _("Another site responds at %(url)s, or this one with a different SECRET_KEY.")
            % {"url": settings.BASE_URL},
            _("Restart the web server, so it uses the same settings as this command."),
        )
    if seen["address"] == FORGED_ADDRESS:
        raise Problem(
            _("The site trusts a client's own X-Forwarded-For: anyone can get around its rate limits."),
            _("Set TRUSTED_PROXIES to the number of proxies in front; each has to add to that header."),
        )
    if settings.SERVED_OVER_HTTPS and not seen["secure"]:
        raise Problem(
            _("The site can't tell HTTPS from HTTP, or trusts a client's own X-Forwarded-Proto."),
            _("Have the proxy set X-Forwarded-Proto itself, as deploy/nginx/clinic.conf does."),
        )


@check(gettext_lazy("Email server"))
def email_server() -> None:
    if settings.EMAIL_PROVIDER:
        return  # only a real email could show whether the provider accepts it
    if "smtp" not in settings.EMAIL_BACKEND:
        raise Problem(
            _("EMAIL_URL names no email server: emails go to a file or nowhere."),
            _("Set it to your server: smtp://user:password@host:587/?tls=True"),
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        raise Problem(
            _("DEFAULT_FROM_EMAIL is not set: other servers will refuse the site's emails."),
            _("Set it to one of the clinic's addresses."),
        )
    try:
        with get_connection(timeout=TIMEOUT_SECONDS):
            pass
    except smtplib.SMTPAuthenticationError:
        raise Problem(
            _("The email server refuses the user name or password in EMAIL_URL."),
            _("Correct them; characters such as @ and / are written as %40 and %2F."),
        ) from None
    except OSError as error:
        raise Problem(
            _("The email server %(host)s cannot be used: %(why)s.")
            % {"host": settings.EMAIL_HOST, "why": type(error).__name__},
            _("Check that it's running and that this machine can reach it; then correct EMAIL_URL."),
        ) from None


@check(gettext_lazy("Text messages"))
def text_messages() -> None:
    if not settings.SMS:
        return
    try:
        account = texts.call_provider(".json")
    except (NotSent, ValueError) as error:
        raise Problem(
            _("The provider of text messages refuses the account in SMS_URL, or can't be reached: %(why)s.")
            % {"why": error if isinstance(error, NotSent) else type(error).__name__},
            _("Correct SMS_URL (401: the account or its token is wrong), or ask the provider."),
        ) from None
    status = account.get("status") if isinstance(account, dict) else None
    if status != "active":
        raise Problem(
            _("The account for text messages isn't active: %(status)s.") % {"status": status},
            _("Ask the provider why; until then patients who asked for texts have to be called."),
        )
