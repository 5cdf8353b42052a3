"""Daily figures match hand-counted numbers."""

from datetime import timedelta

from clinic.models import ClinicSettings
from inquiries.models import DailyFigure, Inquiry
from inquiries.privacy import erasure
from tests.inquiries.desk.helpers import opened, overwrite, receive, seen
from tests.inquiries.reports.hand_counted import MONDAY, arrive, at, close, totals


def counted(measure):
    DailyFigure.objects.recount()
    return totals().get(measure, {})


def test_an_inquiry_is_counted_once_per_measure(front_desk):
    inquiry = arrive(at(MONDAY, 9, 30), read_after=7, answered_after=45, topic="billing", page_title="Back")
    close(inquiry, front_desk, outcome="appointment")
    DailyFigure.objects.recount()
    assert totals() == {
        "received": {"other": 1},
        "topic": {"billing": 1},
        "page": {"Back": 1},
        "language": {"en": 1},
        "hour": {"9": 1},
        "read": {"other:7": 1},
        "answered": {"other:45": 1},
        "promise": {"kept": 1},
        "outcome": {"appointment": 1},
        "calls": {"1": 1},
    }


def test_a_periods_totals_are_the_sums_of_its_days_for_any_weeks():
    """The page title of each inquiry is its day."""
    days = {-8, -7, -6, -3, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 20, 21, 27, 30, 31}
    for day in days:
        arrive(at(MONDAY + timedelta(days=day), 9), page_title=f"day{day}")
    DailyFigure.objects.recount()
    DailyFigure.objects.recount(MONDAY + timedelta(days=10))  # again from the middle of a week
    periods = [(0, 0), (0, 6), (3, 12), (-1, 5), (2, 4), (-7, 27), (-3, 6), (1, 30), (5, 8), (6, 20)]
    for first, last in periods:
        found = totals(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
        assert found["page"] == {f"day{day}": 1 for day in days & {*range(first, last + 1)}}


def test_hours_are_local_languages_are_detected_and_long_times_are_rounded():
    ClinicSettings.objects.update(time_zone="America/Los_Angeles")
    messages = ["I have a question for you", "Me duele la espalda desde ayer", "???"]
    for message, minutes in zip(messages, [99, 104, 1234], strict=True):
        arrive(at(MONDAY, 23, 30), message=message, read_after=minutes)  # a Tuesday morning in UTC
    assert counted("hour") == {"23": 3}
    assert counted("language") == {"en": 1, "es": 1, "": 1}
    assert counted("read") == {"other:99": 1, "other:100": 1, "other:1200": 1}


def test_the_verdict_on_urgency_overrides_the_flag(front_desk):
    flagged = arrive(at(MONDAY, 9), message="I have chest pain", read_after=1)
    false_alarm = arrive(at(MONDAY, 9), message="My chest pain is long gone", read_after=2)
    missed = arrive(at(MONDAY, 9), read_after=3)
    assert flagged.urgent
    overwrite(false_alarm, was_urgent=False)
    overwrite(missed, was_urgent=True)
    assert counted("read") == {"urgent:1": 1, "other:2": 1, "urgent:3": 1}


def test_a_promise_is_kept_by_a_timely_call_and_missed_without_one():
    for minutes, result in [(60, "spoke"), (61, "no_answer"), (1500, "spoke")]:
        inquiry = arrive(at(MONDAY, 9))
        inquiry.events.create(kind="call", detail=result, at=at(MONDAY, 9) + timedelta(minutes=minutes))
    assert counted("promise") == {"kept": 2, "missed": 1}
    arrive(at(MONDAY, 9))
    overwrite(arrive(at(MONDAY, 10)), due_at=at(MONDAY, 9) + timedelta(days=4000))
    assert counted("promise") == {"kept": 2, "missed": 2}


def test_a_promise_refers_to_the_first_due_time(front_desk):
    inquiry = arrive(at(MONDAY, 9), answered_after=60)
    close(inquiry, front_desk)
    inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    inquiry.events.filter(kind="status").update(at=at(MONDAY, 12))
    close(inquiry, front_desk)
    assert counted("promise") == {"kept": 1}


def test_only_the_outcome_answered_counts_as_an_answer_and_no_retracted_call_does(front_desk):
    wrong = arrive(at(MONDAY, 9))
    wrong.log_call("spoke", by=front_desk, seen=seen(wrong))
    wrong.retract(seen(wrong), by=front_desk, seen=seen(wrong))
    assert counted("answered") == {}
    for outcome in ["answered", "not_for_us", "duplicate"]:
        close(arrive(at(MONDAY, 9)), front_desk, outcome=outcome)
    assert sum(counted("answered").values()) == 1


def test_inquiries_entered_by_staff_have_no_time_to_open(front_desk):
    arrive(at(MONDAY, 9), read_after=5, source="phone")
    assert counted("read") == {}
    assert counted("received") == {"other": 1}


def test_spam_is_counted_separately(front_desk):
    overwrite(arrive(at(MONDAY, 9)), status="spam")
    overwrite(arrive(at(MONDAY, 9)), probably_spam=True)
    put_back = overwrite(arrive(at(MONDAY, 9)), probably_spam=True)
    put_back.not_spam(by=front_desk, seen=seen(put_back))
    assert counted("spam") == {"spam": 1, "labeled": 1, "put back": 1}
    assert counted("received") == {"other": 2}


def test_flags_and_their_reasons_are_counted_as_right_or_wrong(front_desk):
    right, wrong, _unlabeled = (
        arrive(at(MONDAY, 9), message=f"I have chest pain since {hour}") for hour in ["one", "two", "three"]
    )
    missed, _calm = arrive(at(MONDAY, 9)), arrive(at(MONDAY, 9))
    for inquiry, was_urgent in [(right, True), (wrong, False), (missed, True)]:
        inquiry.label_urgency(was_urgent, by=front_desk, seen=seen(inquiry))
    reason = f"emergency:{right.urgency_reasons[0]}"
    assert counted("flag") == {"found": 1, "false": 1, "missed": 1, "not said": 1}
    assert counted("reason") == {f"{reason}:right": 1, f"{reason}:wrong": 1, f"{reason}:not said": 1}


def test_erased_inquiries_stay_counted_but_leave_nothing_else():
    kept, erased = arrive(at(MONDAY, 9), read_after=3), opened(arrive(at(MONDAY, 9), answered_after=4))
    DailyFigure.objects.recount()
    before = totals()
    erasure.erase([erased.pk], by=None, why="request")
    assert totals() == totals(MONDAY, MONDAY + timedelta(days=6)) == before
    DailyFigure.objects.recount()
    assert totals() == totals(MONDAY, MONDAY + timedelta(days=6)) == before
    assert Inquiry.objects.get() == kept
    assert {field.name for field in DailyFigure._meta.get_fields()} == {
        *["id", "day", "measure", "key", "number", "is_erased"]
    }


def test_erasing_an_uncounted_inquiry_counts_it_first():
    erasure.erase([opened(arrive(at(MONDAY, 9))).pk], by=None, why="expired")
    assert totals()["received"] == {"other": 1}
    assert counted("received") == {"other": 1}


def test_recounting_recent_days_doesnt_change_earlier_days():
    arrive(at(MONDAY, 9))
    DailyFigure.objects.recount()
    overwrite(receive(), received_at=at(MONDAY + timedelta(days=1), 0, 5))
    Inquiry.objects.filter(received_at__lt=at(MONDAY, 10)).update(topic="billing")
    DailyFigure.objects.recount(since=MONDAY + timedelta(days=1))
    assert totals()["topic"] == {"condition": 1}
    assert totals(MONDAY, MONDAY + timedelta(days=1))["received"] == {"other": 2}
