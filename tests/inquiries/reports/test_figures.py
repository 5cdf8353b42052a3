"""The managers' report matches hand-counted numbers, hides small ones, and names no one."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.models import DailyFigure, Inquiry
from inquiries.reports import numbers
from inquiries.reports.figures import Period, Report
from inquiries.reports.tables import by_reason, shown_by_day, tables
from inquiries.reports.views import PeriodForm
from tests.conftest import make_user
from tests.inquiries.desk.helpers import overwrite, receive
from tests.inquiries.reports.hand_counted import MONDAY, arrive, at, close

URL = reverse("inquiry_figures")
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


@pytest.fixture
def front_desk(amara):
    return amara


@pytest.fixture(scope="module")
def amara(module_db):
    return make_user("amara", "Amara", "Okafor", "Front desk")


def rows_of(report, title):
    [table] = [table for table in tables(report) if table.title == title]
    return table.rows


def test_percentages_dont_reveal_hidden_numbers():
    shares = [numbers.share_or_bound(part, 100) for part in [0, 3, 5, 96, 95, 100]]
    assert shares == ["0%", "<5%", "5%", ">95%", "95%", "100%"]
    assert numbers.share_or_bound(5, 9) == "*"


def test_open_inquiries_are_counted_by_age(manager):
    for number, days in enumerate([0, 2, 40] * 5):
        overwrite(receive(message=f"x{number}"), received_at=timezone.now() - timedelta(days=days))
    assert [row[1] for row in rows_of(Report(manager, WEEK), "Open now, by age")] == ["5", "5", "0", "0", "5"]


def test_small_numbers_are_hidden():
    for before, after in [
        ([0, 7], ["0", "7"]),
        ([4, 3, 9], ["*", "*", "9"]),
        ([1, 30, 8], ["*", "30", "*"]),  # the sum would reveal a single hidden number
        ([2], ["*"]),
        ([1234], ["1,234"]),
    ]:
        assert numbers.shown(before) == after


def test_hidden_days_and_weeks_cant_be_calculated_from_each_other():
    two_weeks = [MONDAY + timedelta(days=day) for day in range(14)]
    numbers_of_days = [9, 8, 3, 7, 0, 0, 0, 5, 6, 7, 8, 9, 0, 0]
    texts = shown_by_day(two_weeks, numbers_of_days, set())
    assert texts == ["9", "8", "*", "*", "0", "0", "0", "5", "6", "7", "8", "9", "0", "0"]
    texts = shown_by_day(two_weeks, numbers_of_days, {MONDAY + timedelta(days=7)})
    assert texts[7:] == ["*", "*", "*", "*", "*", "0", "0"]


def test_times_and_shares_of_fewer_than_five_inquiries_are_hidden():
    assert numbers.percentile_time(50, {3: 4}) == numbers.share(1, 4) == numbers.average(4, 4) == "*"
    assert numbers.percentile_time(50, {}) == numbers.share(0, 0) == numbers.average(0, 0) == "–"


def test_durations_are_formatted_in_minutes_hours_or_days():
    minutes = [0, 99, 100, 2000, 4320]
    assert [*map(numbers.duration, minutes)] == ["0 min", "99 min", "1.7 h", "33.3 h", "3.0 days"]


def test_only_managers_see_the_figures(as_user, front_desk, editor, reviewer):
    for user in [front_desk, editor, reviewer]:
        client = as_user(user)
        assert [client.get(URL, query).status_code for query in [{}, {"csv": "1"}]] == [403, 403]
        with pytest.raises(PermissionDenied):
            Report(user, WEEK)


def test_an_invalid_period_is_an_error_and_shows_the_default_period(as_user, manager):
    for query in [
        *({"days": days} for days in ["365000", "x"]),
        *({"last": last} for last in ["9999-12-31", "\x00", "1066-10-14"]),
    ]:
        assert not PeriodForm({"days": "28", "last": str(MONDAY)} | query).is_valid(), query
    response = as_user(manager).get(URL, {"days": "x", "last": "1066-10-14"})
    assert (response.status_code, "At a glance" in response.content.decode()) == (422, True)


def test_each_manager_is_sent_the_weekly_figures(manager, front_desk, superuser):
    jobs.announce_figures(0)
    queued = ProcrastinateJob.objects.filter(task_name="inquiries.send_figures")
    assert [job.args["user_id"] for job in queued] == [manager.pk]


def test_the_jobs_update_the_figures(manager):
    arrive(at(MONDAY, 9))
    jobs.count_recent(0)  # the first run counts all days
    assert DailyFigure.objects.filter(measure="received").count() == 1
    arrive(at(MONDAY, 9))
    jobs.count_recent(0)
    assert DailyFigure.objects.get(measure="received").number == 1
    jobs.count_all(0)
    assert DailyFigure.objects.get(measure="received").number == 2


def test_recall_false_alarms_and_reasons_are_counted_and_exported_without_text(manager):
    """Eleven inquiries were flagged, five of them wrongly, and five urgent ones weren't flagged."""
    for place, was_urgent in enumerate([True] * 6 + [False] * 5):
        arrive(at(MONDAY, 9), message=f"I have chest pain {place}", was_urgent=was_urgent)
    for place in range(5):
        arrive(at(MONDAY, 9), message=f"Secret words of Zebulon {place}", was_urgent=True)
    DailyFigure.objects.recount()
    report = Report(manager, Period(MONDAY, MONDAY))
    found = {row[0]: row[1] for row in report.headlines()}
    assert found["Urgent inquiries that the rules flagged"] == "55%"  # 6 of 11
    assert found["Flagged inquiries that weren't urgent"] == "45%"  # 5 of 11
    assert by_reason(report).rows == [["Chest pain or trouble breathing (Emergency)", "6", "5", "0"]]
    call_command("export_urgency_labels", stdout=(out := io.StringIO()))
    assert out.getvalue().splitlines() == [
        "tier,reason,right,wrong,not_said",
        "emergency,chest-pain-or-trouble-breathing,6,5,0",
        "none,missed,5,0,0",
    ]


@pytest.fixture(scope="module")
def two_weeks(amara):
    """Create ten inquiries in the week and six in the previous one, for the tests below."""
    minutes = [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50), (6, 60), (7, 70), (8, 80), (9, 90), (50, 2000)]
    for number, (read, answered) in enumerate(minutes):
        when = at(MONDAY + timedelta(days=number // 5), 9)
        inquiry = arrive(when, read_after=read, answered_after=answered, topic="billing", page_title="=1+1")
        close(inquiry, amara)
    for _each in range(6):
        arrive(at(MONDAY - timedelta(days=1), 20), topic="referral")
    DailyFigure.objects.recount()


def test_the_headlines_match_hand_counted_numbers(manager, two_weeks):
    found = {label: (number, before) for label, number, before in Report(manager, WEEK).headlines()}
    assert found["Inquiries received"] == ("10", "6")
    assert found["Of these, urgent"] == ("0", "0")
    assert found["Others: typical time to open"] == ("5 min", "–")
    assert found["Others: 90% opened within"] == ("9 min", "–")
    assert found["Others: typical time to answer"] == ("50 min", "–")
    assert found["Others: 90% answered within"] == ("90 min", "–")
    assert found["Answered on time"] == ("90%", "0%")
    assert found["Calls per closed inquiry that was called"] == ("1.0", "–")
    assert found["Closed without reaching the patient"] == ("0%", "–")


def test_each_table_has_this_period_and_the_previous_one(manager, two_weeks):
    report = Report(manager, WEEK)
    assert rows_of(report, "By day")[:3] == [["Mar 2", "5", "0"], ["Mar 3", "5", "0"], ["Mar 4", "0", "0"]]
    assert rows_of(report, "By week") == [["Mar 2", "10", "0"]]
    assert rows_of(report, "By topic") == [["Insurance or a bill", "10", "0"], ["A referral", "0", "6"]]
    page = "By the page it was sent from"
    assert rows_of(report, page) == [["=1+1", "10", "0"], ["Not from an article", "0", "6"]]
    assert rows_of(report, "By language") == [["English", "10", "6"]]
    assert rows_of(report, "How closed inquiries ended") == [["Answered", "10", "0"]]
    assert rows_of(report, "Calls per closed inquiry")[1] == ["1", "10", "0"]
    assert rows_of(report, "Arrivals by hour and weekday")[9] == ["9 AM", "5", "5", "0", "0", "0", "0", "0"]


def test_a_year_is_shown_by_week_and_a_quarter_also_by_day(manager, two_weeks):
    def titles(days):
        return [table.title for table in tables(Report(manager, Period.ending(WEEK.last, days)))]

    assert {"By day", "By week"} <= set(titles(91))
    assert "By week" in titles(364)
    assert "By day" not in titles(364)


def test_charts_dont_show_hidden_numbers(manager, two_weeks):
    arrive(at(MONDAY + timedelta(days=2), 9))
    DailyFigure.objects.recount()
    report = Report(manager, WEEK)
    [by_day] = [table for table in tables(report) if table.title == "By day"]
    assert [row[1] for row in by_day.rows] == ["*", "5", "*", "0", "0", "0", "0"]
    assert by_day.chart.count('height="0') >= 6
    assert "style" not in by_day.chart


def test_the_page_contains_no_names_contacts_or_references(as_user, manager, two_weeks):
    html = as_user(manager).get(URL, {"days": "7", "last": str(WEEK.last)}).content.decode()
    for text in [
        *('aria-label="By day"', "Through", "include nights and weekends"),
        "Previous period: Feb 23, 2026 – Mar 1, 2026.",
        "* means fewer than 5, hidden to protect privacy",
    ]:
        assert text in html
    for identifier in ["Ana Lovelace", "ana@example.com", "Amara", Inquiry.objects.first().reference]:
        assert identifier not in html


def test_the_csv_has_the_same_numbers_and_escapes_formulas(as_user, manager, two_weeks):
    response = as_user(manager).get(URL, {"days": "7", "last": str(WEEK.last), "csv": "1"})
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["Inquiries received", "10", "6"] in lines
    assert ["'=1+1", "10", "0"] in lines
    assert "figures-2026-03-02-2026-03-08.csv" in response["Content-Disposition"]


def test_the_report_reads_only_daily_figures_and_open_inquiries(
    manager, two_weeks, django_assert_num_queries
):
    report = Report(manager, WEEK)
    with django_assert_num_queries(7) as queries:
        tables(report)
    [sql] = [query["sql"] for query in queries.captured_queries if "inquiries_inquiry" in query["sql"]]
    assert "\"status\" IN ('new', 'in_progress', 'waiting')" in sql


def test_the_weekly_email_to_managers_contains_only_numbers(manager, front_desk, two_weeks, mailoutbox):
    for user in [manager, front_desk]:
        jobs.send_figures(user_id=user.pk, last=str(WEEK.last))
    [email] = mailoutbox
    assert email.to == [manager.email]
    assert "Inquiries received: 10 (the week before: 6)" in email.body
    assert "Lovelace" not in email.body
