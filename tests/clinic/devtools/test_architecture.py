"""docs/architecture.md shows the rooms as they are."""

from clinic.devtools import architecture


def test_the_picture_is_current():
    """If this fails: `make architecture`."""
    assert architecture.page() == architecture.PAGE.read_text(encoding="utf-8")
