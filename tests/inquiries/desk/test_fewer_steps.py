"""The desk's day in fewer steps."""

import pytest
from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from django.test import RequestFactory
from django.urls import reverse

from tests.inquiries.desk.desk_cast import act, in_hours, receive, search, seen, shift

pytestmark = pytest.mark.django_db
QUEUE = reverse("inquiry:index")


def test_filters_stay_from_tab_to_tab_and_the_patient_is_called_with_one_tap(desk, inquiry):
    html = desk.get(QUEUE, {"topic": "condition", "p": "1"}).content.decode()
    assert f'href="{reverse("inquiry:view", args=["mine"])}?topic=condition"' in html
    assert f'class="inquiry-call" href="{inquiry.phone_uri}"' in html


def test_a_search_without_result_says_what_it_cannot_look_through(desk, inquiry):
    html = search(desk, "zzyzx").content.decode()
    assert "Messages and notes are encrypted, so they can&#x27;t be searched." in html


def test_save_and_open_next_leads_to_the_next_one_to_do(desk, colleague, inquiry):
    shift(receive(message="Somebody else has it"), assignee=colleague, status="in_progress")
    following = receive(message="The next one")
    press = {"did": "note", "text": "x", "then": "close", "outcome": "answered", "after": "next"}
    response = act(desk, "compose", inquiry, **press)
    assert response["Location"] == reverse("inquiry:inspect", args=[following.pk])


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("front_desk", "inquiry:index"),
        ("manager", "inquiry_figures"),
        ("editor", "wagtailadmin_home"),
        ("superuser", "wagtailadmin_home"),
    ],
)
def test_everyone_starts_where_their_work_begins_unless_they_asked_for_a_page(request, role, home):
    mine = "/admin/inquiries/view/mine/"
    for query, start in {"": reverse(home), "?next=/admin/": reverse(home), f"?next={mine}": mine}.items():
        asked = RequestFactory().get(f"/sign-in/login/{query}")
        asked.user = request.getfixturevalue(role)
        with context.request_context(asked):
            assert get_login_redirect_url(asked) == start


def test_call_back_is_apart_from_waiting_and_due_at_its_time(desk, front_desk, inquiry):
    at = in_hours(3)
    inquiry.change_status("waiting", by=front_desk, seen=seen(inquiry), follow_up_at=at, call_back=True)
    assert inquiry.due.text.startswith("call back")
    assert inquiry.get_status_display() == "Call back"
    at = in_hours(-1)
    shift(inquiry, follow_up_at=at)
    inquiry.come_back()
    assert (inquiry.due_at, inquiry.call_back) == (at, False)
    assert inquiry.events.last().describe() == "It's time to call back"


def test_a_call_that_was_agreed_on_is_still_due_then_if_the_patient_writes_before(front_desk, inquiry):
    at = in_hours(1)
    inquiry.change_status("waiting", by=front_desk, seen=seen(inquiry), follow_up_at=at, call_back=True)
    inquiry.patient_wrote("My husband will answer.")
    assert (inquiry.status, inquiry.due_at) == ("new", at)
