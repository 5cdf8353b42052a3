"""Malformed lists of claims raise an error that names the file."""

import pytest

from clinic.text.review_claims import read_claims


def test_a_claim_with_an_unknown_list_is_an_error(tmp_path):
    file = tmp_path / "claims.txt"
    file.write_text("[drugs]\npills?\n[claims]\n(?<!you )take <drug>\n")
    with pytest.raises(ValueError, match=r"claims\.txt has no list <drug>"):
        read_claims(file)
