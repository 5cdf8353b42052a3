"""A page of text as a PDF, in whatever script it is written."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF

FONTS = settings.BASE_DIR / "clinic" / "fonts"
MAIN, FALLBACK = "DejaVuSans.ttf", "unifont.otf"
SIZES = [11, 9, 7.5, 6]  # points
MARGIN = 15  # millimeters
HEIGHT = 279.4 - 2 * MARGIN  # of a US letter page, between the margins
POINT = 0.3528  # millimeters
DIVIDER = 3  # millimeters between paragraphs
SMALLEST = SIZES[-1]
KEPT = "\n\u200c\u200d"  # the joiners of Arabic and Hindi
LATIN = 0x2FF
DIRECTED = {"L", "R", "AL", "AN", "EN"}
INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Co"}


def one_page(title: str, heading: str, facts: str, message: str, entries: list[str]) -> bytes:
    """Write all of it in the largest type that fits on a page; else what `shortened` leaves."""
    texts = [heading, facts, message, *entries]
    page = Page(title, texts)
    size = next((size for size in SIZES if page.fits(texts, size)), None)
    for text in texts if size else shortened(page, heading, facts, message, entries):
        page.write(text, size or SMALLEST)
    return bytes(page.pdf.output())


def shortened(page: "Page", heading: str, facts: str, message: str, entries: list[str]) -> list[str]:
    """As much of the message as fits, without its line breaks where need be, and the newest entries."""
    top = [heading, facts, message]
    if not page.fits([*top, more(1)], SMALLEST):
        room = HEIGHT - page.height([heading, facts, more(1)], SMALLEST) - DIVIDER
        top[2] = page.cut(" ".join(message.split()), room)
    room = HEIGHT - page.height([*top, more(1)], SMALLEST)
    kept: list[str] = []
    for entry in reversed(entries):
        room -= page.height([entry], SMALLEST)
        if room < 0:
            break
        kept.insert(0, entry)
    left_out = len(entries) - len(kept)
    return [*top, *([more(left_out)] if left_out else []), *kept]


def more(number: int) -> str:
    return _("… and %(number)s earlier entries: see the text copy") % {"number": number}


class Page:
    def __init__(self, title: str, texts: list[str]) -> None:
        self.pdf = FPDF(format="letter")
        self.pdf.set_title(title)  # the reference: never a name
        self.pdf.set_margin(MARGIN)
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("main", fname=FONTS / MAIN)
        if any(ord(char) not in characters_of(MAIN) for char in chain(*texts)):
            self.pdf.add_font("fallback", fname=FONTS / FALLBACK)
            self.pdf.set_fallback_fonts(["fallback"])
        self.pdf.set_font("main")
        # Joins letters, and writes from right to left; too slow to be on for Latin letters alone.
        self.pdf.set_text_shaping(any(ord(char) > LATIN for char in chain(*texts)))
        self.pdf.add_page()

    def height(self, texts: list[str], size: float, most: float = HEIGHT) -> float:
        """The height of all the texts in millimeters, or anything above `most`."""
        total = 0.0
        for text in texts:
            for line in lines_of(text):
                total += self._cell(line, size, dry_run=True, output="HEIGHT")
                if total > most:
                    return total
            total += DIVIDER
        return total

    def fits(self, texts: list[str], size: float) -> bool:
        return self.height(texts, size) <= HEIGHT

    def cut(self, text: str, room: float) -> str:
        """As much of the text, in the smallest type, as there is room for."""
        rest = _("… The rest is in the text copy.")
        while (height := self.height([text], SMALLEST, most=1e9)) > room and text:
            text = text[: int(len(text) * min(0.95, room / height))].removesuffix(rest).rstrip() + rest
        return text

    def write(self, text: str, size: float) -> None:
        for line in lines_of(text):
            self._cell(line, size)
        self.pdf.ln(DIVIDER)

    def _cell(self, line: str, size: float, **how: Any) -> Any:
        self.pdf.set_font_size(size)
        height = size * POINT * 1.3
        return self.pdf.multi_cell(0, height, line or " ", align="L", new_x="LMARGIN", new_y="NEXT", **how)


def lines_of(text: str) -> Iterator[str]:
    """Its lines, ready to print, broken after 200 signs without a direction: fpdf2 recurses once a sign."""
    for line in printable(text).split("\n"):
        start = neutral = 0
        for at, char in enumerate(line):
            neutral = 0 if unicodedata.bidirectional(char) in DIRECTED else neutral + 1
            if neutral == 200:
                yield line[start : at + 1]
                start, neutral = at + 1, 0
        yield line[start:]


@cache
def characters_of(font: str) -> frozenset[int]:
    with TTFont(FONTS / font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def printable(text: str) -> str:
    """Replace characters that no font has by their names, as in [CRYING FACE]; drop invisible ones."""
    return "".join(shown(char) for char in text.replace("\t", "    ").replace("\r\n", "\n"))


def shown(char: str) -> str:
    if char in KEPT:
        return char
    if unicodedata.category(char) in INVISIBLE:
        return ""
    if ord(char) in characters_of(MAIN) or ord(char) in characters_of(FALLBACK):
        return char
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}')}]"
