from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.management import sample_data
from inquiries.models import CannedText, DailyFigure, Inquiry
from inquiries.permissions import colleagues

# From here on it is quicker to rebuild the indexes than to keep them up to date row by row.
MANY = 20_000

USE = CannedText.Use
SAVED_TEXTS = {
    "Sample: leave a voicemail": (
        USE.CALL,
        "Hello, this is {my_name} from {clinic}. Please call us back at {clinic_phone}. Thank you.",
    ),
    "Sample: we tried to call": (
        USE.REPLY,
        "Hello {name}, we tried to call you about your message. Please call us at {clinic_phone}"
        " and give your reference, {reference}. {my_name}, {clinic}",
    ),
    "Sample: records requested": (USE.NOTE, "Asked the referring office for the records of {name}."),
}


class Command(BaseCommand):
    help = "Fills the database with made-up inquiries, and with saved texts, to try the front desk."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        if number < 1:
            raise CommandError("Say how many inquiries to make, for example 500.")
        names = list(colleagues().values_list("pk", flat=True))
        with transaction.atomic(), self.without_indexes(number >= MANY), connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM inquiries_inquiry")
            [first_id] = cursor.fetchone()
            now = timezone.now()
            taken = list(Inquiry.objects.values_list("reference", flat=True))
            rows = sample_data.rows(
                number,
                first_id=first_id,
                now=now,
                colleagues=names,
                answer_by=ClinicSettings.current().answer_by,
                seed=first_id,
                taken=taken,
            )
            others = {field.column: field.get_default() for field in other_fields()}
            columns = [*sample_data.COLUMNS, *others]
            rows = (row + tuple(others.values()) for row in rows)
            arrivals = copy_in(cursor, "inquiries_inquiry", columns, rows)
            copy_in(cursor, "inquiries_inquiryevent", sample_data.EVENT_COLUMNS, sample_data.events(arrivals))
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('inquiries_inquiry', 'id'), max(id))"
                " FROM inquiries_inquiry"
            )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE inquiries_inquiry, inquiries_inquiryevent")
        DailyFigure.objects.recount()
        for title, (use, text) in SAVED_TEXTS.items():
            CannedText.objects.get_or_create(title=title, defaults={"use": use, "text": text})
        self.stdout.write(f"{number:,} made-up inquiries are in the database.")

    @contextmanager
    def without_indexes(self, wanted):
        indexes = Inquiry._meta.indexes if wanted else []
        with connection.schema_editor(atomic=False) as schema:
            for index in indexes:
                schema.remove_index(Inquiry, index)
        yield
        # Foreign keys are checked at the end of the transaction; indexes can't be made before that.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")  # sorted in memory, not on disk
        with connection.schema_editor(atomic=False) as schema:
            for index in indexes:
                schema.add_index(Inquiry, index)


def other_fields():
    """The columns that need a value and get the same one in each row."""
    return [
        field
        for field in Inquiry._meta.concrete_fields
        if field.column not in sample_data.COLUMNS
        and not (field.null or field.has_db_default() or field.generated)
    ]


def copy_in(cursor, table, columns, rows):
    """Copy `rows` into the table; return of each what its timeline begins with."""
    arrivals = []
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            arrivals.append(row[: len(sample_data.ARRIVAL)])
    return arrivals
