import pytest
from django.contrib.auth.models import Permission, User

from tests.inquiries.desk.helpers import receive
from tests.support.admin import without_menu
from tests.support.mail_server import MailServer
from tests.support.text_provider import Provider


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
def office(as_user, manager):
    """A client signed in as the manager, without Wagtail's menu."""
    with without_menu():
        yield as_user(manager)


@pytest.fixture
def inquiry():
    return receive()


@pytest.fixture
def mail_server(settings):
    """A real SMTP server that the site sends its emails to."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    yield server
    server.stop()


@pytest.fixture
def provider(settings):
    """A provider of text messages that the site is set up with."""
    provider = Provider()
    settings.SMS = provider.account
    yield provider
    provider.stop()
