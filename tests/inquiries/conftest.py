import pytest
from django.contrib.auth.models import Permission, User

from clinic.caching import per_second
from tests.inquiries.desk.desk_cast import receive


@pytest.fixture
def onlooker(db):
    """May read inquiries and nothing more."""
    user = User.objects.create_user("onlooker", "onlooker@clinic.example", "correct horse")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_inquiry"]))
    return user


@pytest.fixture
def desk(as_user, front_desk):
    """A browser in which the receptionist is signed in."""
    return as_user(front_desk)


@pytest.fixture
def inquiry(db):
    return receive()


@pytest.fixture
def within_a_second(monkeypatch):
    """What is read once a second (clinic.caching.per_second) is read no more than once."""
    monkeypatch.setattr(per_second, "KEEP_FOR", 60)
