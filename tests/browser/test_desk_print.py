"""An inquiry prints on one page, even with a long message or timeline."""

import re

from django.urls import reverse

from tests.inquiries.desk.helpers import receive, seen

PROSE = "My back has hurt since the spring and nothing that I tried has helped so far. "


def page_counts(page):
    pdfs = [page.pdf(format=paper, prefer_css_page_size=False) for paper in ("Letter", "A4")]
    return [len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in pdfs]


# The message, and the number of notes below it.
CASES = {
    "short": ("Please call me.", 0),
    "long timeline": ("Please call me.", 40),
    "longest": ((PROSE * 64)[:5000], 20),
    "one word": ("W" * 5000, 3),
    "1,000 lines": ("line\n" * 1000, 3),
    "Chinese": ("痛" * 5000, 3),
}


def test_an_inquiry_prints_on_one_page(site, front_desk):
    page = site.open("/robots.txt", user=front_desk)
    for case, (message, notes) in CASES.items():
        inquiry = receive(message=message)
        for number in range(notes):
            inquiry.add_note(f"Note {number}: {PROSE}", by=front_desk, seen=seen(inquiry))
        page.goto(reverse("inquiry:print", args=[inquiry.pk]))
        assert page_counts(page) == [1, 1], case
        if notes > 10:
            assert page.get_by_text("earlier event").is_visible(), case
