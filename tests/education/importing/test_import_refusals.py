"""A file that is no article: one clear line, exit code 1, nothing left behind."""

import os
import random
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

NOISE = random.Random(1)  # noqa: S311 - noise, no secret

FILES = {
    "empty.txt": b"",
    "blank.md": b" \n\t\r\n\xef\xbb\xbf",
    "picture.png": b"\x89PNG\r\n\x1a\n" + NOISE.randbytes(5000),
    "noise.txt": NOISE.randbytes(5 * 1024 * 1024),
    "letters.txt": bytes(NOISE.choices(range(32, 127), k=1024)) * 5 * 1024,
    "fewer-letters.txt": bytes(NOISE.choices([10, *range(32, 127)], k=100_000)),
    "base64.txt": b"\n".join(
        bytes(NOISE.choices(b"abcdefghijABCDEFGHIJ0123456789+/", k=76)) for _ in range(200)
    ),
    "word.docx": b"PK\x03\x04" + NOISE.randbytes(500),
    "paper.pdf": b"%PDF-1.7\n" + NOISE.randbytes(500),
    "nul.txt": b"Title\nA sentence.\x00\n",
    "mixed.txt": "Title\nÄ sentence.\n".encode() + b"\xe9t\xe9 \xff\xfe \x81",
    "surrogate.txt": b"Title\nA \xed\xa0\x80 sentence.\n",
    "title-only.txt": b"A title and nothing else\n",
    "title-only.md": b"# A title and nothing else\n",
    "no-title.txt": b"- one\n- two\n",
    "no-title.md": b"Some text without a heading.\n",
    "no-title.html": b"<p>Some text without a heading.</p>",
    "only-scripts.html": b"<html><head><title>T</title></head><body><script>x()</script></body></html>",
    "paragraph.txt": b"A sentence that goes on. " * 20,
    "deep.html": b"<h1>Title</h1>" + b"<div>" * 5000 + b"text",
    "deep.md": b"# Title\n\n" + b">" * 500 + b" text\n",
    "no-slug.txt": "🦴🦴\nA sentence about bones.\n".encode(),
}


@pytest.fixture
def nothing_left_behind(db):
    before = (Page.objects.count(), Revision.objects.count())
    yield
    assert (Page.objects.count(), Revision.objects.count()) == before


@pytest.mark.usefixtures("nothing_left_behind")
@pytest.mark.parametrize("name", FILES)
def test_refused(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(FILES[name])
    with pytest.raises(CommandError) as refusal:
        call_command("import_article", str(file))
    assert str(refusal.value).startswith(f"{file}: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.usefixtures("nothing_left_behind")
@pytest.mark.parametrize("name", ["missing.md", "folder"])
def test_what_cannot_be_read(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match=r"This file can’t be read: \w"):
        call_command("import_article", str(tmp_path / name))


@pytest.mark.usefixtures("nothing_left_behind")
def test_an_existing_page_is_left_as_it_is(tmp_path, article):
    file = tmp_path / "a.md"
    file.write_text("---\nslug: kyphoplasty\n---\n# Another\n\nLead.\n")
    with pytest.raises(CommandError, match=r"There is a page at .*/education/kyphoplasty/ already"):
        call_command("import_article", str(file), publish=True)
    article.refresh_from_db()
    assert article.title.startswith("Exploring")


@pytest.mark.usefixtures("nothing_left_behind")
def test_an_unknown_parent(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# Another\n\nLead.\n")
    with pytest.raises(CommandError, match="there are: education"):
        call_command("import_article", str(file), parent="news")


@pytest.mark.usefixtures("nothing_left_behind")
def test_nothing_is_published_without_a_lead(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# Another\n\n## Why\n\nBecause.\n")
    with pytest.raises(CommandError):
        call_command("import_article", str(file), publish=True)


def test_one_line_on_stderr_and_exit_code_1(tmp_path):
    """As a person sees it; the file is refused before the database is asked."""
    run = subprocess.run(
        [sys.executable, "manage.py", "import_article", tmp_path / "missing.md"],
        env={**os.environ, "DEBUG": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.strip().splitlines() == [
        f"CommandError: {tmp_path}/missing.md: This file can’t be read: No such file or directory."
    ]
