"""A form whose user was signed out is saved or shown again, and never exposed to another user."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from clinic.accounts import roles
from inquiries.models import Draft
from tests.inquiries.desk.helpers import expire_session, receive, seen
from tests.support.signing_in import Client

pytestmark = pytest.mark.django_db
NOTE = "She asks for a morning."


@pytest.fixture
def browser(settings):
    settings.DEMO = True  # a password is enough
    return Client(enforce_csrf_checks=True)


def submit(browser, address, **fields):
    return browser.post(address, {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value, **fields})


def sign_in(browser, user):
    browser.get("/sign-in/")
    assert submit(browser, "/sign-in/", login=user.username, password="correct horse").status_code == 302


def open_note(browser, user):
    """Sign in and open an inquiry; return its form's URL and data, and a queryset of its notes."""
    sign_in(browser, user)
    inquiry = receive()
    browser.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    token = browser.cookies["csrftoken"].value
    form = {"csrfmiddlewaretoken": token, "seen": seen(inquiry), "did": "note", "text": NOTE}
    return reverse("inquiry:compose", args=[inquiry.pk]), form, inquiry.events.filter(kind="note")


def test_a_form_is_saved_if_its_user_signed_in_again_in_another_tab(browser, front_desk, colleague):
    address, form, notes = open_note(browser, front_desk)
    for user in [colleague, front_desk]:
        submit(browser, reverse("account_logout"))
        sign_in(browser, user)
    assert browser.post(address, form).status_code == 302
    assert notes.get().get_text_display() == NOTE


def test_a_form_is_rejected_and_hidden_if_a_colleague_signed_in(browser, front_desk, colleague):
    address, form, notes = open_note(browser, front_desk)
    submit(browser, reverse("account_logout"))
    sign_in(browser, colleague)
    response = browser.post(address, form)
    assert (response.status_code, notes.exists()) == (403, False)
    html = response.content.decode()
    assert "Nothing was saved or sent" in html
    assert NOTE not in html
    response = browser.post(address, form, headers={"Accept": "application/json"})
    assert "Nothing was saved" in response.json()["error_message"]
    expire_session(browser)
    for headers in [{"Accept": "application/json"}, {}]:
        assert NOTE not in browser.post(address, form, headers=headers).content.decode()
    assert not Draft.objects.exists()


def test_a_form_sent_while_signed_out_is_shown_and_can_be_sent_again(browser, front_desk):
    address, form, notes = open_note(browser, front_desk)
    expire_session(browser)
    response = browser.post(address, form)
    assert (response.status_code, response["Cache-Control"], notes.exists()) == (403, "no-store", False)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("blockquote").text == NOTE
    assert page.find("a", class_="button")["href"].startswith("/sign-in/?next=/admin/inquiries/")
    again = {field["name"]: field["value"] for field in page.find("main").find_all("input")}
    sign_in(browser, front_desk)
    assert browser.post(address, again).status_code == 302
    assert notes.get().get_text_display() == NOTE


def test_an_editors_text_is_shown_if_the_page_or_permission_is_gone(as_user, editor, article):
    client = as_user(editor)
    addresses = [f"{article.pk}/edit/", f"add/education/articlepage/{article.get_parent().pk}/"]
    rich = '{"blocks": [{"text": "A rich text."}], "entityMap": {}}'
    data = {"lead": "A lead & more.", "body-0-value": rich, "odd": '[{"a": 1}, 2 ]', "key": "value"}
    data["note"] = "[No] text."
    article.delete()
    editor.groups.set(Group.objects.filter(name=roles.FRONT_DESK))
    for address in addresses:
        html = client.post(f"/admin/pages/{address}", data).content.decode()
        shown = [quote.text for quote in BeautifulSoup(html, "html.parser").find_all("blockquote")]
        assert shown == ["A lead & more.", "A rich text.", "[No] text."]
        response = client.post(f"/admin/pages/{address}", data, headers={"Accept": "application/json"})
        assert "The page was deleted" in response.json()["error_message"]
