"""Whatever stands in the form's fields: never a 500; it is stored as it was typed, or is all still there."""

from itertools import count
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.urls import reverse
from hypothesis import given, settings, strategies as st

from inquiries.models import Inquiry
from inquiries.models.rate_limit import Origin
from inquiries.public.form.inquiry_form import InquiryForm
from tests.support import naughty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facts_read_once")]
URL = reverse("inquiries:contact")
FORM = "application/x-www-form-urlencoded"
FIELDS = list(InquiryForm().fields)
addresses = count()

texts = st.sampled_from(naughty.ALL) | st.text(max_size=300) | st.text(st.characters(codec=None), max_size=40)


def urlencoded(fields):
    """As a browser sends it, but for what no browser could: a lone surrogate goes out as its own bytes."""
    return urlencode(fields, encoding="utf-8", errors="surrogatepass").encode()


def send(client, body, content_type=FORM, **headers):
    # From a place of its own each time, so that no limit answers instead of the form.
    number = next(addresses)
    remote = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return client.generic("POST", URL, body, content_type=content_type, REMOTE_ADDR=remote, headers=headers)


def as_read(text):
    """What the server reads where a surrogate's bytes came: the mark of damaged text."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def check(response, sent):
    """Accepted and stored as it was typed, or asked again with all of it still there."""
    if response.status_code == 302:
        inquiry = Inquiry.objects.get(reference=response["Location"].split("/")[3])
        for name in {"name", "message"} & set(sent):
            assert getattr(inquiry, name) == sent[name]
        return
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors
    for name, text in sent.items():
        if name != "voicemail_ok":
            assert form[name].value() == as_read(text)
    for name in sent.keys() - form.errors.keys():
        assert name in form.cleaned_data


def test_every_naughty_text_sent_through_the_page(client):
    """Each beside others, in one or two fields."""
    for number in range(0, len(naughty.ALL), 10):
        sent = dict(zip(FIELDS, [*naughty.ALL[number:], *naughty.ALL], strict=False))
        check(send(client, urlencoded(sent)), sent)


# Nothing in them can stand in the way of a message.
HARMLESS = {"page", "page_revision", "asked_about", "url", "voicemail_ok", "texts_ok"}


def fields_taking(text, answers):
    """Those that take it; in each other one it's that field alone which is refused."""
    refused = InquiryForm(dict.fromkeys(FIELDS, text)).errors.keys()
    assert not refused & HARMLESS, text
    again = InquiryForm({**answers, **dict.fromkeys(refused, text)}).errors.keys()
    assert again <= refused | {"phone"}, text  # neither phone nor email
    return [name for name in FIELDS if name not in refused]


def test_every_naughty_text_in_every_field(answers):
    """In all fields at once, then stored in those that take it, beside another."""
    for one, other in zip(naughty.ALL[::2], [*naughty.ALL[1::2], ""], strict=False):
        taken = dict.fromkeys(fields_taking(one, answers), one)
        taken |= {name: other for name in fields_taking(other, answers) if name in {"message", "practice"}}
        form = InquiryForm({**answers, **taken})
        assert set(form.errors) <= {"phone"}, taken
        if form.is_valid():
            stored = Inquiry.objects.get(pk=form.save(origin=Origin()).pk)
            assert (stored.name, stored.message) == (form["name"].value(), form["message"].value())
        assert all(form[name].value() == text for name, text in taken.items() if name != "voicemail_ok")


@settings(max_examples=60)
@given(typed=st.dictionaries(st.sampled_from(FIELDS), texts, max_size=3))
def test_generated_values(client, answers, typed):
    sent = {**answers, **typed}
    check(send(client, urlencoded(sent)), sent)


@settings(max_examples=40)
@given(value=st.binary(max_size=60), field=st.sampled_from(FIELDS))
def test_bytes_that_may_be_no_text(client, answers, value, field):
    body = urlencoded({**answers, field: ""}) + f"&{field}={quote_from_bytes(value)}".encode()
    response = send(client, body)
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        kept = {name: text for name, text in answers.items() if name != field}
        assert all(response.context["form"][name].value() == text for name, text in kept.items())


CONTENT_TYPES = [
    *["", "x", ";", "text/plain", "application/json", "multipart/form-data", "multipart/mixed"],
    *["multipart/form-data; boundary=", "multipart/form-data; boundary=b"],
    *['multipart/form-data; boundary="é"', f"multipart/form-data; boundary={'b' * 300}"],
    *(f"{FORM}; charset={name}" for name in ["utf-16", "utf-7", "idna", "nonsense", "\x7f"]),
]
PARTS = [b"--b", b"\r\n", b"Content-Disposition: form-data; ", b'name="message"', b'filename="x"', b"--"]
bodies = st.binary(max_size=400) | st.lists(st.sampled_from(PARTS) | st.binary(max_size=9)).map(b"".join)


@settings(max_examples=40)
@given(body=bodies, content_type=st.sampled_from(CONTENT_TYPES))
def test_bodies_that_are_no_form(client, body, content_type):
    assert send(client, body, content_type).status_code in {200, 400, 413}
    assert not Inquiry.objects.exists()


def test_a_field_sent_twice_counts_as_the_last_one(client, answers):
    response = send(client, b"name=First&" + urlencoded(answers) + b"&name=Last")
    assert response.status_code == 302
    assert Inquiry.objects.get().name == "Last"


@pytest.mark.parametrize("number", [1000, 9000])
def test_fields_that_nobody_asked_for_stand_in_nobodys_way(client, answers, number):
    body = urlencoded(answers) + b"".join(b"&x%d=1" % n for n in range(number))
    assert send(client, body).status_code == 302


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"&".join(b"x%d=1" % n for n in range(10_001)), 413),
        (b"message=" + b"x" * 2_500_001, 413),
        (b"message=" + b"%58" * 300_000, 200),
    ],
)
def test_oversized_input_gets_a_sentence(client, body, status):
    response = send(client, body)
    assert response.status_code == status
    text = response.content.decode()
    assert "Shorten this text" in text if status == 200 else "more than we can take at once" in text


def part(name, text):
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'


FILE = 'scan"; filename="../scan.svg'


def test_a_file_of_any_size_is_refused_before_it_is_read(client):
    body = part(FILE, "x" * 3_000_000) + "--b--"
    assert send(client, body.encode(), "multipart/form-data; boundary=b").status_code == 413


def test_a_small_file_is_left_aside(client, answers):
    body = "".join(part(name, text) for name, text in answers.items()) + part(FILE, "<svg/>") + "--b--\r\n"
    assert send(client, body.encode(), "multipart/form-data; boundary=b").status_code == 302
