"""Red flags of published pathways are detected in ten sentences each, six English and four Spanish.

GIRFT: Getting It Right First Time, National Suspected Cauda Equina Syndrome Pathway, NHS England, 2023.
IFOMPT: Finucane LM and others, International Framework for Red Flags for Potential Serious Spinal
Pathologies, J Orthop Sports Phys Ther 2020;50(7):350-372. The pathways list the signs; the sentences were
written for this test.
"""

from pathlib import Path

from inquiries.triage import urgency
from inquiries.triage.starter_phrases import PHRASES

SENTENCES = Path(__file__).with_name("published_red_flags.txt")


def red_flags() -> list[tuple[str, list[str]]]:
    parts = SENTENCES.read_text(encoding="utf-8").removeprefix("# ").split("\n# ")
    return [(flag, sentences) for flag, *sentences in (part.strip().splitlines() for part in parts)]


def test_each_sentence_about_a_red_flag_is_detected():
    assert {len(sentences) for _flag, sentences in red_flags()} == {10}
    for flag, sentences in red_flags():
        assert [text for text in sentences if not urgency.judge(text, PHRASES)] == [], flag
