"""One press copies an inquiry for the chart, as text or as a PDF of one page; each is logged as an export."""

import re

import pytest
from django.urls import reverse

from inquiries.desk.detail import chart_pdf
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import receive, seen
from tests.support.naughty import NAUGHTY

SCRIPTS = "¿Me duele? 我的背部疼痛 ظهري يؤلمني मेरी पीठ หลัง 허리 Спина 😢"


def get(client, inquiry, kind):
    return client.get(reverse(f"inquiry:chart_{kind}", args=[inquiry.pk]))


def pages(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_text_holds_what_a_chart_needs_without_mistakes(desk, front_desk):
    inquiry = receive(details="Your insurance\tAcme Health", location_name="Harbor office")
    inquiry.log_call("spoke", text="On warfarin", by=front_desk, seen=seen(inquiry))
    inquiry.add_note("Wrong chart", by=front_desk, seen=seen(inquiry))
    inquiry.retract(seen(inquiry), by=front_desk, seen=seen(inquiry))
    text = get(desk, inquiry, "text").content.decode()
    for words in [
        *("Name: Ana Lovelace", "(202) 555-0143", "Since March.", "Amara Okafor called", "warfarin"),
        *("Also asked: Your insurance Acme Health", "Office: Harbor office"),
    ]:
        assert words in text
    assert "Wrong chart" not in text


def test_each_copy_is_an_export_of_one_and_kept_by_no_cache_and_in_no_log(desk, front_desk, caplog):
    inquiry = receive(name="Lovelace ليلى", message=SCRIPTS)
    copies = [get(desk, inquiry, kind) for kind in ["text", "pdf"]]
    for response in copies:
        assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    exports = AccessEntry.objects.filter(kind="exported").values_list("person", "inquiries")
    assert list(exports) == [(front_desk.pk, [inquiry.pk])] * 2
    assert SCRIPTS in copies[0].content.decode()
    # The PDF names the patient in no title and no file name.
    assert response["Content-Disposition"] == f'attachment; filename="{inquiry.reference}.pdf"'
    assert (response.content[:5], b"Lovelace" in response.content) == (b"%PDF-", False)
    assert [record for record in caplog.records if record.name.startswith(("fontTools", "fpdf"))] == []


@pytest.mark.parametrize("who", ["onlooker", "clinician", "editor"])
def test_nobody_else_copies(as_user, request, inquiry, who):
    client = as_user(request.getfixturevalue(who))
    assert {get(client, inquiry, kind).status_code for kind in ["text", "pdf"]} == {302}
    assert not AccessEntry.objects.filter(kind="exported").exists()


@pytest.mark.parametrize(
    ("facts", "message", "entries"),
    [
        (12, "word\n" * 400, ["a call\nwith words"] * 80),
        (12, "痛" * 200, ["W" * 300 + "\n" * 120]),
        (80, "word\n" * 400, ["a call"]),  # not even the message fits
    ],
)
def test_however_much_there_is_it_stays_on_one_page(facts, message, entries):
    texts = ["Heading", "Name: Ana Lovelace\n" * facts, message]
    page = chart_pdf.Page("X", [*texts, *entries])
    kept = chart_pdf.shortened(page, *texts, entries)
    # What doesn't fit would be on no page.
    assert [page.fits(all_of, chart_pdf.SMALLEST) for all_of in ([*texts, *entries], kept)] == [False, True]
    assert pages(chart_pdf.one_page("X", *texts, entries)) == 1


def test_the_newest_entries_stay():
    entries = [f"call {n}\n" + "x\n" * 20 for n in range(99)]
    kept = chart_pdf.shortened(chart_pdf.Page("X", []), "Heading", "Facts", "Message", entries)
    assert kept[-1].startswith("call 98")
    assert "earlier entries" in kept[3]


def test_any_script_is_printed_with_a_glyph_or_named():
    shown = chart_pdf.printable(SCRIPTS)
    assert shown == SCRIPTS
    assert chart_pdf.printable("🫠\u202e\x07") == "[MELTING FACE]"
    known = chart_pdf.characters_of(chart_pdf.MAIN) | chart_pdf.characters_of(chart_pdf.FALLBACK)
    assert {ord(char) for char in shown} <= known


def test_no_text_breaks_it():
    texts = [" ".join(text[:200] for text in group)[:3000] for group in NAUGHTY.values()]
    page = chart_pdf.Page("X", texts)
    for text in texts:
        page.write(text, 6)
    assert pages(bytes(page.pdf.output())) == 1
