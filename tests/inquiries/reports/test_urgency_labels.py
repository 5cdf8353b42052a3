"""What colleagues say of urgency becomes figures: counts and codes, never words."""

from io import StringIO

import pytest
from django.core.management import call_command

from inquiries.models import DailyFigure
from inquiries.reports.figures import Period, Report
from inquiries.reports.tables import by_reason
from tests.inquiries.reports.hand_counted import MONDAY, arrive, at

pytestmark = pytest.mark.django_db
CHEST = "chest-pain-or-trouble-breathing"
SAID = [True] * 6 + [False] * 5


@pytest.fixture
def labeled(db):
    """Eleven flagged ones, right and wrong; five that the rules missed."""
    for place, was_urgent in enumerate(SAID):
        arrive(at(MONDAY, 9), message=f"I have chest pain {place}", was_urgent=was_urgent)
    for place in range(5):
        arrive(at(MONDAY, 9), message=f"Secret words of Zebulon {place}", was_urgent=True)
    DailyFigure.objects.recount()


def test_recall_false_alarms_and_reasons_are_counted_and_exported_without_words(labeled, manager):
    report = Report(manager, Period(MONDAY, MONDAY))
    found = {row[0]: row[1] for row in report.headlines()}
    assert found["Urgent inquiries that the rules flagged"] == "55%"  # 6 of 11
    assert found["Flagged inquiries that weren't urgent"] == "45%"  # 5 of 11
    assert by_reason(report).rows == [["Chest pain or trouble breathing (Emergency)", "6", "5", "0"]]
    out = StringIO()
    call_command("export_urgency_labels", stdout=out)
    assert out.getvalue().splitlines() == [
        "tier,reason,right,wrong,not_said",
        f"emergency,{CHEST},6,5,0",
        "none,missed,5,0,0",
    ]
