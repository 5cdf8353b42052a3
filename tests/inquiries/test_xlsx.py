"""The spreadsheet that is sent while it is written, as a spreadsheet program reads it."""

import io
from datetime import datetime

from openpyxl import load_workbook

from inquiries.desk import xlsx


def sheets(rows, heading=("a", "b")):
    data = b"".join(xlsx.stream(heading, [[row] for row in rows], title="Inquiries"))
    return {sheet.title: list(sheet.values) for sheet in load_workbook(io.BytesIO(data))}


def test_each_kind_of_value():
    row = ("A & B <c> \x0b\nnext", True, 7, datetime(2026, 3, 1, 14, 30), "", None, " spaced ")
    read = sheets([row], heading=list("abcdefg"))["Inquiries"][1]
    assert read == ("A & B <c> \nnext", True, 7, datetime(2026, 3, 1, 14, 30), None, None, " spaced ")


def test_nothing_but_the_heading():
    assert sheets([]) == {"Inquiries": [("a", "b")]}


def test_text_is_never_a_formula():
    data = b"".join(xlsx.stream(["a"], [[["=1+1"]]], title="Inquiries"))
    assert load_workbook(io.BytesIO(data)).active["A2"].data_type in {"s", "inlineStr"}


def test_what_looks_like_an_escape_of_excel_stays_as_written():
    assert xlsx.cell("_x0041_").count("_x005F_x0041_") == 1
    assert '<t xml:space="preserve">snake_case</t>' in xlsx.cell("snake_case")


def test_a_full_sheet_is_followed_by_another_with_the_heading(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    read = sheets([(n, "x") for n in range(5)])
    assert list(read) == ["Inquiries", "Inquiries 2", "Inquiries 3"]
    assert [len(rows) for rows in read.values()] == [3, 3, 2]
    assert {rows[0] for rows in read.values()} == {("a", "b")}
    assert [row[0] for rows in read.values() for row in rows[1:]] == [0, 1, 2, 3, 4]


def test_rows_are_sent_before_the_last_one_is_known():
    read = []

    def batches():
        for number in range(3):
            read.append(number)
            yield [[number, "x" * 100_000]]

    parts = xlsx.stream(["a", "b"], batches(), title="Inquiries")
    assert next(parts)
    assert read == [0]
