"""docs/architecture.md has the current diagram."""

from clinic.devtools import architecture


def test_the_diagram_is_up_to_date():
    """If this fails, run `make architecture`."""
    assert architecture.page() == architecture.PAGE.read_text(encoding="utf-8")
