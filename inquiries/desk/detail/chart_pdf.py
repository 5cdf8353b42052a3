"""A one-page PDF of text in any script."""

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
MAIN_FONT, FALLBACK_FONT = "DejaVuSans.ttf", "unifont.otf"
FONT_SIZES = [11, 9, 7.5, 6]  # points
MIN_FONT_SIZE = FONT_SIZES[-1]
MARGIN_MM = 15
PRINTABLE_HEIGHT_MM = 279.4 - 2 * MARGIN_MM  # US letter
MM_PER_POINT = 0.3528
PARAGRAPH_GAP_MM = 3
ALWAYS_KEPT = "\n\u200c\u200d"  # line breaks, and the joiners of Arabic and Hindi
LAST_LATIN_CODE_POINT = 0x2FF
DIRECTIONAL_CLASSES = {"L", "R", "AL", "AN", "EN"}
INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Cn", "Co"}


def render_one_page(title: str, heading: str, facts: str, message: str, entries: list[str]) -> bytes:
    """Return a PDF in the largest font size at which the texts fit; if none does, shorten them."""
    texts = [heading, facts, message, *entries]
    page = Page(title, texts)
    size = next((size for size in FONT_SIZES if page.fits(texts, size)), None)
    for text in texts if size else shorten(page, heading, facts, message, entries):
        page.write(text, size or MIN_FONT_SIZE)
    return bytes(page.pdf.output())


def shorten(page: "Page", heading: str, facts: str, message: str, entries: list[str]) -> list[str]:
    """Return as much of the message as fits (if necessary without line breaks) and the newest entries."""
    top = [heading, facts, message]
    if not page.fits([*top, omission_note(1)], MIN_FONT_SIZE):
        room = page.room_below([heading, facts, omission_note(1)]) - PARAGRAPH_GAP_MM
        top[2] = page.truncate(" ".join(message.split()), room)
    room = page.room_below([*top, omission_note(1)])
    kept: list[str] = []
    for entry in reversed(entries):
        room -= page.height([entry], MIN_FONT_SIZE)
        if room < 0:
            break
        kept.insert(0, entry)
    left_out = len(entries) - len(kept)
    return [*top, *([omission_note(left_out)] if left_out else []), *kept]


def omission_note(number: int) -> str:
    return _("… and %(number)s earlier entries: see the text copy") % {"number": number}


class Page:
    def __init__(self, title: str, texts: list[str]) -> None:
        self.pdf = FPDF(format="letter")
        self.pdf.set_title(title)  # the reference, never a name
        self.pdf.set_margin(MARGIN_MM)
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("main", fname=FONTS / MAIN_FONT)
        if any(ord(char) not in code_points_in(MAIN_FONT) for char in chain(*texts)):
            self.pdf.add_font("fallback", fname=FONTS / FALLBACK_FONT)
            self.pdf.set_fallback_fonts(["fallback"])
        self.pdf.set_font("main")
        # Joins letters and handles right-to-left scripts, but is too slow for text that is all Latin.
        self.pdf.set_text_shaping(any(ord(char) > LAST_LATIN_CODE_POINT for char in chain(*texts)))
        self.pdf.add_page()

    def height(self, texts: list[str], size: float, limit: float = PRINTABLE_HEIGHT_MM) -> float:
        """Return the height of the texts in millimeters, or any height above `limit` if they exceed it."""
        total = 0.0
        for text in texts:
            for line in split_lines(text):
                total += self._cell(line, size, dry_run=True, output="HEIGHT")
                if total > limit:
                    return total
            total += PARAGRAPH_GAP_MM
        return total

    def fits(self, texts: list[str], size: float) -> bool:
        return self.height(texts, size) <= PRINTABLE_HEIGHT_MM

    def room_below(self, texts: list[str]) -> float:
        return PRINTABLE_HEIGHT_MM - self.height(texts, MIN_FONT_SIZE)

    def truncate(self, text: str, room: float) -> str:
        """Return as much of the text as fits into `room` millimeters in the smallest font size."""
        suffix = _("… The rest is in the text copy.")
        while (height := self.height([text], MIN_FONT_SIZE, limit=1e9)) > room and text:
            text = text[: int(len(text) * min(0.95, room / height))].removesuffix(suffix).rstrip() + suffix
        return text

    def write(self, text: str, size: float) -> None:
        for line in split_lines(text):
            self._cell(line, size)
        self.pdf.ln(PARAGRAPH_GAP_MM)

    def _cell(self, line: str, size: float, **kwargs: Any) -> Any:
        self.pdf.set_font_size(size)
        height = size * MM_PER_POINT * 1.3
        return self.pdf.multi_cell(0, height, line or " ", align="L", new_x="LMARGIN", new_y="NEXT", **kwargs)


def split_lines(text: str) -> Iterator[str]:
    """Yield printable lines, broken after 200 direction-neutral characters: fpdf2 recurses on each."""
    for line in printable(text).split("\n"):
        start = neutral = 0
        for at, char in enumerate(line):
            neutral = 0 if unicodedata.bidirectional(char) in DIRECTIONAL_CLASSES else neutral + 1
            if neutral == 200:
                yield line[start : at + 1]
                start, neutral = at + 1, 0
        yield line[start:]


@cache
def code_points_in(font: str) -> frozenset[int]:
    with TTFont(FONTS / font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def printable(text: str) -> str:
    """Replace characters that neither font has with their names, e.g. [CRYING FACE]; drop invisible ones."""
    return "".join(printable_char(char) for char in text.replace("\t", "    ").replace("\r\n", "\n"))


def printable_char(char: str) -> str:
    if char in ALWAYS_KEPT:
        return char
    if unicodedata.category(char) in INVISIBLE_CATEGORIES:
        return ""
    if ord(char) in code_points_in(MAIN_FONT) or ord(char) in code_points_in(FALLBACK_FONT):
        return char
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}')}]"
