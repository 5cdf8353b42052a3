"""A message is stored with all its data before the sender gets a confirmation."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import Status
from inquiries.jobs import triage_pending
from inquiries.models import Inquiry
from inquiries.public.form.inquiry_form import InquiryForm
from tests.inquiries.desk.helpers import receive
from tests.support.publishing import publish

URL = reverse("inquiries:contact")


def test_all_answers_are_stored_and_the_confirmation_shows_the_next_steps(client, answers):
    more = {"phone": "202-555-0143 x 12", "voicemail_ok": "on", "best_time": "morning"}
    response = client.post(URL, {**answers, **more}, follow=True)
    inquiry = Inquiry.objects.get()
    assert (inquiry.name, inquiry.email) == ("Maria Example", "maria@patient.example")
    assert (inquiry.phone, inquiry.phone_extension) == ("+12025550143", "12")
    assert (inquiry.topic, inquiry.asker, inquiry.best_time) == ("condition", "patient", "morning")
    assert (inquiry.message, inquiry.voicemail_ok) == (answers["message"], True)
    assert (inquiry.status, inquiry.assignee) == (Status.NEW, None)
    assert inquiry.due_at > inquiry.received_at
    [(address, status)] = response.redirect_chain
    assert (status, address.startswith(inquiry.get_absolute_url())) == (302, True)
    text = response.content.decode()
    assert f'data-reference="{inquiry.reference}"' in text
    assert "What happens next" in text
    for private in [answers["message"], answers["name"]]:
        assert private not in text


def test_an_unknown_reference_has_no_confirmation(client):
    assert client.get(reverse("inquiries:received", args=["CCCC-CCCC"])).status_code == 404


def test_a_notice_and_with_an_address_a_receipt_are_queued():
    for email, letters in [
        ("maria@patient.example", ["front_desk_notice", "receipt"]),
        ("", ["front_desk_notice"]),
    ]:
        jobs = ProcrastinateJob.objects.filter(args__inquiry_id=receive(email=email).pk)
        assert sorted(job.args["letter"] for job in jobs) == letters


def test_emails_that_cant_be_queued_immediately_are_queued_later(client, answers):
    """The message is stored, so a job can do the rest."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO gone")
        assert client.post(URL, answers).status_code == 302
        cursor.execute("ALTER TABLE gone RENAME TO procrastinate_jobs")
    assert not ProcrastinateJob.objects.exists()
    Inquiry.objects.update(received_at=timezone.now() - timedelta(minutes=1))
    triage_pending(0)
    triage_pending(0)
    assert ProcrastinateJob.objects.count() == 2


def test_missing_choices_get_their_initial_values(client, answers):
    missing = ["topic", "asker", "preferred_contact", "best_time"]
    for name in missing:
        assert InquiryForm({key: value for key, value in answers.items() if key != name}).is_valid(), name
    sent = {name: value for name, value in answers.items() if name not in missing}
    assert client.post(URL, sent).status_code == 302
    inquiry = Inquiry.objects.get()
    assert [getattr(inquiry, name) for name in missing] == ["condition", "patient", "either", ""]


def test_an_inquiry_keeps_the_page_and_revision_that_were_read(client, answers, article):
    read = article.live_revision_id
    publish(article)
    client.post(URL, {**answers, "page": article.pk, "page_revision": read})
    inquiry = Inquiry.objects.get()
    assert inquiry.page_id == article.pk
    assert (inquiry.page_title, inquiry.page_revision) == (article.title, read)
    article.delete()
    inquiry.refresh_from_db()
    assert (inquiry.page, inquiry.page_title) == (None, article.title)


def test_an_invalid_page_id_is_ignored(client, answers):
    for page in ["", "0", "-1", "abc", "9" * 30, "1 OR 1=1", "\x00", "٣"]:
        sent = {**answers, "message": f"From {page!r}", "page": page, "page_revision": page}
        assert client.post(URL, sent).status_code == 302
    assert Inquiry.objects.filter(page=None).count() == 8


def test_a_revision_of_another_page_is_ignored(client, answers, article):
    client.post(URL, {**answers, "page": article.get_parent().pk, "page_revision": article.live_revision_id})
    assert Inquiry.objects.get().page_revision is None


def test_an_articles_form_contains_its_page_and_revision(client, article):
    """The form is rendered once for all articles, and each fills in its own ids."""
    for _ in range(2):
        html = client.get(article.url).content.decode()
        assert f'name="page" value="{article.pk}"' in html
        assert f'name="page_revision" value="{article.live_revision_id}"' in html
        assert html.count('name="page"') == html.count('name="page_revision"') == 1
