"""One inquiry prints on one page, however long its message and its timeline are."""

import re

import pytest
from django.urls import reverse

from tests.inquiries.desk.desk_cast import receive, seen

PROSE = "My back has hurt since the spring and nothing that I tried has helped so far. "


def pages(page):
    pdfs = [page.pdf(format=paper, prefer_css_page_size=False) for paper in ("Letter", "A4")]
    return [len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in pdfs]


@pytest.mark.parametrize(
    ("message", "notes"),
    [
        ("Please call me.", 0),
        ("Please call me.", 40),
        ((PROSE * 64)[:5000], 20),
        ("W" * 5000, 3),
        ("line\n" * 1000, 3),
        ("痛" * 5000, 3),
    ],
    ids=[
        "short",
        "long timeline",
        "longest",
        "one word",
        "1,000 lines",
        "Chinese",
    ],
)
def test_fits_on_one_page(site, front_desk, message, notes):
    inquiry = receive(message=message)
    for number in range(notes):
        inquiry.add_note(f"Note {number}: {PROSE}", by=front_desk, seen=seen(inquiry))
    page = site.open(reverse("inquiry:print", args=[inquiry.pk]), user=front_desk)
    assert pages(page) == [1, 1]
    if notes > 10:
        assert page.get_by_text("earlier event").is_visible()
