"""No input causes a server error: it's either stored verbatim or returned in the form."""

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
    """Encode fields as a browser would, and lone surrogates as their own bytes."""
    return urlencode(fields, encoding="utf-8", errors="surrogatepass").encode()


def send(client, body, content_type=FORM, **headers):
    # A new IP address each time avoids rate limits.
    number = next(addresses)
    remote = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return client.generic("POST", URL, body, content_type=content_type, REMOTE_ADDR=remote, headers=headers)


def decoded(text):
    """Return the text as the server decodes it, with surrogates replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def assert_stored_or_returned(response, sent):
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
            assert form[name].value() == decoded(text)
    for name in sent.keys() - form.errors.keys():
        assert name in form.cleaned_data


def test_every_naughty_text_is_stored_or_returned_by_the_view(client):
    """Each text is sent together with others, in one or two fields."""
    for number in range(0, len(naughty.ALL), 10):
        sent = dict(zip(FIELDS, [*naughty.ALL[number:], *naughty.ALL], strict=False))
        assert_stored_or_returned(send(client, urlencoded(sent)), sent)


# Fields that accept any text.
LENIENT_FIELDS = {"page", "page_revision", "asked_about", "url", "voicemail_ok", "texts_ok"}


def fields_accepting(text, answers):
    """Return the fields that accept the text, after checking that the others reject only it."""
    rejecting = InquiryForm(dict.fromkeys(FIELDS, text)).errors.keys()
    assert not rejecting & LENIENT_FIELDS, text
    errors = InquiryForm({**answers, **dict.fromkeys(rejecting, text)}).errors.keys()
    assert errors <= rejecting | {"phone"}, text  # without phone and email, phone has an error
    return [name for name in FIELDS if name not in rejecting]


def test_every_naughty_text_is_stored_or_returned_in_every_field(answers):
    """Two texts are submitted together, in the fields that accept them."""
    for one, other in zip(naughty.ALL[::2], [*naughty.ALL[1::2], ""], strict=False):
        sent = dict.fromkeys(fields_accepting(one, answers), one)
        sent |= {name: other for name in fields_accepting(other, answers) if name in {"message", "practice"}}
        form = InquiryForm({**answers, **sent})
        assert set(form.errors) <= {"phone"}, sent
        if form.is_valid():
            stored = Inquiry.objects.get(pk=form.save(origin=Origin()).pk)
            assert (stored.name, stored.message) == (form["name"].value(), form["message"].value())
        assert all(form[name].value() == text for name, text in sent.items() if name != "voicemail_ok")


@settings(max_examples=30)
@given(typed=st.dictionaries(st.sampled_from(FIELDS), texts, max_size=3))
def test_generated_texts_are_stored_or_returned(client, answers, typed):
    sent = {**answers, **typed}
    assert_stored_or_returned(send(client, urlencoded(sent)), sent)


@settings(max_examples=20)
@given(value=st.binary(max_size=60), field=st.sampled_from(FIELDS))
def test_arbitrary_bytes_in_one_field_keep_the_others(client, answers, value, field):
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


@settings(max_examples=20)
@given(body=bodies, content_type=st.sampled_from(CONTENT_TYPES))
def test_bodies_that_arent_forms_are_rejected(client, body, content_type):
    assert send(client, body, content_type).status_code in {200, 400, 413}
    assert not Inquiry.objects.exists()


def test_the_last_value_of_a_repeated_field_counts(client, answers):
    response = send(client, b"name=First&" + urlencoded(answers) + b"&name=Last")
    assert response.status_code == 302
    assert Inquiry.objects.get().name == "Last"


def test_unknown_fields_are_ignored(client, answers):
    body = urlencoded(answers) + b"".join(b"&x%d=1" % n for n in range(9000))
    assert send(client, body).status_code == 302


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"&".join(b"x%d=1" % n for n in range(10_001)), 413),
        (b"message=" + b"x" * 2_500_001, 413),
        (b"message=" + b"%58" * 300_000, 200),
    ],
)
def test_oversized_input_gets_an_error_message(client, body, status):
    response = send(client, body)
    assert response.status_code == status
    text = response.content.decode()
    assert "Shorten this text" in text if status == 200 else "more than we can take at once" in text


def part(name, text):
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'


FILE = 'scan"; filename="../scan.svg'


def test_a_large_file_is_rejected_before_reading_it(client):
    body = part(FILE, "x" * 3_000_000) + "--b--"
    assert send(client, body.encode(), "multipart/form-data; boundary=b").status_code == 413


def test_a_small_file_is_ignored(client, answers):
    body = "".join(part(name, text) for name, text in answers.items()) + part(FILE, "<svg/>") + "--b--\r\n"
    assert send(client, body.encode(), "multipart/form-data; boundary=b").status_code == 302
