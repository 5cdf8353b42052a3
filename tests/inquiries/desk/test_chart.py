"""Copies of an inquiry for the chart, as text or a one-page PDF, each logged as an export."""

import re

import pytest
from django.urls import reverse

from inquiries.desk.detail import chart_pdf
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import receive, seen
from tests.support.naughty import NAUGHTY

SCRIPTS = "¿Me duele? 我的背部疼痛 ظهري يؤلمني मेरी पीठ หลัง 허리 Спина 😢"


def get_copy(client, inquiry, kind):
    return client.get(reverse(f"inquiry:chart_{kind}", args=[inquiry.pk]))


def count_pages(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_text_copy_omits_events_entered_in_error(desk, front_desk):
    inquiry = receive(details="Your insurance\tAcme Health", location_name="Harbor office")
    inquiry.log_call("spoke", text="On warfarin", by=front_desk, seen=seen(inquiry))
    inquiry.add_note("Wrong chart", by=front_desk, seen=seen(inquiry))
    inquiry.retract(seen(inquiry), by=front_desk, seen=seen(inquiry))
    text = get_copy(desk, inquiry, "text").content.decode()
    for words in [
        *("Name: Ana Lovelace", "(202) 555-0143", "Since March.", "Amara Okafor called", "warfarin"),
        *("Also asked: Your insurance Acme Health", "Office: Harbor office"),
    ]:
        assert words in text
    assert "Wrong chart" not in text


def test_copies_are_logged_as_exports_and_never_cached(desk, front_desk, caplog):
    inquiry = receive(name="Lovelace ليلى", message=SCRIPTS)
    copies = [get_copy(desk, inquiry, kind) for kind in ["text", "pdf"]]
    for response in copies:
        assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    exports = AccessEntry.objects.filter(kind="exported").values_list("person", "inquiries")
    assert list(exports) == [(front_desk.pk, [inquiry.pk])] * 2
    assert SCRIPTS in copies[0].content.decode()
    # Neither the PDF's title nor its file name contains the patient's name.
    assert response["Content-Disposition"] == f'attachment; filename="{inquiry.reference}.pdf"'
    assert (response.content[:5], b"Lovelace" in response.content) == (b"%PDF-", False)
    assert [record for record in caplog.records if record.name.startswith(("fontTools", "fpdf"))] == []


def test_other_roles_cant_copy_inquiries_for_the_chart(as_user, inquiry, onlooker, clinician, editor):
    for user in [onlooker, clinician, editor]:
        client = as_user(user)
        assert {get_copy(client, inquiry, kind).status_code for kind in ["text", "pdf"]} == {302}
    assert not AccessEntry.objects.filter(kind="exported").exists()


@pytest.mark.parametrize(
    ("facts", "message", "entries"),
    [
        (12, "word\n" * 400, ["a call\nwith words"] * 80),
        (12, "痛" * 200, ["W" * 300 + "\n" * 120]),
        (80, "word\n" * 400, ["a call"]),  # leaves no room for the message
    ],
)
def test_long_inquiries_are_shortened_to_one_page(facts, message, entries):
    texts = ["Heading", "Name: Ana Lovelace\n" * facts, message]
    page = chart_pdf.Page("X", [*texts, *entries])
    kept = chart_pdf.shorten(page, *texts, entries)
    # Text that doesn't fit would be cut off.
    size = chart_pdf.MIN_FONT_SIZE
    assert (page.fits([*texts, *entries], size), page.fits(kept, size)) == (False, True)
    assert count_pages(chart_pdf.render_one_page("X", *texts, entries)) == 1


def test_a_shortened_chart_keeps_the_newest_entries():
    entries = [f"call {n}\n" + "x\n" * 20 for n in range(99)]
    kept = chart_pdf.shorten(chart_pdf.Page("X", []), "Heading", "Facts", "Message", entries)
    assert kept[-1].startswith("call 98")
    assert "earlier entries" in kept[3]


def test_characters_are_printed_with_a_glyph_or_by_name():
    shown = chart_pdf.printable(SCRIPTS)
    assert shown == SCRIPTS
    assert chart_pdf.printable("🫠\u202e\x07") == "[MELTING FACE]"
    glyphs = chart_pdf.code_points_in(chart_pdf.MAIN_FONT) | chart_pdf.code_points_in(chart_pdf.FALLBACK_FONT)
    assert {ord(char) for char in shown} <= glyphs


def test_hostile_texts_dont_break_the_pdf():
    texts = [" ".join(text[:200] for text in group)[:3000] for group in NAUGHTY.values()]
    page = chart_pdf.Page("X", texts)
    for text in texts:
        page.write(text, 6)
    assert count_pages(bytes(page.pdf.output())) == 1
