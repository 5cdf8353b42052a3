"""Helpers that create inquiries and act on them as the front desk does."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.middleware import IDLE_TIMEOUT, LAST_SEEN_AT
from clinic.models import ClinicSettings
from inquiries.desk.queue.bulk import BULK_ACTIONS
from inquiries.models import Inquiry

QUEUE = "/admin/inquiries/"
FIRST_ATTEMPT = SimpleNamespace(job=SimpleNamespace(attempts=1))  # a job's context
BULK_URLS = [
    reverse("wagtail_bulk_action", args=["inquiries", "inquiry", action.action_type])
    for action in BULK_ACTIONS
]
ANSWERS = {
    "name": "Ana Lovelace",
    "email": "ana@example.com",
    "phone": "+12025550143",
    "phone_extension": "",
    "preferred_contact": "either",
    "best_time": "",
    "voicemail_ok": False,
    "asker": "patient",
    "topic": "condition",
    "message": "My back hurts.\n\n  Since March.",
}


def receive(**answers):
    """Create an inquiry as if a patient had sent the form."""
    return Inquiry.objects.receive(**{**ANSWERS, **answers})


def seen(inquiry):
    """Return the id of the newest event, as a page opened now would send it."""
    return inquiry.events.order_by("-pk").values_list("pk", flat=True).first()


def opened(inquiry):
    """Mark the inquiry as opened by staff. Unopened inquiries are never erased."""
    return overwrite(inquiry, opened_at=timezone.now())


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def clinic_date(at=None):
    """Return the date of `at`, by default now, at the clinic. After midnight UTC it's a day behind UTC."""
    return timezone.localdate(at, ClinicSettings.recent().hours.time_zone)


def overwrite(inquiry, **fields):
    """Write fields directly to the database, bypassing the model's guards."""
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)
    inquiry.refresh_from_db()
    return inquiry


def act(client, name, inquiry, /, follow=False, **answers):
    """Submit an action from an up-to-date page, then refresh `inquiry`."""
    url = reverse(f"inquiry:{name}", args=[inquiry.pk])
    response = client.post(url, {"seen": seen(inquiry), **answers}, follow=follow)
    inquiry.refresh_from_db()
    return response


def page_html(client, inquiry):
    return client.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()


def bulk_url(action):
    return reverse("wagtail_bulk_action", args=["inquiries", "inquiry", action])


def bulk_form_data(client, ids, action="spam", next_url=QUEUE):
    """Return the hidden fields of the confirmation page."""
    page = client.get(bulk_url(action), {"id": ids, "next": next_url})
    assert page.status_code == 200
    return {field.name: field.value() for field in page.context["form"].hidden_fields()}


def confirm(client, action, ids, *, next_url=QUEUE, **answers):
    """Open the confirmation page of a bulk action, then submit it."""
    hidden = bulk_form_data(client, ids, action, next_url)
    return client.post(f"{bulk_url(action)}?next={next_url}", {**hidden, **answers})


def ids(inquiries):
    return [inquiry.pk for inquiry in inquiries]


def expire_session(client):
    """Simulate being idle for so long that the user has to sign in again."""
    session = client.session
    session[LAST_SEEN_AT] -= IDLE_TIMEOUT + 60
    session.save()


def reply_is_open(html):
    return BeautifulSoup(html, "html.parser").find(id="reply").has_attr("open")


@contextmanager
def uncommitted(work):
    """Run `work()` in a transaction on another connection, which commits when the block ends."""
    done, may_commit = Event(), Event()

    def in_a_transaction():
        try:
            with transaction.atomic():
                work()
                done.set()
                assert may_commit.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(in_a_transaction)
        assert done.wait(10)
        try:
            yield
        finally:
            may_commit.set()
        working.result()


def search(desk, text, queue=QUEUE):
    """Submit a search and return the response with its results."""
    return desk.post(queue, {"q": text}, follow=True)
