"""Style rules for templates: all text is translatable, and lines aren't too long."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".html", ".txt"}
TEMPLATES = sorted(file for file in (ROOT / "templates").rglob("*") if file.suffix in KINDS)
TRANSLATED_OR_INVISIBLE = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<!doctype[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
TEXT_ATTRIBUTES = re.compile(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"')
TAGS = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


# Notices for Spanish speakers are in Spanish, independent of the site's language.
SPANISH = re.compile(r'<(div|p) lang="es">.*?</\1>', re.DOTALL)


def untranslated_words(template):
    text = TRANSLATED_OR_INVISIBLE.sub("", SPANISH.sub("", template))
    attributes = " ".join(TEXT_ATTRIBUTES.findall(text))
    text = re.sub(r"&\w+;", "", TAGS.sub(" ", text))
    return WORD.findall(f"{text} {attributes}")


def test_templates_have_no_untranslated_text():
    assert untranslated_words('<p>{% translate "Yes" %} No</p><img alt="Bare">') == ["No", "Bare"]
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in TEMPLATES}
    assert {name: words for name, text in texts.items() if (words := untranslated_words(text))} == {}


def test_template_lines_have_at_most_160_characters():
    peers = [file for file in (ROOT / "bench/peer/templates").rglob("*") if file.suffix in KINDS]
    assert [
        f"{file.relative_to(ROOT)}:{number}"
        for file in [*TEMPLATES, *peers]
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ] == []
