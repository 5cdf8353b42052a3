import csv
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from inquiries.models import DailyFigure, Measure
from inquiries.reports.tables import VERDICTS, verdicts_by_reason


class Command(BaseCommand):
    help = (
        "Prints, as anonymous CSV, how often colleagues found each reason for an urgent flag right or wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        totals = DailyFigure.objects.totals(date.min, date.max)
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["tier", "reason", "right", "wrong", "not_said"])
        for (tier, reason), numbers in verdicts_by_reason(totals[Measure.REASON]).items():
            out.writerow([tier, reason, *(numbers[verdict] for verdict in VERDICTS)])
        out.writerow(["none", "missed", totals[Measure.FLAG].get("missed", 0), 0, 0])
