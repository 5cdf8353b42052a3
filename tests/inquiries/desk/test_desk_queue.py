"""The queue's tabs, counts, filters, live updates and due labels."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.desk import alerts
from inquiries.desk.queue import tabs
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.models import Inquiry, Presence
from inquiries.models.inquiry import deadlines
from tests.inquiries.desk.helpers import in_hours, overwrite, page_html, receive, seen


def listed(client, view=None, **query):
    url = reverse("inquiry:view", args=[view]) if view else reverse("inquiry:index")
    return [inquiry.name for inquiry in client.get(url, query).context["object_list"]]


@pytest.fixture
def morning(front_desk, colleague):
    """A queue with one inquiry of each kind."""

    def make(name, **handling):
        return overwrite(receive(name=name, message=f"I am {name}"), **handling)

    make("Later", due_at=in_hours(60))
    make("Overdue", due_at=in_hours(-5))
    make("Urgent", due_at=in_hours(50), urgent=True, urgent_because="chest pain")
    make("Older", due_at=in_hours(60), received_at=in_hours(-90))
    make("Mine", due_at=in_hours(70), status="in_progress", assignee=front_desk)
    make("Ben's", due_at=in_hours(80), status="in_progress", assignee=colleague)
    make("Waiting", status="waiting", follow_up_at=in_hours(30), due_at=in_hours(-30))
    make("Closed", status="closed", outcome="answered")
    make("Spam", status="spam")
    Inquiry.objects.filter(name="Older").update(due_at=Inquiry.objects.get(name="Later").due_at)


VIEWS = {
    "to-do": ["Urgent", "Overdue", "Older", "Later", "Mine", "Ben's"],  # most pressing first
    "mine": ["Mine"],
    "new": ["Urgent", "Overdue", "Older", "Later"],
    "urgent": ["Urgent"],
    "overdue": ["Overdue"],
    "waiting": ["Waiting"],
    "open": ["Urgent", "Waiting", "Overdue", "Older", "Later", "Mine", "Ben's"],
    "closed": ["Closed"],
    "spam": ["Spam"],
}


def test_each_tab_lists_its_inquiries_and_one_query_counts_all(
    desk, front_desk, morning, monkeypatch, django_assert_num_queries
):
    found = {view: [inquiry.name for inquiry in tabs.inquiries_in(view, front_desk)] for view in VIEWS}
    assert found == VIEWS
    with django_assert_num_queries(1):
        counts = tabs.tab_counts(front_desk)
    assert {view: counts[view] for view in VIEWS} == {view: str(len(VIEWS[view])) for view in VIEWS}
    assert listed(desk) == VIEWS["to-do"]
    assert listed(desk, "open", urgent="True") == ["Urgent"]
    assert desk.get(reverse("inquiry:view", args=["nonsense"])).status_code == 404
    monkeypatch.setattr(tabs, "MAX_COUNTED", 3)
    counts = tabs.tab_counts(front_desk)
    assert (counts["new"], counts["urgent"]) == ("3+", "1")


def test_an_inquiry_with_a_past_follow_up_time_is_to_do_even_without_a_worker(inquiry):
    for hours, is_to_do in [(1, False), (-1, True)]:
        overwrite(inquiry, status="waiting", follow_up_at=in_hours(hours))
        assert Inquiry.objects.to_do().exists() == is_to_do


def test_due_today_ends_at_the_clinics_midnight(front_desk, inquiry):
    with timezone.override("America/New_York"):
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        for due, expected in [(midnight - timedelta(seconds=1), 1), (midnight, 0), (in_hours(-1), 0)]:
            overwrite(inquiry, due_at=due)
            assert Inquiry.objects.due_today().count() == expected


FILTERS = [
    ({"topic": "billing"}, ["Bill"]),
    ({"asker": "clinician"}, ["Doc"]),
    ({"urgent": "True"}, ["Urgent"]),
    ({"calls": "3"}, ["Called"]),
    ({"source": "walk_in"}, ["Walked"]),
    ({"outcome": "answered"}, ["Closed"]),
    ({"received_at_from": "2020-05-01", "received_at_to": "2020-05-01"}, ["Old"]),
    ({"status": "in_progress"}, ["Mine", "Ben's"]),
    ({"status": "in_progress", "assignee": "null"}, []),
]


def test_each_filter_selects_its_inquiries(morning, front_desk):
    receive(name="Bill", topic="billing")
    receive(name="Doc", asker="clinician")
    overwrite(receive(name="Called"), call_attempts=4)
    overwrite(receive(name="Walked"), source="walk_in", entered_by_name="Amara")
    # 3 AM in UTC is still the day before in New York.
    overwrite(receive(name="Old"), received_at=datetime(2020, 5, 2, 3, tzinfo=UTC))
    with timezone.override("America/New_York"):
        for query, names in [*FILTERS, ({"assignee": front_desk.pk}, ["Mine"])]:
            found = InquiryFilterSet(query, queryset=Inquiry.objects.order_by("pk")).qs
            assert [inquiry.name for inquiry in found] == names, query


def test_updates_announce_new_inquiries_and_return_all_counts(desk, morning):
    newest = Inquiry.objects.latest("pk").pk
    receive(name="One more")
    receive(name="And one more")
    overwrite(receive(name="Junk"), status="spam")
    updates = desk.get(reverse("inquiry:news"), {"newest": newest}).json()
    assert updates["newer"] == "2 new inquiries. Show them"
    assert updates["counts"]["new"] == "6"
    assert updates["alarms"] == "1\u00a0urgent, 6\u00a0unassigned, 1\u00a0overdue"
    assert desk.get(reverse("inquiry:news"), {"newest": "x"}).status_code == 200


def test_updates_announce_urgent_inquiries_first(inquiry):
    def announce(name, message):
        receive(name=name, message=message)
        updates = alerts.updates_since(str(inquiry.pk))
        assert updates["newer"] == ""
        return updates["urgent"], updates["title"]

    assert announce("A", "My chest hurts.") == ("1 new URGENT message. Show it", "(1 urgent) ")
    assert announce("B", "Where?") == ("1 new URGENT message and 1 other. Show them", "(1 urgent) ")
    assert announce("C", "Where?") == ("1 new URGENT message and 2 others. Show them", "(1 urgent) ")
    assert announce("D", "My chest hurts.") == (
        "2 new URGENT messages and 2 others. Show them",
        "(2 urgent) ",
    )


def test_patients_additions_are_announced_if_they_need_an_urgent_call(desk, inquiry, colleague):
    def announcement():
        return alerts.updates_since(newest)["urgent"]

    inquiry.take(by=colleague, seen=seen(inquiry))
    newest = desk.get(reverse("inquiry:index")).context["newest"]
    inquiry.patient_wrote("When are you open?")
    assert announcement() == ""
    inquiry.patient_wrote("My chest hurts.")
    assert announcement() == "2 new URGENT messages. Show them"
    newest = alerts.bookmark()
    assert announcement() == ""
    inquiry.patient_wrote("My chest hurts more.")
    assert announcement() == "1 new URGENT message. Show it"
    page_html(desk, inquiry)
    assert announcement() == ""


def test_an_urgent_inquiry_is_announced_again_when_unassigned(colleague, inquiry):
    urgent = receive(message="My chest hurts.")
    urgent.take(by=colleague, seen=seen(urgent))
    taken = {"newer": "1 new inquiry. Show it", "urgent": "", "title": ""}
    assert alerts.updates_since(str(inquiry.pk)) == taken
    urgent.assign(None, by=colleague, seen=seen(urgent))
    assert alerts.updates_since(str(inquiry.pk))["urgent"] == "1 new URGENT message. Show it"


def test_menu_and_panel_show_the_alert_counts(as_user, front_desk, morning):
    with timezone.override("America/New_York"):
        tonight = timezone.localtime().replace(hour=23, minute=59, second=59)
    overwrite(Inquiry.objects.get(name="Mine"), due_at=tonight)
    html = as_user(front_desk).get(reverse("wagtailadmin_home")).content.decode()
    html = html.replace("\\u00a0", "\u00a0")  # escaped in the menu's JSON
    assert html.count("4\u00a0unassigned, 1\u00a0overdue") == 2
    assert reverse("inquiry:view", args=["overdue"]) in html
    assert 'data-inquiry-count="due-today">1<' in html


NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)  # Monday, 10 AM in New York


DUE = [
    (timedelta(minutes=20), "today", "due in 20 min"),
    (timedelta(hours=2, minutes=40), "today", "due in 2 h"),
    (timedelta(hours=23), "later", "due tomorrow 9:00 AM"),
    (timedelta(days=3), "later", "due Thu 10:00 AM"),
    (timedelta(days=30), "later", "due Apr 8, 10:00 AM"),
    (timedelta(minutes=-5), "overdue", "overdue by 5 min"),
    (timedelta(hours=-3), "overdue", "overdue by 3 h"),
    (timedelta(hours=-25), "overdue", "overdue by 1 day"),
    (timedelta(days=-3), "overdue", "overdue by 3 days"),
]
WAITING = {"status": "waiting", "due_at": NOW, "follow_up_at": NOW + timedelta(days=1)}


def test_due_labels_show_when_an_inquiry_is_due_or_comes_back():
    cases = [
        *(({"status": "new", "due_at": NOW + left}, (state, text, "")) for left, state, text in DUE),
        (WAITING, ("waiting", "comes back tomorrow 10:00 AM", "")),
        *(
            ({"status": status, "due_at": at}, ("", "", ""))
            for status, at in [("new", None), ("closed", NOW)]
        ),
    ]
    with timezone.override("America/New_York"):
        for values, expected in cases:
            assert deadlines.due(Inquiry(**values), NOW) == expected, values


CALL_NOW = ("now", "call now", "due tomorrow 9:00 AM")
URGENT = [
    ({}, CALL_NOW),
    ({"phone": ""}, ("now", "answer now", "due tomorrow 9:00 AM")),
    ({"status": "in_progress"}, CALL_NOW),
    ({"status": "in_progress", "assignee_id": 1}, CALL_NOW),
    ({"urgency_settled_at": NOW}, ("later", "due tomorrow 9:00 AM", "")),
    ({"status": "closed"}, ("", "", "")),
]


def test_urgent_inquiries_say_call_now_until_someone_speaks_to_the_patient():
    with timezone.override("America/New_York"):
        for handling, expected in URGENT:
            values = {"status": "new", "phone": "+12025550143", **handling}
            urgent = Inquiry(urgent=True, due_at=NOW + timedelta(hours=23), **values)
            assert deadlines.due(urgent, NOW) == expected, handling


def test_colleagues_on_the_same_inquiry_see_each_other_and_changes(
    desk, as_user, front_desk, colleague, inquiry
):
    url = reverse("inquiry:inquiry_news", args=[inquiry.pk])
    shown = seen(inquiry)
    page_html(desk, inquiry)
    assert "Also viewing this: Amara Okafor" in page_html(as_user(colleague), inquiry)
    assert desk.post(url, {"seen": shown}).json() == {"others": ["Ben Lindqvist"], "changed": False}
    inquiry.take(by=colleague, seen=shown)
    assert desk.post(url, {"seen": shown}).json()["changed"]
    Presence.objects.update(at=in_hours(-1))
    assert "Also viewing this: B" not in page_html(desk, inquiry)
    assert Presence.objects.get().user == front_desk


def test_the_queue_filters_by_source_page(desk, article):
    receive(name="Reader", page=article)
    receive(name="Somebody else", message="From nowhere.")
    html = desk.get(reverse("inquiry:index"), {"page": article.pk}).content.decode()
    pages = re.search(r'<select name="page".*?</select>', html, re.DOTALL)[0]
    assert re.findall(r'value="(\d+)"[^>]*>([^<]+)', pages) == [(str(article.pk), article.title)]
    assert ("Reader" in html, "Somebody else" in html) == (True, False)
