"""Red flags of published pathways, each said in ten ways, six English and four Spanish: all are found.

GIRFT: Getting It Right First Time, National Suspected Cauda Equina Syndrome Pathway, NHS England, 2023.
IFOMPT: Finucane LM and others, International Framework for Red Flags for Potential Serious Spinal
Pathologies, J Orthop Sports Phys Ther 2020;50(7):350-372. The pathways name the signs; the sentences were
made up for this test.
"""

from pathlib import Path

import pytest

from bench.urgency.evaluate import PHRASES
from inquiries.triage import urgency

SENTENCES = Path(__file__).with_name("published_red_flags.txt")


def red_flags() -> list[tuple[str, list[str]]]:
    parts = SENTENCES.read_text(encoding="utf-8").removeprefix("# ").split("\n# ")
    return [(flag, said) for flag, *said in (part.strip().splitlines() for part in parts)]


def test_each_red_flag_is_said_in_ten_ways():
    assert {len(said) for _, said in red_flags()} == {10}


@pytest.mark.parametrize(("flag", "said"), red_flags())
def test_no_way_of_saying_a_red_flag_is_missed(flag, said):
    assert [sentence for sentence in said if not urgency.judge(sentence, PHRASES)] == []
