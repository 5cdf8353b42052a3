"""Invalid input gets an error message that says how to fix it, and isn't lost."""

from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.public.form.inquiry_form import MESSAGE_LENGTH, InquiryForm

URL = reverse("inquiries:contact")


MISTAKES = [
    ({"name": ""}, "name", "Enter your name."),
    ({"name": " \t "}, "name", "Enter your name."),
    ({"name": "\u200b\u3164"}, "name", "Enter your name."),
    ({"message": "\r\n"}, "message", "Write your question or message."),
    ({"email": "", "phone": ""}, "phone", "Enter a phone number or an email address"),
    ({"email": "maria"}, "email", "Enter an email address like name@example.com."),
    ({"phone": "12"}, "phone", "Enter a phone number with its area code, for example (202) 555-0143."),
    ({"phone": "", "preferred_contact": "phone"}, "phone", "Enter the phone number"),
    ({"email": "", "preferred_contact": "email"}, "email", "Enter the email address"),
    ({"name": "Ma\x00ria"}, "name", "One character in this text can't be saved."),
    ({"message": "Hello\x00"}, "message", "One character in this text can't be saved."),
    ({"message": "Hello \ud800"}, "message", "One character in this text can't be saved."),
    ({"phone": "202\x005550143"}, "phone", "One character in this text can't be saved."),
    ({"email": "a\x00@b.example"}, "email", "One character in this text can't be saved."),
    ({"name": "x" * 201}, "name", "Shorten this text to 200 characters. It's 1 too long."),
    ({"message": "x" * 6000}, "message", "Shorten this text to 5,000 characters. It's 1,000 too long."),
    ({"topic": "nonsense"}, "topic", "Choose one of the answers in the list."),
    ({"asker": "\x00"}, "asker", "Choose one of the answers in the list."),
]


def test_each_mistake_has_its_own_error_message(answers):
    for change, field, message in MISTAKES:
        assert message in InquiryForm({**answers, **change}).errors[field][0], (change, field)


def test_an_invalid_form_stores_nothing_and_keeps_the_input(client, answers):
    answers |= {"name": "", "message": "Two\r\nlines & <b>more</b>", "voicemail_ok": "on"}
    response = client.post(URL, answers)
    form = response.context["form"]
    assert (response.status_code, form.errors["name"][0]) == (200, "Enter your name.")
    assert (form["message"].value(), form["phone"].value()) == (answers["message"], answers["phone"])
    assert form["voicemail_ok"].value()
    assert not Inquiry.objects.exists()


def test_optional_fields_are_folded_unless_one_was_filled_in(client, answers):
    invalid = answers | {"name": ""}
    for page, is_open in [
        (client.get(URL), False),
        (client.post(URL, invalid), False),
        (client.post(URL, invalid | {"voicemail_ok": "on"}), True),
    ]:
        fold = BeautifulSoup(page.content, "html.parser").select_one("details.more")
        assert (fold.has_attr("open"), bool(fold.select_one("[name=voicemail_ok]"))) == (is_open, True)


def test_the_error_summary_has_focus_and_links_to_fields_described_by_their_errors(client, answers):
    html = client.post(URL, {**answers, "name": "", "message": "", "phone": "12"}).content.decode()
    for part in [
        'id="error-summary" role="alert" tabindex="-1" autofocus',
        *(f'href="#id_{field}"' for field in ["name", "message", "phone"]),
        'aria-invalid="true" aria-describedby="id_phone_helptext id_phone_error"',
        'id="id_phone_error"',
    ]:
        assert part in html
    assert "<title>Error:" in html.replace("\n", "")


def test_each_error_in_the_summary_names_its_field(client, answers):
    html = client.post(
        URL, {**answers, "name": "Hello\x00", "message": "x" * 6000, "topic": "nonsense"}
    ).content
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select_one(".field__count").has_attr("hidden")  # until the script has counted
    lines = soup.select("#error-summary li")
    labels = ["What is it about? ", "Your question or message: ", "Your name: "]
    assert [line.text.startswith(label) for line, label in zip(lines, labels, strict=True)] == [True] * 3


def test_invalid_utf_8_is_a_field_error(client):
    for invalid in ["%ED%A0%80", "%FF%FE", "%C3"]:
        body = "name=Maria&email=m%40p.example&message=Hello" + invalid
        response = client.post(URL, body, content_type="application/x-www-form-urlencoded")
        assert "One character in this text can't be saved." in response.context["form"].errors["message"][0]


def test_the_requests_charset_is_ignored(client, answers):
    response = client.generic(
        "POST",
        URL,
        b'--b\r\nContent-Disposition: form-data; name="message"\r\n\r\n\\ud800\r\n--b--\r\n',
        content_type="multipart/form-data; boundary=b; charset=unicode_escape",
    )
    assert response.context["form"]["message"].value() == "\\ud800"


def test_a_line_break_counts_as_one_character(answers):
    message = "\r\n".join(["x"] * (MESSAGE_LENGTH // 2))
    assert InquiryForm({**answers, "message": message}).is_valid()


def test_other_methods_arent_allowed(client):
    assert {send(URL).status_code for send in [client.put, client.delete, client.patch]} == {405}
