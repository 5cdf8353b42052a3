"""The listed inquiries as a spreadsheet: a permission of its own, read from the database as it is sent."""

import csv
import io
from array import array
from itertools import chain

from django.contrib.auth import get_user_model
from django.db.models import DateTimeField, F, Func, Value
from django.db.models.expressions import RawSQL
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property

from clinic import phones
from inquiries.desk import xlsx
from inquiries.models import AccessKind, Inquiry, shown_name

AT_A_TIME = 1000
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


TIMES = ["received_at", "due_at", "follow_up_at"]
MESSAGE = Inquiry._meta.get_field("message")


def harmless(value):
    """Text that no spreadsheet computes: an apostrophe in front makes it text, phone numbers too."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_FORMULA) else value


COLUMNS = [
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
# What of a row they are made from.
STORED = ["pk", "uuid", "assignee_id", "phone", "phone_extension"]
STORED += [name for name in COLUMNS if name not in {"assignee_name", "phone_display"}]
# Somebody typed it. All else is chosen from what we offer, or made by us.
TYPED = ["assignee_name", "name", "phone_display", "email", "page_title", "message"]


def local(name, time_zone):
    """A time on the clinic's clock, as spreadsheets know it: without a zone."""
    return Func(Value(time_zone), F(name), function="timezone", output_field=DateTimeField())


class InquiryExport:
    """For the listing: exports exactly what it lists."""

    list_export = COLUMNS

    @cached_property
    def may_export(self):
        return self.request.user.has_perm("inquiries.export_inquiry")

    @cached_property
    def show_export_buttons(self):
        return self.may_export

    def get_filename(self):
        return f"inquiries-{timezone.localtime():%Y-%m-%d}"

    def export(self, queryset, file_format):
        """Exactly what the access log names: chosen now, and read while it is sent."""
        self.shown = array("q", queryset.values_list("pk", flat=True).iterator())
        self.access = AccessKind.EXPORTED
        return self.as_spreadsheet(queryset, file_format)

    def heading(self, queryset):
        return [harmless(self.get_heading(queryset, field)) for field in self.list_export]

    def batches(self):
        """Lists of rows; the response is sent after the view's time zone has ended."""
        stored = [local(name, self.clinic.time_zone) if name in TIMES else name for name in STORED]
        names = {user.pk: shown_name(user) for user in get_user_model().objects.all()}
        for start in range(0, len(self.shown), AT_A_TIME):
            ids = self.shown[start : start + AT_A_TIME].tolist()
            # As one parameter: a thousand take longer to put into the query than the query takes.
            chosen = Inquiry.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))
            found = {row[0]: row for row in chosen.order_by().values_list(*stored)}
            yield [self.to_row(found[pk], names) for pk in ids if pk in found]

    def to_row(self, stored, names):
        """As the inquiry itself would say it, but a million inquiries would take three times as long."""
        values = dict(zip(STORED, stored, strict=True))
        values["assignee_name"] = names.get(values["assignee_id"], "")
        phone = values["phone"]
        values["phone_display"] = phones.display(phone, values["phone_extension"]) if phone else ""
        values["message"] = MESSAGE.display(values["message"], values["uuid"])
        for name in TYPED:
            values[name] = harmless(values[name])
        return [values[field] for field in self.list_export]

    def stream_csv(self, queryset):
        output = io.StringIO()
        writer = csv.writer(output)
        yield "\ufeff".encode()  # or Excel takes it for another encoding than UTF-8
        for rows in chain([[self.heading(queryset)]], self.batches()):
            writer.writerows(rows)
            yield output.getvalue().encode()
            output.seek(0)
            output.truncate()

    def write_xlsx_response(self, queryset):
        content = xlsx.stream(self.heading(queryset), self.batches(), title="Inquiries")
        name = f'attachment; filename="{self.get_filename()}.xlsx"'
        headers = {"Content-Disposition": name}
        return StreamingHttpResponse(content, content_type=xlsx.CONTENT_TYPE, headers=headers)
