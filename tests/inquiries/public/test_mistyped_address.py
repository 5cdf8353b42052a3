"""An e-mail address with a well-known slip is asked about once, and never refused."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.public.email_typos import MEANT, likely_meant

pytestmark = pytest.mark.django_db
URL = reverse("inquiries:contact")


@pytest.fixture
def answers(answers):
    return {**answers, "phone": "", "email": "rose@gmial.com", "asked_about": ""}


def sent_back(client, answers):
    """What a browser sends when Send is pressed in the form that came back."""
    html = BeautifulSoup(client.post(URL, answers).content, "html.parser")
    form = html.select_one("#inquiry-form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[value], [type=hidden]")}
    return {**answers, **{name: fields[name] for name in ["email", "asked_about"]}}, html


def test_it_is_asked_about_at_the_field_and_in_the_summary(client, answers):
    _, html = sent_back(client, answers)
    question = "Is your e-mail address rose@gmail.com? If the one you typed is right, send again."
    assert question in html.select_one("#id_email_error").text
    assert html.select_one("#error-summary a[href='#id_email']").text == question
    assert html.select_one("#id_message").text.strip() == answers["message"]
    assert not Inquiry.objects.exists()


def test_sent_again_as_it_is_it_is_accepted(client, answers):
    again, _ = sent_back(client, answers)
    assert client.post(URL, again).status_code == 302
    assert Inquiry.objects.get().email == "rose@gmial.com"


def test_sent_again_mended_it_is_accepted(client, answers):
    again, _ = sent_back(client, answers)
    assert client.post(URL, {**again, "email": "rose@gmail.com"}).status_code == 302
    assert Inquiry.objects.get().email == "rose@gmail.com"


def test_another_slip_is_asked_about_too(client, answers):
    again, _ = sent_back(client, answers)
    again, _ = sent_back(client, {**again, "email": "rose@gmail.con"})
    assert client.post(URL, again).status_code == 302


def test_it_is_asked_about_together_with_other_mistakes_and_not_again(client, answers):
    again, html = sent_back(client, {**answers, "name": ""})
    assert len(html.select("#error-summary li")) == 2
    assert client.post(URL, {**again, "name": "Rose"}).status_code == 302


def test_pressed_twice_it_is_one_inquiry(client, answers):
    again, _ = sent_back(client, answers)
    assert client.post(URL, again)["Location"] == client.post(URL, again)["Location"]
    assert Inquiry.objects.count() == 1


def test_markup_in_the_address_stays_text(client, answers):
    _, html = sent_back(client, {**answers, "email": '"<b>x</b>"@gmial.com'})
    assert not html.select("#error-summary b, .field__error b")


def test_a_colleague_is_not_asked(desk, answers):
    del answers["asked_about"]  # their form has no such field
    call = {**answers, "source": "phone"}
    assert desk.post(reverse("inquiry:enter"), call).status_code == 302


@pytest.mark.parametrize("address", ["rose@GMIAL.com", "rose@yahoo.con", "r@outlok.com", "r.o+s@iclod.com"])
def test_slips(address):
    assert likely_meant(address).partition("@")[0] == address.partition("@")[0]


@pytest.mark.parametrize("address", ["", "rose@gmail.com", "rose@mail.com", "rose@ymail.com", "rose@gmx.com"])
def test_no_slips(address):
    assert likely_meant(address) == ""


def test_what_is_meant_is_no_slip_itself():
    assert not MEANT.keys() & set(MEANT.values())
