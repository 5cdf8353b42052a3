"""An email address with a common typo is questioned once, and never rejected."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.public.form.email_typos import suggested_address
from inquiries.public.form.inquiry_form import InquiryForm

URL = reverse("inquiries:contact")


@pytest.fixture
def answers(answers):
    return {**answers, "phone": "", "email": "rose@gmial.com", "asked_about": ""}


def returned_form(client, answers):
    """Return what a browser would send from the returned form, and its HTML."""
    html = BeautifulSoup(client.post(URL, answers).content, "html.parser")
    form = html.select_one("#inquiry-form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[value], [type=hidden]")}
    return {**answers, **{name: fields[name] for name in ["email", "asked_about"]}}, html


def test_a_mistyped_address_is_questioned_at_the_field_and_in_the_summary(client, answers):
    _, html = returned_form(client, answers)
    question = "Did you mean rose@gmail.com? If what you typed is right, press Send again."
    assert question in html.select_one("#id_email_error").text
    assert html.select_one("#error-summary a[href='#id_email']").text == question
    assert html.select_one("#id_message").text.strip() == answers["message"]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("email", ["rose@gmial.com", "rose@gmail.com"])
def test_a_questioned_address_is_accepted_once_corrected_or_not(client, answers, email):
    again, _ = returned_form(client, answers)
    for _pressed in range(2):
        assert client.post(URL, {**again, "email": email}).status_code == 302
    assert Inquiry.objects.get().email == email


def test_another_typo_is_questioned_too(client, answers):
    again, _ = returned_form(client, answers)
    again, _ = returned_form(client, {**again, "email": "rose@gmail.con"})
    assert client.post(URL, again).status_code == 302


def test_an_address_questioned_along_with_other_errors_isnt_questioned_again(client, answers):
    again, html = returned_form(client, {**answers, "name": ""})
    assert len(html.select("#error-summary li")) == 2
    assert client.post(URL, {**again, "name": "Rose"}).status_code == 302


def test_markup_in_an_address_is_escaped(client, answers):
    _, html = returned_form(client, {**answers, "email": '"<b>x</b>"@gmial.com'})
    assert not html.select("#error-summary b, .field__error b")


def test_the_front_desks_form_doesnt_question_addresses(desk, answers):
    del answers["asked_about"]  # their form has no such field
    call = {**answers, "source": "phone"}
    assert desk.post(reverse("inquiry:enter"), call).status_code == 302


# Made up. The rule also questions one real domain, fmail.co.
TYPOS = """
gmaol.com gmail.comm hotmial.con verizn.net gmial.com gmal.com gmaill.com gamil.com gmail.co gmail.con
gmail.cm gmail.vom gmail.com.com gmailcom gmail,com fmail.com yaho.com yhaoo.com hahoo.com yahoo.cm
hotmal.com homtail.com outlok.com outlook.con iclod.com icould.com aol.con aoll.com comcast.ner comast.net
verizon.ner sbcglobel.net sbcgobal.net belsouth.net att.ent att.bet msn.con earthlnk.net optonlin.net
opton1ine.net cox.nt charter.ent live.con ymail.con protonmial.com mydoctor.con church.ogr school.ed
"""
# One typo away from a mail service's name or from an ending, or shorter than the names that may have typos.
REAL = """
mail.com email.com ymail.com hotmail.co.uk yahoo.co.uk yahoo.ca yahoo.fr hotmail.es outlook.es live.ca
live.com.mx protonmail.com att.net mail.mil bigclinic.co gmail.de ail.com gail.com mail.co hotmail.it
aol.co.uk ool.com alo.com cox.com bol.com.br comcast.com verizon.com mail.ru uol.com.br att.com ms.com
ox.ac.uk box.com maol.org zmail.org live.cn yahoo.in yahoo.com.br outlook.com.br msn.ca aol.fr icloud.mx
smail.ai cox.org me.com aim.com cs.com gmx.com max.com tail.com male.com hotel.com rosa.nyc mit.edu va.gov
"""


def test_mistyped_domains_are_questioned_and_real_ones_arent():
    assert [domain for domain in TYPOS.split() if not suggested_address(f"rose@{domain}")] == []
    assert [domain for domain in REAL.split() if suggested_address(f"rose@{domain}")] == []


def test_suggestions_correct_the_domain():
    for typed, suggestion in [
        ("rose@GMIAL.com", "rose@gmail.com"),
        ("r.o+s@iclod.com", "r.o+s@icloud.com"),
        ("rose@hotmial.con", "rose@hotmail.com"),
        ("rose@verizn.net", "rose@verizon.net"),
        ("rose@ymail.con", "rose@ymail.com"),
        ("rose@mydoctor.con", "rose@mydoctor.com"),
        *((right, "") for right in ["rose@gmail.com", "", "@"]),
    ]:
        assert suggested_address(typed) == suggestion


def test_impossible_characters_in_an_address_are_removed(client, answers):
    for typed in ["bob @gmail.com", "bob@ gmail.com", "bob@gmail.com.", " bob@gmail .com, "]:
        assert InquiryForm({**answers, "email": typed}).fields["email"].clean(typed) == "bob@gmail.com"
    assert client.post(URL, {**answers, "email": "bob @gmail.com"}).status_code == 302
    assert Inquiry.objects.get().email == "bob@gmail.com"


def test_an_invalid_domain_gets_a_suggestion_but_a_space_in_the_user_name_doesnt(answers):
    for typed, error in [
        ("bob@gmailcom", "Did you mean bob@gmail.com?"),
        ("bob@gmail,com", "Did you mean bob@gmail.com?"),
        ("bob smith@gmail.com", "Enter an email address like name@example.com."),
    ]:
        assert InquiryForm({**answers, "email": typed}).errors["email"] == [error]
