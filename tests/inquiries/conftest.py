import pytest
from django.contrib.auth.models import Permission, User

from tests.inquiries.desk.helpers import receive
from tests.support.admin import without_menu


@pytest.fixture(autouse=True)
def database(db_or_committed):
    """Allow database access in all tests of inquiries."""


@pytest.fixture
def onlooker():
    """A user who can only read inquiries."""
    user = User.objects.create_user("onlooker", "onlooker@clinic.example", "correct horse")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_inquiry"]))
    return user


@pytest.fixture
def desk(as_user, front_desk):
    """A client signed in as the receptionist, without Wagtail's menu (12% of a page's CPU time)."""
    with without_menu():
        yield as_user(front_desk)


@pytest.fixture
def inquiry():
    return receive()
