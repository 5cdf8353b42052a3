from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.support.ports import free_port


def test_sendtestemail_reports_success_or_the_error(settings, mailoutbox):
    output = StringIO()
    call_command("sendtestemail", "it@clinic.example", stdout=output)
    assert (len(mailoutbox), output.getvalue()) == (1, "The email server accepted it.\n")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(CommandError, match=r"EMAIL_URL can't be used, or refused it: .*Connection refused"):
        call_command("sendtestemail", "it@clinic.example")
