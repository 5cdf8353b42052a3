"""Evidence determines tier, advice and place in the queue, which are stored on the inquiry."""

from collections import namedtuple

from django.urls import reverse

from inquiries.choices import Tier
from inquiries.triage.judgement import Judgement
from tests.inquiries.desk.helpers import act, receive, seen

Reason = namedtuple("Reason", "code label advice severity")
CHEST = Reason("chest", "Chest pain", "emergency", 3)
FEVER = Reason("fever", "Fever", "emergency", 2)
SUICIDE = Reason("suicide", "Suicide", "crisis", 3)
OVERDOSE = Reason("overdose", "Overdose", "poison", 2)
NUMB = Reason("numb", "Numb", "", 2)


def test_evidence_determines_tier_severity_and_advice():
    for evidence, expected in [
        ([], (Tier.NONE, 0, "")),
        ([NUMB], (Tier.LOOK_FIRST, 2, "")),
        ([FEVER], (Tier.EMERGENCY, 12, "emergency")),
        ([NUMB, CHEST], (Tier.EMERGENCY, 13, "emergency")),
        ([CHEST, SUICIDE], (Tier.CRISIS, 13, "crisis")),
        ([OVERDOSE], (Tier.EMERGENCY, 12, "poison")),
        ([SUICIDE, OVERDOSE], (Tier.CRISIS, 13, "poison")),
    ]:
        judgement = Judgement.of(evidence)
        assert (judgement.tier, judgement.severity, judgement.advice) == expected, evidence


def test_an_inquiry_stores_tier_and_reasons_as_codes():
    inquiry = receive(message="I have chest pain")
    assert (inquiry.urgent, inquiry.tier, inquiry.severity) == (True, "emergency", 13)
    assert (inquiry.advice, inquiry.urgency_reasons) == ("emergency", ["chest-pain-or-trouble-breathing"])
    assert inquiry.urgent_because == "Chest pain or trouble breathing"


def test_the_most_severe_inquiry_is_first_in_the_queue_with_its_reason(desk):
    fever = receive(name="A", message="I have a fever of 103 after the injection")
    bladder = receive(name="B", message="I lost control of my bladder")
    calm = receive(name="C")
    page = desk.get(reverse("inquiry:index"))
    assert list(page.context["object_list"]) == [bladder, fever, calm]
    assert "Loss of bladder or bowel control" in page.content.decode()


def test_marking_urgency_changes_the_severity(desk):
    inquiry = receive()
    for action, expected in [("urgent", (True, 12)), ("not_urgent", (False, 0))]:
        act(desk, action, inquiry)
        assert (inquiry.urgent, inquiry.severity) == expected
        assert inquiry.urgent_because == "Marked by Amara Okafor"


def test_staff_can_record_that_it_wasnt_urgent(front_desk):
    inquiry = receive(message="I have chest pain")
    inquiry.label_urgency(False, by=front_desk, seen=seen(inquiry))
    inquiry.refresh_from_db()
    assert (inquiry.was_urgent, inquiry.urgent) == (False, True)
    assert "it was not urgent" in inquiry.events.last().describe()
