"""No list, report or chooser of the admin answers a mangled address with an error of ours."""

import re
from urllib.parse import urlencode

import pytest

from tests.support.admin import admin_addresses

pytestmark = pytest.mark.django_db

HOSTILE = ["", "-1", "9" * 21, "9" * 5000, "2026-02-31'\"<é\x00"]
# Beside the names of the fields that a page itself shows.
NAMES = {"id", "p", "q", "ordering", "next", "page_type", "collection_id", "tag", "usage_count_min", "locale"}


def names_on(response):
    found = re.findall(r'<(?:input|select)[^>]* name="([\w-]+)"', response.content.decode())
    return sorted(NAMES | set(found) - {"csrfmiddlewaretoken"})


def test_each_parameter_with_each_hostile_value(as_user, superuser, crawl):
    client = as_user(superuser)
    client.raise_request_exception = False
    broken, tried = [], 0
    for address in admin_addresses():
        first = client.get(address)
        if first.status_code != 200 or first.streaming:
            continue
        tried += 1
        names = names_on(first)
        for value in HOSTILE:
            question = urlencode(dict.fromkeys(names, value))
            if client.get(f"{address}?{question}").status_code >= 500:
                broken.append(f"{address}?{question}")
    assert broken == []
    assert tried > 60  # the walk reached the admin's screens


@pytest.mark.parametrize(
    "question",
    ["images/?q=x&usage_count_min=1", "documents/?q=x&usage_count_max=3", "images/chooser/?q=x&tag=spine"],
)
def test_a_search_with_a_filter_that_it_cannot_have_goes_without(as_user, editor, question):
    assert as_user(editor).get(f"/admin/{question}").status_code == 200
