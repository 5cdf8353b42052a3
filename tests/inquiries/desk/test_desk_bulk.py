"""Many at once: what was confirmed is what is changed, through the same guards, and it can be undone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from inquiries.desk.queue import bulk as desk_bulk
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.desk_cast import in_hours, receive, search, seen, shift

pytestmark = pytest.mark.django_db

QUEUE = reverse("inquiry:index")

NEXT_WEEK = f"{timezone.localdate() + timedelta(days=7)}T10:00"


def address(action):
    return reverse("wagtail_bulk_action", args=["inquiries", "inquiry", action])


def confirm(client, action, ids, *, next_url=QUEUE, **answers):
    """As the browser does: open the page that asks, then press its button."""
    query = {"id": ids, "next": next_url}
    page = client.get(address(action), query)
    assert page.status_code == 200
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    url = f"{address(action)}?next={next_url}"
    return client.post(url, {**hidden, **answers})


@pytest.fixture
def five(db):
    topics = ["billing", "billing", "other", "other", "other"]
    return [receive(name=f"Patient Num{number}", topic=topic) for number, topic in enumerate(topics)]


def statuses():
    return sorted(Inquiry.objects.values_list("status", flat=True))


def ids(inquiries):
    return [inquiry.pk for inquiry in inquiries]


@pytest.mark.parametrize(
    ("action", "answers", "expected"),
    [
        ("spam", {}, {"status": "spam"}),
        ("work", {}, {"status": "in_progress"}),
        ("close", {"outcome": "not_for_us", "text": ""}, {"status": "closed", "outcome": "not_for_us"}),
        ("wait", {"follow_up_at": NEXT_WEEK}, {"status": "waiting"}),
    ],
)
def test_changes_the_selected_ones_only(desk, five, action, answers, expected):
    assert confirm(desk, action, ids(five[:3]), **answers)["Location"] == QUEUE
    assert Inquiry.objects.filter(**expected).count() == 3
    assert Inquiry.objects.filter(status="new").count() == 2


def test_assigns_and_notes(desk, colleague, five):
    confirm(desk, "assign", ids(five), to=colleague.pk)
    assert Inquiry.objects.filter(assignee=colleague).count() == 5
    confirm(desk, "note", ids(five), text="Office closed on Friday")
    assert all(inquiry.events.last().text == "Office closed on Friday" for inquiry in five)


def test_not_spam_gives_back(desk, five):
    Inquiry.objects.update(status="spam")
    confirm(desk, "not_spam", ids(five))
    assert statuses() == ["new"] * 5


def test_all_that_match_means_the_views_the_filters_and_the_search(desk, five):
    lists = {
        f"{QUEUE}?topic=billing": 2,
        reverse("inquiry:view", args=["closed"]): 0,
        QUEUE: 5,
        search(desk, "patient num3").redirect_chain[-1][0]: 1,
        search(desk, "Somebody else").redirect_chain[-1][0]: 0,
    }
    for listed, number in lists.items():
        assert desk.get(address("spam"), {"id": "all", "next": listed}).context["number"] == number, listed
    confirm(desk, "spam", "all", next_url=f"{QUEUE}?topic=billing")
    assert set(Inquiry.objects.filter(status="spam")) == set(five[:2])


def test_never_touches_more_than_was_shown(desk, five):
    page = desk.get(address("spam"), {"id": "all", "next": QUEUE})
    receive(name="Came in meanwhile")
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    desk.post(f"{address('spam')}?id=all&next={QUEUE}", hidden)
    assert Inquiry.objects.get(name="Came in meanwhile").status == "new"
    assert Inquiry.objects.filter(status="spam").count() == 5


def test_is_capped_and_says_so(desk, five, monkeypatch):
    monkeypatch.setattr(desk_bulk, "CAP", 3)
    page = desk.get(address("spam"), {"id": "all", "next": QUEUE})
    assert "At most 3 inquiries" in page.content.decode()
    confirm(desk, "spam", "all")
    assert Inquiry.objects.filter(status="spam").count() == 3


def test_leaves_alone_what_changed_meanwhile_and_says_so(desk, colleague, five):
    page = desk.get(address("spam"), {"id": ids(five), "next": QUEUE})
    five[0].take(by=colleague, seen=seen(five[0]))
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    response = desk.post(f"{address('spam')}?next={QUEUE}", hidden, follow=True)
    assert f"{five[0].reference}: changed in the meantime" in response.content.decode()
    assert Inquiry.objects.get(pk=five[0].pk).status == "in_progress"
    assert Inquiry.objects.filter(status="spam").count() == 4


def test_leaves_alone_what_cannot_go_that_way(desk, five):
    confirm(desk, "not_spam", ids(five))
    assert statuses() == ["new"] * 5
    assert not BulkAction.objects.exists()


def test_undo_gives_back_what_was_and_keeps_the_history(desk, five):
    confirm(desk, "close", ids(five), outcome="answered")
    response = desk.get(QUEUE)
    assert "5 inquiries closed" in response.content.decode()
    desk.post(reverse("inquiry:undo"))
    assert statuses() == ["new"] * 5
    assert {inquiry.outcome for inquiry in Inquiry.objects.all()} == {""}
    assert five[0].events.last().describe() == "Amara Okafor undid a bulk action"
    assert "undone" in desk.get(reverse("inquiry:inspect", args=[five[0].pk])).content.decode()
    assert desk.post(reverse("inquiry:undo"))["Location"] == reverse("wagtailadmin_home")  # once


def test_undo_leaves_alone_what_someone_has_worked_on(desk, colleague, five):
    confirm(desk, "work", ids(five))
    five[0].add_note("Spoke to her", by=colleague, seen=seen(five[0]))
    desk.post(reverse("inquiry:undo"))
    assert statuses() == ["in_progress", "new", "new", "new", "new"]


def test_undo_says_why_one_stays_whose_copy_is_in_new(desk, five):
    confirm(desk, "spam", ids(five))
    receive(name="Patient Num0", topic="billing")
    html = desk.post(reverse("inquiry:undo"), {"next": QUEUE}, follow=True).content.decode()
    assert "4 inquiries changed back." in html
    assert f"{five[0].reference}: The same message from this person is already in New." in html


def test_undo_is_for_who_did_it_and_for_an_hour(desk, as_user, colleague, five):
    confirm(desk, "work", ids(five))
    assert as_user(colleague).post(reverse("inquiry:undo"))["Location"] == reverse("wagtailadmin_home")
    BulkAction.objects.update(at=in_hours(-2))
    assert desk.post(reverse("inquiry:undo"))["Location"] == reverse("wagtailadmin_home")
    assert statuses() == ["in_progress"] * 5
    assert desk.get(reverse("inquiry:undo"))["Location"] == reverse("inquiry:index")  # after signing in again
    assert statuses() == ["in_progress"] * 5


def test_refuses_people_without_permission(client, onlooker, editor, five):
    for user in [onlooker, editor]:
        client.force_login(user)
        for method in [client.get, client.post]:
            response = method(address("spam") + f"?id={five[0].pk}")
            assert response["Location"] == reverse("wagtailadmin_home")
    with pytest.raises(PermissionDenied):
        BulkAction.objects.perform(Inquiry.objects.all(), None, by=onlooker, seen={}, name="x")
    assert statuses() == ["new"] * 5


def test_bad_input_changes_nothing(desk, five):
    bad = ["1-1,x", "", ",".join(["1-1"] * 600), "1", "1-x", "1-1-1", f"1-{'9' * 30}"]
    for answers in [{}, *({"seen": text} for text in bad)]:
        desk.post(address("spam"), answers)
    assert statuses() == ["new"] * 5


def test_there_is_no_bulk_delete(desk, superuser, as_user, five):
    assert as_user(superuser).post(address("delete") + f"?id={five[0].pk}").status_code == 404


def test_the_list_is_no_dearer_with_bulk_actions(desk, five):
    shift(five[0], urgent=True, urgent_because="x")
    html = desk.get(QUEUE).content.decode()
    assert html.count("data-bulk-action-checkbox") == 5
    assert "bulk-actions.js" in html


def test_all_of_a_list_that_is_none_is_nothing(desk, five):
    nonsense = "/admin/inquiries/view/nonsense/"
    for listed in ["/admin/", "/admin/pages/", nonsense, "/nowhere/", "https://elsewhere.example/"]:
        page = desk.get(address("spam"), {"id": "all", "next": listed})
        assert (page.status_code, page.context["number"]) == (200, 0), listed


def test_exactly_as_many_as_the_cap_is_no_cap(desk, five, monkeypatch):
    monkeypatch.setattr(desk_bulk, "CAP", 5)
    assert "At most" not in desk.get(address("spam"), {"id": "all", "next": QUEUE}).content.decode()


def test_undo_is_for_an_hour_and_once_wherever_it_is_called(desk, front_desk, five):
    confirm(desk, "spam", ids(five))
    bulk = BulkAction.objects.last_of(front_desk)
    twin = BulkAction.objects.get(pk=bulk.pk)
    assert bulk.undo(by=front_desk) == 5
    with pytest.raises(PermissionDenied):
        twin.undo(by=front_desk)
    BulkAction.objects.update(undone_at=None, at=timezone.now() - timedelta(hours=2))
    with pytest.raises(PermissionDenied):
        BulkAction.objects.get(pk=bulk.pk).undo(by=front_desk)


def test_undo_brings_back_nobody_whose_account_is_deleted(desk, front_desk, colleague, five):
    five[0].assign(colleague, by=front_desk, seen=seen(five[0]))
    confirm(desk, "assign", [five[0].pk], to=front_desk.pk)
    colleague.delete()
    assert BulkAction.objects.last_of(front_desk).undo(by=front_desk) == 1
    assert Inquiry.objects.get(pk=five[0].pk).assignee is None
