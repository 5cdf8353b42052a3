"""Expired sessions, and the messages in them, are removed from the database."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from clinic.jobs import remove_expired_sessions


def test_only_expired_sessions_are_removed(db):
    now = timezone.now()
    for key, expires in {"old": now - timedelta(hours=1), "new": now + timedelta(hours=1)}.items():
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    remove_expired_sessions(timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["new"]
