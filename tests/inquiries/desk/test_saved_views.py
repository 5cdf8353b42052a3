"""Views of the queue kept under a name: one's own and, by managers, for everybody."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry

from inquiries.desk.queue.saved_views import SavedViewForm
from inquiries.desk.queue.sealed_search import sealed
from inquiries.models import SavedView
from inquiries.models.staff.saved_view import MAX_VIEWS
from tests.inquiries.desk.helpers import receive

SAVE, QUEUE = reverse("inquiry:save_view"), reverse("inquiry:index")
BILLS = reverse("inquiry:view", args=["open"]) + "?topic=billing&ordering=-received_at&p=2&before=x"


def save(client, name, address=BILLS, follow=False, **shared):
    return client.post(SAVE, {"name": name, "address": address, **shared}, follow=follow)


def test_tab_filters_and_order_come_back_by_name(desk):
    assert "None yet." in desk.get(QUEUE).content.decode()
    page = save(desk, "  Bills  ", follow=True)
    assert page.redirect_chain[-1][0].endswith("/view/open/?topic=billing&ordering=-received_at")
    assert 'aria-current="page">\n        <span dir="auto">Bills</span>' in page.content.decode()
    assert "None yet." not in page.content.decode()


def test_a_search_is_kept_sealed_and_found_by_each_colleague(desk, manager, as_user):
    receive()
    found = f"{QUEUE}?found={sealed('Lovelace', manager)}"
    save(as_user(manager), "That family", found, is_shared="on")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(v::text, '') FROM inquiries_savedview v")
        assert "Lovelace" not in cursor.fetchone()[0]
    (link,) = desk.get(QUEUE).context["saved_views"]
    assert (link.view.name, "Lovelace" in link.url) == ("That family", False)
    assert "Ana Lovelace" in desk.get(link.url).content.decode()


def test_one_s_own_view_is_nobody_elses(desk, as_user, colleague):
    save(desk, "Mine alone")
    assert not SavedView.objects.visible_to(colleague).exists()
    remove = reverse("inquiry:remove_view", args=[SavedView.objects.get().pk])
    assert as_user(colleague).post(remove).status_code == 404
    desk.post(remove)
    assert not SavedView.objects.exists()


def test_only_managers_share_and_remove_what_is_shared(desk, front_desk, as_user, manager):
    assert save(desk, "Ours", is_shared="on").status_code == 302
    assert not SavedView.objects.exists()
    office = as_user(manager)
    save(office, "Ours", is_shared="on")
    shared = SavedView.objects.visible_to(front_desk).get()
    remove = reverse("inquiry:remove_view", args=[shared.pk])
    desk.post(remove)
    assert SavedView.objects.exists()
    office.post(remove)
    assert not SavedView.objects.exists()
    logged = ModelLogEntry.objects.filter(label="Ours").values_list("action", "user__username")
    assert sorted(logged) == [("wagtail.create", "elif"), ("wagtail.delete", "elif")]


def test_what_cannot_be_saved_says_why_and_keeps_the_list(desk):
    save(desk, "Bills")
    for name, says in {" ": "Enter a name", "x" * 61: "at most 60 characters"}.items():
        assert says in SavedViewForm({"name": name}).errors["name"][0]
    page = save(desk, "bills", follow=True)
    assert "with this name" in page.content.decode()
    assert "topic=billing" in page.redirect_chain[-1][0]
    assert SavedView.objects.count() == 1


def test_twenty_are_enough(front_desk):
    def keep(number):
        SavedView.objects.store(front_desk, is_shared=False, name=f"View {number}", tab="open")

    for number in range(MAX_VIEWS):
        keep(number)
    with pytest.raises(ValidationError, match="are already"):
        keep("one more")


def test_only_the_queues_own_address_is_saved(desk):
    for address in ["", "//evil.example/x", "/admin/users/", "http://[", "/admin/inquiries/view/x/"]:
        assert desk.post(SAVE, {"name": "Elsewhere", "address": address})["Location"] == QUEUE, address
    desk.post(SAVE, {"name": "Here", "address": f"//evil.example{QUEUE}?topic=billing"})
    assert [(view.tab, view.query) for view in SavedView.objects.all()] == [("to-do", "topic=billing")]


def test_who_sees_no_inquiries_saves_and_sees_none(as_user, editor):
    save(as_user(editor), "Peek")
    assert not SavedView.objects.exists()
