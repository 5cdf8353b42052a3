"""Templates are read by people: no line is longer than a screen is wide."""

from django.conf import settings

LONGEST = 160


def test_no_line_of_an_inquiries_template_is_over_160_characters():
    long = [
        f"{path.name}:{number}"
        for path in (settings.BASE_DIR / "templates/inquiries/admin").rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []
