"""Export to CSV and XLSX: permission, contents, labels, and no formulas."""

import csv
import io
import re
import tempfile
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import DataError, connection
from django.urls import reverse
from openpyxl import load_workbook

from inquiries.desk.queue import export
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import QUEUE, overwrite, receive, search, seen


@pytest.fixture
def exporter(as_user, front_desk):
    front_desk.user_permissions.add(Permission.objects.get(codename="export_inquiry"))
    return as_user(front_desk)


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_exporting_requires_its_own_permission(desk, inquiry):
    for kind in ["csv", "xlsx"]:
        response = desk.get(QUEUE, {"export": kind})
        assert response["Location"] == reverse("wagtailadmin_home")
    assert "Download CSV" not in desk.get(QUEUE).content.decode()


def test_the_export_contains_the_filtered_list_and_leaves_missing_times_empty(exporter):
    for number in range(3):
        receive(name=f"Patient {number}", topic="billing" if number else "other")
    assert "Download CSV" in exporter.get(QUEUE).content.decode()
    response = exporter.get(reverse("inquiry:view", args=["new"]), {"topic": "billing", "export": "csv"})
    assert response.streaming
    rows = read_csv(response)
    assert [(row["Name"], row["Comes back"]) for row in rows] == [("Patient 1", ""), ("Patient 2", "")]


EVERYTHING = reverse("inquiry:view", args=["all"])
FORMULAS = ['=HYPERLINK("http://evil.example")', "+1+1", "-1", "@SUM(A1)", "\tx", "＝1"]


def test_formulas_are_text_in_every_format(exporter):
    for number, formula in enumerate(FORMULAS):
        receive(name=formula, message=f"{formula} {number} \x0b")
    rows = read_csv(exporter.get(EVERYTHING, {"export": "csv"}))
    assert sorted(row["Name"] for row in rows) == sorted(f"'{formula}" for formula in FORMULAS)
    response = exporter.get(EVERYTHING, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert len(cells) == len(FORMULAS) * 27
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "b", "d"}
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)


def test_the_export_streams_with_few_queries(exporter, within_a_second, django_assert_max_num_queries):
    for number in range(12):
        receive(name=f"Patient {number}")
    with django_assert_max_num_queries(13):
        assert len(read_csv(exporter.get(reverse("inquiry:index"), {"export": "csv"}))) == 12


@pytest.fixture
def handled(front_desk):
    """An urgent inquiry, taken and waiting, with times that aren't on the full minute."""
    inquiry = receive(best_time="morning", topic="billing", message="My chest hurts.")
    inquiry.take(by=front_desk, seen=seen(inquiry))
    moment = datetime(2026, 3, 1, 19, 30, 47, 894812, tzinfo=UTC)  # 2:30 PM in New York
    times = {"received_at": moment, "due_at": moment, "follow_up_at": moment}
    return overwrite(inquiry, status="waiting", urgent=True, urgent_because="Chest pain", **times)


HEADINGS = (
    "Reference,Received,Source,Status,Outcome,Assigned to,Urgent,Answer due by,Comes back,Calls,Name,Phone,"
    "Note with the phone number,Email,How to reply,Best time,OK to leave voicemail,OK to text,"
    "Contact type,Patient's name,Practice,NPI,About,Office,Page,Message,Also asked"
)


def test_the_export_uses_the_screens_labels_and_xlsx_dates(exporter, handled):
    response = exporter.get(EVERYTHING, {"export": "csv"})
    headings, row = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert headings == HEADINGS
    at = "2026-03-01 14:30"
    assert row == (
        f"{handled.reference},{at},Website form,Waiting for the patient,,Amara Okafor,Yes,{at},{at},0,"
        "Ana Lovelace,(202) 555-0143,,ana@example.com,Either is fine,Morning,No,No,"
        "Patient,,,,Insurance or a bill,,,My chest hurts.,"
    )
    response = exporter.get(EVERYTHING, {"export": "xlsx"})
    headings, row = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values
    values = dict(zip(headings, row, strict=True))
    for heading in ["Received", "Answer due by", "Comes back"]:
        assert values[heading] == datetime(2026, 3, 1, 14, 30)
    assert (values["Status"], values["Urgent"]) == ("Waiting for the patient", "Yes")


def test_too_many_rows_for_xlsx_are_refused_with_a_hint_at_csv(exporter, inquiry, monkeypatch):
    monkeypatch.setattr(export, "XLSX_MAX_ROWS", 0)
    response = exporter.get(EVERYTHING, {"export": "xlsx"}, follow=True)
    assert "Download CSV, or filter the list first" in response.content.decode()
    assert not AccessEntry.objects.filter(kind="exported").exists()


def test_the_file_name_has_the_tab_and_date_but_no_search_term(exporter, inquiry):
    found = search(exporter, "lovelace").context["found"]
    for name, url, kind, query in [
        ("to-do", reverse("inquiry:index"), "csv", {}),
        ("all", EVERYTHING, "xlsx", {}),
        ("found", EVERYTHING, "csv", {"found": found}),
    ]:
        header = exporter.get(url, {"export": kind, **query})["Content-Disposition"]
        assert re.search(rf'filename="inquiries-{name}-\d{{4}}-\d\d-\d\d\.{kind}"', header)


def test_a_failed_export_leaves_no_file_behind(exporter, inquiry, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inquiries_inquiry SET received_at = 'infinity'")  # which can't be read
    with pytest.raises(DataError):
        exporter.get(QUEUE, {"export": "xlsx"})
    assert not [*tmp_path.iterdir()]
