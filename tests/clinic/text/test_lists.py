"""Malformed word lists raise an error that names the file."""

import pytest

from clinic.text.lists import read_lists
from clinic.text.review_claims import read_claims


def test_a_line_before_the_first_heading_is_an_error(tmp_path):
    file = tmp_path / "words.txt"
    file.write_text("# Words\nlost\n[words]\nkept\n")
    with pytest.raises(ValueError, match=r"words\.txt names no list before “lost”"):
        read_lists(file)


def test_a_claim_with_an_unknown_list_is_an_error(tmp_path):
    file = tmp_path / "claims.txt"
    file.write_text("[drugs]\npills?\n[claims]\n(?<!you )take <drug>\n")
    with pytest.raises(ValueError, match=r"claims\.txt has no list <drug>"):
        read_claims(file)
