"""`manage.py judge_messages` prints the tier and reasons of each line and stores nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from inquiries.models import Inquiry


def judged(path):
    out = StringIO()
    call_command("judge_messages", str(path), stdout=out)
    return out.getvalue().splitlines()


def test_judge_messages_prints_a_line_for_each_message(tmp_path):
    file = tmp_path / "messages.txt"
    messages = ["I have chest pain", "I want to die", "", "Where do I park?", "Hello.\\nI have chest pain"]
    file.write_text("\n".join([*messages, ""]))
    assert judged(file) == [
        "emergency\tChest pain or trouble breathing",
        "crisis\tThoughts of suicide or self-harm",
        "none\t",
        "none\t",
        "emergency\tChest pain or trouble breathing",
    ]
    assert not Inquiry.objects.exists()


def test_files_in_any_encoding_are_judged_line_by_line(tmp_path):
    file = tmp_path / "messages.txt"
    for content, tiers in [
        (b"", []),
        (b"\n", ["none"]),
        ("\ufeffNo puedo respirar\r\nhola\r\n".encode(), ["emergency", "none"]),
        ("No aguanto más, ya no quiero vivir así".encode("latin-1"), ["crisis"]),
        (b"caf\xe9\r\nI want to die\x00\n", ["none", "crisis"]),
        (b"a" * 1_000_000, ["look-first"]),
        (bytes(range(256)), ["none", "none"]),
    ]:
        file.write_bytes(content)
        assert [line.split("\t")[0] for line in judged(file)] == tiers


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        judged(tmp_path / "nowhere.txt")


def test_an_unmigrated_database_is_reported(tmp_path):
    file = tmp_path / "messages.txt"
    file.write_text("I have chest pain\n")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_warningphrase RENAME TO not_yet")
    with pytest.raises(CommandError, match="migrate first"), transaction.atomic():
        judged(file)
