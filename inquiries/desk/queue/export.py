"""Export of listed inquiries as CSV or XLSX; requires its own permission."""

import csv
import io
from array import array
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.db.models import CharField, DateTimeField, F, Func, Value
from django.db.models.expressions import RawSQL
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages

from clinic.accounts.names import display_name
from clinic.text import phones
from clinic.text.spreadsheets import escape_cell
from inquiries.choices import ASKER_LABELS
from inquiries.models import AccessKind, Inquiry, Topic
from inquiries.permissions import EXPORT

BATCH_SIZE = 1000
# openpyxl writes about 4,000 rows a second in constant memory, and proxies time out after a minute.
XLSX_MAX_ROWS = 100_000
TIME_COLUMNS = ["received_at", "due_at", "follow_up_at"]
ENCRYPTED_FIELDS = {
    name: Inquiry._meta.get_field(name)
    for name in ["message", "details", "phone_note", "patient_name", "practice"]
}
# The columns' headings, the same as on the screens.
COLUMNS = {
    "reference": _("Reference"),
    "received_at": _("Received"),
    "source": _("Source"),
    "status": _("Status"),
    "outcome": _("Outcome"),
    "assignee_name": _("Assigned to"),
    "urgent": _("Urgent"),
    "due_at": _("Answer due by"),
    "follow_up_at": _("Comes back"),
    "call_attempts": _("Calls"),
    "name": _("Name"),
    "phone_display": _("Phone"),
    "phone_note": _("Note with the phone number"),
    "email": _("Email"),
    "preferred_contact": _("How to reply"),
    "best_time": _("Best time"),
    "voicemail_ok": _("OK to leave voicemail"),
    "texts_ok": _("OK to text"),
    "asker": _("Contact type"),
    "patient_name": _("Patient's name"),
    "practice": _("Practice"),
    "npi": _("NPI"),
    "topic": _("About"),
    "location_name": _("Office"),
    "page_title": _("Page"),
    "message": _("Message"),
    "details": _("Also asked"),
}
in_column_order = itemgetter(*COLUMNS)
# The database columns needed to build a row.
STORED_COLUMNS = ["id", "uuid", "assignee_id", "phone", "phone_extension"]
STORED_COLUMNS += [name for name in COLUMNS if name not in {"assignee_name", "phone_display"}]
# User input, which might be a formula. All other text comes from the code.
FREE_TEXT_COLUMNS = ["assignee_name", "name", "phone_display", "email", "npi", "location_name", "page_title"]
FREE_TEXT_COLUMNS += ENCRYPTED_FIELDS


def get_choice_labels():
    """Return {value: label} for each column with choices. Slow, so call it once per export."""
    fields = [field for field in Inquiry._meta.fields if field.choices and field.name in COLUMNS]
    yes_no = {True: str(_("Yes")), False: str(_("No"))}
    return {
        **{field.name: {value: str(label) for value, label in field.choices} for field in fields},
        "asker": {asker: str(label) for asker, label in ASKER_LABELS.items()},
        "topic": {code: topic.label for code, topic in Topic.recent().items()},
        "urgent": yes_no,
        "voicemail_ok": yes_no,
        "texts_ok": yes_no,
    }


def local_time(name, time_zone, *, as_text):
    """Return an expression for a time in the clinic's time zone, truncated to the minute and naive."""
    time = Func(Value(time_zone), F(name), function="timezone", output_field=DateTimeField())
    if as_text:
        return Func(time, Value("YYYY-MM-DD HH24:MI"), function="to_char", output_field=CharField())
    return Func(Value("minute"), time, function="date_trunc", output_field=DateTimeField())


class InquiryExport:
    """Mixin for the listing that exports everything its tab, filters and search match."""

    list_export = list(COLUMNS)

    @cached_property
    def may_export(self):
        return self.request.user.has_perm(EXPORT)

    @cached_property
    def show_export_buttons(self):
        return self.may_export

    def get_filename(self):
        view = "found" if self.is_searching else self.view_name
        return f"inquiries-{view}-{timezone.localtime():%Y-%m-%d}"

    def export(self, queryset, file_format):
        """Select the ids now, so that the export contains exactly what the access log records.

        Rows are read while streaming, when the view's time zone and language are no longer active.
        """
        pks = array("q", queryset.values_list("pk", flat=True).iterator())
        if file_format == self.FORMAT_XLSX and len(pks) > XLSX_MAX_ROWS:
            return self.refuse_workbook(len(pks))
        self.shown, self.access = pks, AccessKind.EXPORTED
        self.heading, self.labels = [str(heading) for heading in COLUMNS.values()], get_choice_labels()
        as_text, zone = file_format == self.FORMAT_CSV, self.clinic.time_zone
        self.stored = [
            local_time(name, zone, as_text=as_text) if name in TIME_COLUMNS else name
            for name in STORED_COLUMNS
        ]
        return self.as_spreadsheet(queryset, file_format)

    def batches(self):
        names = {user.pk: display_name(user) for user in get_user_model().objects.all()}
        for start in range(0, len(self.shown), BATCH_SIZE):
            ids = self.shown[start : start + BATCH_SIZE].tolist()
            # A single parameter, because building a query with a thousand takes longer than running it.
            batch = Inquiry.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))
            found = {row[0]: row for row in batch.order_by().values_list(*self.stored)}
            yield [self.to_row(found[pk], names) for pk in ids if pk in found]

    def to_row(self, stored, names):
        """Build a row from stored values, which is three times as fast as through Inquiry instances."""
        values = dict(zip(STORED_COLUMNS, stored, strict=True))
        values["assignee_name"] = names.get(values["assignee_id"], "")
        phone = values["phone"]
        values["phone_display"] = phones.display(phone, values["phone_extension"]) if phone else ""
        row = SimpleNamespace(**values)
        for name, field in ENCRYPTED_FIELDS.items():
            values[name] = field.display(values[name], row)
        for name in FREE_TEXT_COLUMNS:
            values[name] = escape_cell(values[name])
        for name, label_of in self.labels.items():
            values[name] = label_of.get(value := values[name], value)
        return in_column_order(values)

    def stream_csv(self, queryset):
        output = io.StringIO()
        writer = csv.writer(output)
        yield "\ufeff".encode()  # Excel only recognizes UTF-8 by its byte order mark
        for rows in chain([[self.heading]], self.batches()):
            writer.writerows(rows)
            yield output.getvalue().encode()
            output.seek(0)
            output.truncate()

    def refuse_workbook(self, rows):
        text = gettext(
            "%(rows)s inquiries are too many for one Excel file. Download CSV, or filter the list first."
        )
        messages.error(self.request, text % {"rows": f"{rows:,}"})
        return redirect(self.request.path)

    def write_xlsx_response(self, queryset):
        # Imported here because openpyxl is a tenth of what each process imports.
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        def text_cell(value):
            """Return a text cell, never a formula, without control characters that XLSX can't store."""
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"
            return cell

        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet(gettext("Inquiries"))
        sheet.freeze_panes = "A2"
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        try:
            for rows in chain([[self.heading]], self.batches()):
                for row in rows:
                    sheet.append([text_cell(value) if isinstance(value, str) else value for value in row])
            workbook.save(file)
        except Exception:  # otherwise, openpyxl's file with patients' messages stays until the process ends
            with suppress(Exception):  # the disk may be full, or the sheet closed
                sheet.close()
            Path(sheet._writer.out).unlink(missing_ok=True)
            raise
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{self.get_filename()}.xlsx")
