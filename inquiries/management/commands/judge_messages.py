import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from inquiries.models.warning_phrase import judge_urgency


class Command(BaseCommand):
    help = (
        "Judges the messages in FILE, one per line (\\n is a line break), and prints the tier of each "
        "(emergency, crisis, look-first or none), a tab and the reasons. '-' reads standard input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        for message in self.messages(options["file"]):
            try:
                judgement = judge_urgency(message)
            except ProgrammingError as error:
                raise CommandError("The database has no phrases yet: run manage.py migrate first.") from error
            self.stdout.write(f"{judgement.tier}\t{', '.join(map(str, judgement.labels))}")

    def messages(self, file: str) -> list[str]:
        try:
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}") from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")  # saved by older spreadsheets; never fails
        lines = text.removesuffix("\n").split("\n") if text else []
        return [line.removesuffix("\r").replace("\\n", "\n") for line in lines]
