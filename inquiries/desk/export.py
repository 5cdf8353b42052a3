"""The listed inquiries as a spreadsheet: a permission of its own, read from the database as it is sent."""

import csv
import tempfile
from array import array

from django.http import FileResponse
from django.utils import timezone
from django.utils.functional import cached_property
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import Echo

from inquiries.models import AccessKind, Inquiry

AT_A_TIME = 1000
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value):
    """Text that no spreadsheet computes: an apostrophe in front makes it text, phone numbers too."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_FORMULA) else value


class InquiryExport:
    """For the listing: exports exactly what it lists, with the columns below."""

    list_export = [
        "reference",
        "received_at",
        "source",
        "status",
        "outcome",
        "assignee_name",
        "urgent",
        "due_at",
        "follow_up_at",
        "call_attempts",
        "name",
        "phone_display",
        "email",
        "preferred_contact",
        "best_time",
        "voicemail_ok",
        "asker",
        "topic",
        "page_title",
        "message",
    ]

    @cached_property
    def may_export(self):
        return self.request.user.has_perm("inquiries.export_inquiry")

    @cached_property
    def show_export_buttons(self):
        return self.may_export

    def get_filename(self):
        return f"inquiries-{timezone.localtime():%Y-%m-%d}"

    def to_row(self, inquiry):
        row = []
        for field in self.list_export:
            value = getattr(inquiry, field)
            if hasattr(value, "utcoffset"):
                value = timezone.make_naive(value)  # on the clinic's clock
            row.append(harmless(value))
        return row

    def export(self, queryset, file_format):
        """Exactly what the access log names: chosen now, and read while it is sent."""
        self.shown = array("q", queryset.values_list("pk", flat=True).iterator())
        self.access = AccessKind.EXPORTED
        return self.as_spreadsheet(queryset, file_format)

    def rows(self, queryset, time_zone):
        """A heading, then a row an inquiry; the response is sent after the view's time zone has ended."""
        yield [harmless(self.get_heading(queryset, field)) for field in self.list_export]
        for start in range(0, len(self.shown), AT_A_TIME):
            ids = self.shown[start : start + AT_A_TIME]
            found = Inquiry.objects.select_related("assignee").in_bulk(list(ids))
            with timezone.override(time_zone):
                yield from [self.to_row(found[pk]) for pk in ids if pk in found]

    def stream_csv(self, queryset):
        writer = csv.writer(Echo())
        yield "\ufeff".encode()  # or Excel takes it for another encoding than UTF-8
        for row in self.rows(queryset, self.clinic.time_zone):
            yield writer.writerow(row)

    def write_xlsx_response(self, queryset):
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet(title="Inquiries")
        for row in self.rows(queryset, self.clinic.time_zone):
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in row])
        output = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        workbook.save(output)
        output.seek(0)
        return FileResponse(output, as_attachment=True, filename=f"{self.get_filename()}.xlsx")
