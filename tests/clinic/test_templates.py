"""Templates are read by translators and by people: no bare word, and no line wider than a screen."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".html", ".txt"}
TEMPLATES = sorted(file for file in (ROOT / "templates").rglob("*") if file.suffix in KINDS)
WRAPPED_OR_SILENT = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<!doctype[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"')
TAGS = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


# What somebody who reads only Spanish must know stands there in Spanish, whatever language the site has.
IN_SPANISH = re.compile(r'<(div|p) lang="es">.*?</\1>', re.DOTALL)


def bare_words(template):
    text = WRAPPED_OR_SILENT.sub("", IN_SPANISH.sub("", template))
    spoken = " ".join(SPOKEN_ATTRIBUTES.findall(text))
    text = re.sub(r"&\w+;", "", TAGS.sub(" ", text))
    return WORD.findall(f"{text} {spoken}")


def test_no_template_has_a_bare_word():
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in TEMPLATES}
    assert {name: bare for name, text in texts.items() if (bare := bare_words(text))} == {}


def test_no_template_has_a_line_over_160_characters():
    peers = [file for file in (ROOT / "bench/peer/templates").rglob("*") if file.suffix in KINDS]
    assert [
        f"{file.relative_to(ROOT)}:{number}"
        for file in [*TEMPLATES, *peers]
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ] == []


def test_the_check_sees_a_bare_word():
    assert bare_words('<p>{% translate "Yes" %} No</p><img alt="Bare">') == ["No", "Bare"]
