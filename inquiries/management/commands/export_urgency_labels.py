"""Write how often each reason was right or wrong, as CSV: counts and codes, never words, names or dates."""

import csv
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from inquiries.models import DailyFigure, Measure
from inquiries.reports.tables import VERDICTS, reasons


class Command(BaseCommand):
    help = "Prints, as CSV, how often colleagues found each reason for an urgent flag right or wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        found = DailyFigure.objects.totals(date.min, date.max)
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["tier", "reason", "right", "wrong", "not_said"])
        for (tier, reason), numbers in reasons(found[Measure.REASON]).items():
            out.writerow([tier, reason, *(numbers[verdict] for verdict in VERDICTS)])
        out.writerow(["none", "missed", found[Measure.FLAG].get("missed", 0), 0, 0])
