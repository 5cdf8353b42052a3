"""Inquiries to work with at the front desk."""

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
from inquiries.desk.queue.bulk import BULK_ACTIONS
from inquiries.models import Inquiry

QUEUE = "/admin/inquiries/"
FIRST_ATTEMPT = SimpleNamespace(job=SimpleNamespace(attempts=1))  # of a job
# What can be done to many: the addresses.
BULK = [
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
    """As a patient sends it."""
    return Inquiry.objects.receive(**{**ANSWERS, **answers})


def seen(inquiry):
    """The newest event's id: what a screen that was opened now has seen."""
    return inquiry.events.order_by("-pk").values_list("pk", flat=True).first()


def opened(inquiry):
    """As if a colleague had opened its page: what nobody has opened is never erased."""
    return shift(inquiry, opened_at=timezone.now())


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def shift(inquiry, **times):
    """Turn the clock back: an inquiry's times are written once, so past its methods."""
    Inquiry.objects.filter(pk=inquiry.pk).update(**times)
    inquiry.refresh_from_db()
    return inquiry


def act(client, name, inquiry, /, follow=False, **answers):
    """Press a button of its page, seeing it as it is now; afterwards, `inquiry` is as that left it."""
    url = reverse(f"inquiry:{name}", args=[inquiry.pk])
    response = client.post(url, {"seen": seen(inquiry), **answers}, follow=follow)
    inquiry.refresh_from_db()
    return response


def page_of(client, inquiry):
    return client.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()


def bulk_address(action):
    return reverse("wagtail_bulk_action", args=["inquiries", "inquiry", action])


def shown(client, ids, action="spam", next_url=QUEUE):
    """What the page that asks sends along when its button is pressed."""
    page = client.get(bulk_address(action), {"id": ids, "next": next_url})
    assert page.status_code == 200
    return {field.name: field.value() for field in page.context["form"].hidden_fields()}


def confirm(client, action, ids, *, next_url=QUEUE, **answers):
    """As the browser does: open the page that asks, then press its button."""
    hidden = shown(client, ids, action, next_url)
    return client.post(f"{bulk_address(action)}?next={next_url}", {**hidden, **answers})


def ids(inquiries):
    return [inquiry.pk for inquiry in inquiries]


def leave_alone(client):
    """So long that whoever is signed in there has to sign in again."""
    session = client.session
    session[LAST_SEEN_AT] -= IDLE_TIMEOUT + 60
    session.save()


def reply_is_open(html):
    return BeautifulSoup(html, "html.parser").find(id="reply").has_attr("open")


@contextmanager
def on_its_way(work):
    """`work()` is done in a transaction of another connection, which commits at the end of the block."""
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
    """What the queue shows after a search."""
    return desk.post(queue, {"q": text}, follow=True)
