"""Write how often each reason was right or wrong, as CSV: counts and codes, never words, names or dates."""

import csv
from typing import Any

from django.core.management.base import BaseCommand

from inquiries.reports.urgency import Row, figures


class Command(BaseCommand):
    help = "Print, as CSV, for each tier and reason of urgency how often colleagues found it right or wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(Row._fields)
        out.writerows(figures().rows)
