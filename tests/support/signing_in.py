"""Signing in, with or without the forms."""

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django import test
from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts.emails import send_account_email
from clinic.accounts.middleware import LAST_SEEN_AT, SIGNED_IN_AT

LOGIN = reverse_lazy("account_login")
SECRET = "JBSWY3DPEHPK3PXP"  # of the test users' authenticator apps


class Client(test.Client):
    def force_login(self, user, backend=None):
        """Sign in as if the user had entered their password and a code."""
        enroll(user)
        self.sign_in_by_password(user, backend, with_code=True)

    def sign_in_by_password(self, user, backend=None, with_code=False):
        """Sign in as if the user had just entered their password. Writes one session, not three."""
        request = HttpRequest()
        request.session = SessionStore()
        login(request, user, backend or settings.AUTHENTICATION_BACKENDS[0])
        request.session[SIGNED_IN_AT] = request.session[LAST_SEEN_AT] = time.time()
        if with_code:
            record_authentication(request, user, "mfa", type="totp")
        request.session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key

    def is_signed_in(self):
        return SESSION_KEY in self.session


def enroll(user):
    """Set up an authenticator app, unless the user has one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, SECRET)


def code(secret=SECRET, periods=0):
    """Return the authenticator app's code, now or `periods` of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def give_password(client, user, **headers):
    return client.post(LOGIN, {"login": user.username, "password": "correct horse"}, headers=headers)


def give_code(client, text):
    return client.post(reverse("mfa_authenticate"), {"code": text})


def emails_sent():
    """Send the queued account emails, and return the outbox."""
    jobs = ProcrastinateJob.objects.filter(task_name=send_account_email.name).order_by("pk")
    mail.outbox.clear()
    for job in jobs:
        send_account_email(**job.args)
    return mail.outbox
