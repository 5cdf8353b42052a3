"""Templates are read by people: no line is longer than a screen is wide."""

from django.conf import settings

LONGEST = 160
FOLDERS = ("templates", "bench", "clinic", "education", "inquiries")


def templates():
    files = (path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*") if path.is_file())
    paths = (path.relative_to(settings.BASE_DIR) for path in files)
    return sorted(path for path in paths if "templates" in path.parts and path.suffix in {".html", ".txt"})


def test_no_template_has_a_line_over_160_characters():
    long = [
        f"{path}:{number}"
        for path in templates()
        for number, line in enumerate((settings.BASE_DIR / path).read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []
