"""The desk's day in fewer steps."""

import pytest
from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from django.test import RequestFactory
from django.urls import reverse

from tests.inquiries.desk.desk_cast import act, in_hours, receive, search, seen, shift

pytestmark = pytest.mark.django_db
QUEUE = reverse("inquiry:index")


def test_filters_stay_from_tab_to_tab(desk, inquiry):
    html = desk.get(QUEUE, {"topic": "billing", "p": "1"}).content.decode()
    assert f'href="{reverse("inquiry:view", args=["mine"])}?topic=billing"' in html


def test_a_search_without_result_says_what_it_cannot_look_through(desk, inquiry):
    html = search(desk, "zzyzx").content.decode()
    assert "Messages and notes are encrypted, so they can&#x27;t be searched." in html


def test_save_and_open_next_leads_to_the_next_one_to_do(desk, colleague, inquiry):
    taken = receive(message="Somebody else has it")
    shift(taken, assignee=colleague, status="in_progress")
    following = receive(message="The next one")
    response = act(
        desk, "compose", inquiry, did="note", text="x", then="close", outcome="answered", after="next"
    )
    assert response["Location"] == reverse("inquiry:inspect", args=[following.pk])


def test_the_patient_is_called_from_the_list_with_one_tap(desk, inquiry):
    assert f'class="inquiry-call" href="{inquiry.phone_uri}"' in desk.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("front_desk", "inquiry:index"),
        ("manager", "inquiry_figures"),
        ("editor", "wagtailadmin_home"),
        ("superuser", "wagtailadmin_home"),
    ],
)
@pytest.mark.parametrize("address", ["/sign-in/login/", "/sign-in/login/?next=/admin/"])
def test_everyone_starts_where_their_work_begins(request, role, home, address):
    asked = RequestFactory().get(address)
    asked.user = request.getfixturevalue(role)
    with context.request_context(asked):
        assert get_login_redirect_url(asked) == reverse(home)


def test_a_page_that_was_asked_for_is_shown_after_signing_in(front_desk):
    asked = RequestFactory().get("/sign-in/login/?next=/admin/inquiries/view/mine/")
    asked.user = front_desk
    with context.request_context(asked):
        assert get_login_redirect_url(asked) == "/admin/inquiries/view/mine/"


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
