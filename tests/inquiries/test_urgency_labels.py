"""What colleagues say of urgency becomes figures: counts and codes, never words."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from inquiries.reports.urgency import figures
from tests.inquiries.desk.desk_cast import act, receive

pytestmark = pytest.mark.django_db
CHEST = "chest-pain-or-trouble-breathing"


@pytest.fixture
def labeled(desk):
    """Two flagged ones, right and wrong; one that the rules missed; one that nobody labeled."""
    act(desk, "was_urgent", receive(name="A", message="I have chest pain"))
    act(desk, "was_not_urgent", receive(name="B", message="I have chest pain and sweat"))
    act(desk, "was_urgent", receive(name="C", message="Secret words of Zebulon"))
    receive(name="D", message="I have chest pain since noon")


def test_recall_and_false_alarms_of_this_clinic(labeled):
    found = figures()
    assert (found.found, found.missed, found.false_alarms) == (1, 1, 1)


def test_the_export_has_counts_and_no_words(labeled):
    out = StringIO()
    call_command("export_urgency_labels", stdout=out)
    assert out.getvalue().splitlines() == [
        "tier,reason,right,wrong,not_said",
        f"emergency,{CHEST},1,1,1",
        "none,missed,1,0,0",
    ]


def test_managers_read_the_report(labeled, as_user, superuser, desk):
    url = reverse("urgency_report")
    html = as_user(superuser).get(url).content.decode()
    assert "the rules found 1 and missed 1" in html
    assert "Chest pain or trouble breathing" in html
    assert "Zebulon" not in html
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
