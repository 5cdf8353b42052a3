import re

import pytest
from django.urls import reverse

from tests.inquiries.desk.helpers import seen

STATUS = "/contact/status/"
TEXT = "Canary: stop the aspirin on Friday."


def ticket(response):
    return re.search(r'name="ticket" value="([^"]+)"', response.content.decode())[1]


@pytest.fixture
def code(inquiry, front_desk):
    return inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))


@pytest.fixture
def reply(inquiry, code, front_desk):
    return inquiry.reply(TEXT, by=front_desk, seen=seen(inquiry))


@pytest.fixture
def link(reply):
    return reverse("inquiries:reply", args=[reply.token])
