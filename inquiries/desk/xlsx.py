"""A spreadsheet (Office Open XML) that is sent while it is written, in memory that does not grow with it.

openpyxl and XlsxWriter both keep the whole file, on disk or in memory, until its last row is known.
"""

import re
import zipfile
from datetime import datetime, timedelta

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576  # of a sheet, its heading too; what is more stands on the next sheet
MOST_BYTES = 1_500_000_000  # of a sheet: from 2 GB on the file would need an extension that Excel refuses

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "_": "_x005F_"}
# What XML cannot hold is left out. The underscore is one that Excel would take for an escape of its own.
SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
FIRST_DAY, DAY = datetime(1899, 12, 30), timedelta(days=1)  # dates are days since then

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Cells' styles: 0 is general, 1 a date with its time.
STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# The heading stays in sight; columns are wide enough for a date.
SHEET_BEGINS = (
    f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
    ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1"'
    ' max="%d" width="17" customWidth="1"/></cols><sheetData>'
)
SHEET_ENDS = "</sheetData></worksheet>"


class Sink:
    """What the archive is written to, as far as it has not been sent."""

    def __init__(self):
        self.parts = []

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing waits anywhere else."""

    def take(self):
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def stream(heading, batches, title):
    """Yield the file's bytes. `batches` are lists of rows; naive datetimes become dates of the sheet."""
    sink, number = Sink(), 0
    batches = iter(batches)
    batch = next(batches, [])
    # Fast rather than small: it is sent once.
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        while batch or not number:
            number += 1
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                sheet.write((SHEET_BEGINS % len(heading) + xml_of(heading)).encode())
                rows, size = 1, 0
                while batch and rows + len(batch) <= MOST_ROWS and size < MOST_BYTES:
                    size += sheet.write("".join(map(xml_of, batch)).encode())
                    rows += len(batch)
                    if data := sink.take():
                        yield data
                    batch = next(batches, [])
                sheet.write(SHEET_ENDS.encode())
        for name, text in frame(number, title).items():
            archive.writestr(name, XML + text)
    yield sink.take()


def xml_of(row):
    return f"<row>{''.join(map(cell, row))}</row>"


def cell(value):
    if not value and value in ("", None):  # 0 and False are something
        return "<c/>"
    if isinstance(value, str):
        text = SPECIAL.sub(escaped, value) if SPECIAL.search(value) else value
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value - FIRST_DAY) / DAY}</v></c>'
    return f"<c><v>{value}</v></c>"


def escaped(found):
    return ESCAPES.get(found[0], "")


def frame(sheets, title):
    """{name: content} of what holds the sheets together."""
    numbers = range(1, sheets + 1)
    parts = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    parts |= {f"xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    types = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument'
        f'.spreadsheetml.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    named = "".join(
        f'<sheet name="{title}{f" {n}" if n > 1 else ""}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers
    )
    targets = {n: ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    targets[sheets + 1] = ("styles", "styles.xml")
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(targets),
        "_rels/.rels": relationships({1: ("officeDocument", "xl/workbook.xml")}),
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
    }


def relationships(targets):
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
