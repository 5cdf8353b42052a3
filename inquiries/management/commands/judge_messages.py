from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from inquiries.models.warning_phrase import judge_urgency


class Command(BaseCommand):
    help = (
        "Judges the messages in FILE, one per line (\\n is a line break), and prints the tier of each "
        "(emergency, crisis, look-first or none), a tab and the reasons."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                judgement = judge_urgency(line.removesuffix("\n").replace("\\n", "\n"))
                self.stdout.write(f"{judgement.tier}\t{', '.join(map(str, judgement.labels))}")
