"""Saved views of the queue: private ones, and shared ones that managers maintain."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry

from inquiries.desk.queue.saved_views import SavedViewForm
from inquiries.desk.queue.sealed_search import seal_search
from inquiries.models import SavedView
from inquiries.models.staff.saved_view import MAX_VIEWS
from tests.inquiries.desk.helpers import receive

SAVE, QUEUE = reverse("inquiry:save_view"), reverse("inquiry:index")
BILLS = reverse("inquiry:view", args=["open"]) + "?topic=billing&ordering=-received_at&p=2&before=x"


def save(client, name, address=BILLS, follow=False, **shared):
    return client.post(SAVE, {"name": name, "address": address, **shared}, follow=follow)


def test_a_saved_view_restores_tab_filters_and_order(desk):
    assert "None yet." in desk.get(QUEUE).content.decode()
    page = save(desk, "  Bills  ", follow=True)
    assert page.redirect_chain[-1][0].endswith("/view/open/?topic=billing&ordering=-received_at")
    assert 'aria-current="page">\n        <span dir="auto">Bills</span>' in page.content.decode()
    assert "None yet." not in page.content.decode()


def test_a_shared_search_is_stored_encrypted_and_works_for_colleagues(desk, manager, as_user):
    receive()
    found = f"{QUEUE}?found={seal_search('Lovelace', manager)}"
    save(as_user(manager), "That family", found, is_shared="on")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(v::text, '') FROM inquiries_savedview v")
        assert "Lovelace" not in cursor.fetchone()[0]
    (link,) = desk.get(QUEUE).context["saved_views"]
    assert (link.view.name, "Lovelace" in link.url) == ("That family", False)
    assert "Ana Lovelace" in desk.get(link.url).content.decode()


def test_a_private_view_is_visible_only_to_its_owner(desk, as_user, colleague):
    save(desk, "Mine alone")
    assert not SavedView.objects.visible_to(colleague).exists()
    remove = reverse("inquiry:remove_view", args=[SavedView.objects.get().pk])
    assert as_user(colleague).post(remove).status_code == 404
    desk.post(remove)
    assert not SavedView.objects.exists()


def test_only_managers_share_views_and_remove_shared_ones(desk, front_desk, as_user, manager):
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


def test_a_refused_view_shows_the_error_and_keeps_the_list(desk):
    save(desk, "Bills")
    for name, error in {" ": "Enter a name", "x" * 61: "at most 60 characters"}.items():
        assert error in SavedViewForm({"name": name}).errors["name"][0]
    page = save(desk, "bills", follow=True)
    assert "with this name" in page.content.decode()
    assert "topic=billing" in page.redirect_chain[-1][0]
    assert SavedView.objects.count() == 1


def test_the_number_of_views_per_user_is_limited(front_desk):
    def keep(number):
        SavedView.objects.store(front_desk, is_shared=False, name=f"View {number}", tab="open")

    for number in range(MAX_VIEWS):
        keep(number)
    with pytest.raises(ValidationError, match="are already"):
        keep("one more")


def test_only_queue_urls_can_be_saved(desk):
    for address in ["", "//evil.example/x", "/admin/users/", "http://[", "/admin/inquiries/view/x/"]:
        assert desk.post(SAVE, {"name": "Elsewhere", "address": address})["Location"] == QUEUE, address
    desk.post(SAVE, {"name": "Here", "address": f"//evil.example{QUEUE}?topic=billing"})
    assert [(view.tab, view.query) for view in SavedView.objects.all()] == [("to-do", "topic=billing")]
