"""Show moved blocks and the targets of links when two versions of a page are compared.

Reviewers approve what they see there. Written for: Wagtail 7.4, which shows moved blocks as unchanged, and a
link or document as its text only. Replaced by: the same in Wagtail's comparison.
"""

from difflib import SequenceMatcher
from typing import Any

from bs4 import BeautifulSoup
from wagtail.admin import compare
from wagtail.rich_text import expand_db_html


def patch_comparison() -> None:
    compare.text_from_html = text_with_targets
    compare.BaseSequenceBlockComparison.get_block_comparisons_by_id = compare_in_order


def text_with_targets(html: Any) -> str:
    soup = BeautifulSoup(expand_db_html(str(html)), "html.parser")
    for link in soup.find_all("a", href=True):
        link.append(f" ({link['href']})")
    return soup.get_text().strip()


def compare_in_order(sequence: Any) -> list[Any]:
    """Return a comparison of each block; those of moved blocks are a deletion and an addition."""
    old, new = map(sequence.get_blocks_from_value, (sequence.val_a, sequence.val_b))
    matcher = SequenceMatcher(None, [block.id for block in old], [block.id for block in new], autojunk=False)
    comparisons: list[Any] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        before, after = old[old_start:old_end], new[new_start:new_end]
        if kind == "equal":
            comparisons += map(compare_blocks, before, after)
        else:
            comparisons += [compare_blocks(block, None) for block in before]
            comparisons += [compare_blocks(None, block) for block in after]
    return comparisons


def compare_blocks(old: Any, new: Any) -> Any:
    exists_a, exists_b = old is not None, new is not None
    block = new.block if exists_b else old.block
    values = old.value if exists_a else None, new.value if exists_b else None
    return compare.get_comparison_class_for_block(block)(block, exists_a, exists_b, *values)
