"""The inquiry page: contents, escaping, times, permissions and query budget."""

from datetime import UTC, datetime

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.inquiries.desk.helpers import QUEUE, opened, overwrite, page_html, receive, seen


def test_the_page_shows_all_submitted_data_and_the_article_revision(desk, article):
    answers = {"voicemail_ok": True, "preferred_contact": "phone", "best_time": "morning", "topic": "billing"}
    answers |= {"page": article, "page_revision": article.live_revision_id, "asker": "caregiver"}
    inquiry = receive(name="محمد علي", phone_extension="12", message="  One\n\n\tTwo 🦴 ", **answers)
    html = page_html(desk, inquiry)
    for text in [
        *(inquiry.reference, "محمد علي", "  One\n\n\tTwo 🦴 ", "<span>ana@example.com</span>"),
        *('href="tel:+12025550143;ext=12"', "(202) 555-0143 ext. 12", "OK to leave voicemail.", "By phone"),
        *("Morning", "Calling for someone else", "Insurance or a bill"),
        *(f'<a href="{article.url}">{article.title}</a>', f"revision {article.live_revision_id}"),
    ]:
        assert text in html, text
    page = BeautifulSoup(html, "html.parser")
    # The heading contains the name, but the page title doesn't.
    assert f"محمد علي · {inquiry.reference}" in page.find("nav", {"aria-label": "Breadcrumb"}).text
    assert f"محمد علي · {inquiry.reference}" in " ".join(page.h1.text.split())
    assert ("محمد" in page.title.text, inquiry.reference in page.title.text) == (False, True)


def test_an_urgent_inquiry_without_a_phone_says_answer_now_until_settled(desk, front_desk):
    inquiry = receive(message="My chest hurts.", phone="")
    assert "Answer now." in page_html(desk, inquiry)
    inquiry.no_call("Wrote to her", by=front_desk, seen=seen(inquiry))
    inquiry.change_status("closed", outcome="answered", was_urgent=True, by=front_desk, seen=seen(inquiry))
    assert "now.</strong>" not in page_html(desk, inquiry)


def test_a_colleague_with_the_longest_name_can_open_and_take_inquiries(desk, front_desk, inquiry):
    front_desk.first_name, front_desk.last_name = "A" * 150, "O" * 150
    front_desk.save()
    assert inquiry.reference in page_html(desk, inquiry)
    inquiry.take(by=front_desk, seen=seen(inquiry))
    assert inquiry.events.latest("pk").by_name.startswith("A" * 150 + " O")


def test_patient_input_is_escaped(desk):
    inquiry = receive(name="<script>alert(1)</script>", message="</div><script>alert(2)</script>")
    for url in [reverse("inquiry:index"), reverse("inquiry:inspect", args=[inquiry.pk])]:
        assert b"<script>alert" not in desk.get(url).content


def test_times_use_the_clinics_time_zone_and_show_other_years(desk, inquiry):
    overwrite(inquiry, received_at=datetime(2019, 1, 5, 20, 30, tzinfo=UTC))
    assert "3:30 PM" in page_html(desk, inquiry)
    assert "Jan 5, 2019, 3:30 PM" in desk.get(QUEUE).content.decode()


def test_the_print_page_shows_absolute_dates_and_has_no_name_in_its_title(desk, inquiry):
    moment = datetime(2036, 1, 8, 20, 30, tzinfo=UTC)
    url = reverse("inquiry:print", args=[inquiry.pk])
    overwrite(inquiry, due_at=moment)
    html = desk.get(url).content.decode()
    for text in ["answer due by Tue, Jan 8, 2036, 3:30 PM", f"<title>{inquiry.reference}<", "My back hurts."]:
        assert text in html
    overwrite(inquiry, status="waiting", follow_up_at=moment)
    assert "comes back Tue, Jan 8, 2036, 3:30 PM" in desk.get(url).content.decode()


def test_read_only_users_get_no_actions_and_editors_no_menu_item(as_user, editor, onlooker, inquiry):
    assert b"Inquiries" not in as_user(editor).get(reverse("wagtailadmin_home")).content
    html = page_html(as_user(onlooker), inquiry)
    assert "My back hurts." in html
    assert reverse("inquiry:take", args=[inquiry.pk]) not in html


def test_an_erased_inquiry_is_a_404_with_a_link_to_the_queue(desk, inquiry):
    number = inquiry.pk
    opened(inquiry).delete()
    for name, send in [("inspect", desk.get), ("print", desk.get), ("take", desk.post), ("note", desk.post)]:
        response = send(reverse(f"inquiry:{name}", args=[number]))
        assert response.status_code == 404, name
        assert "was erased" in response.content.decode()
        assert f'href="{reverse("inquiry:index")}"' in response.content.decode()
