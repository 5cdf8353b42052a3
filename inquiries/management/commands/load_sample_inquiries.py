import random
from contextlib import contextmanager
from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from clinic.database.sql import rows
from clinic.models import ClinicSettings
from inquiries.management import sample_data
from inquiries.models import CannedText, DailyFigure, Inquiry, InquiryEvent
from inquiries.permissions import colleagues

# From this number on, rebuilding the indexes is faster than updating them row by row.
REINDEX_NUMBER = 20_000
BATCH_SIZE = 1_000
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('inquiries_inquiry', 'id')) FROM generate_series(1, %s)"

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
    help = "Adds made-up inquiries and saved texts, to try out the front desk."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        if number < 1:
            raise CommandError("Enter how many inquiries to create, for example 500.")
        with transaction.atomic(), self.without_indexes(number >= REINDEX_NUMBER):
            ids = [pk for (pk,) in rows(NEXT_IDS, [number])]
            inquiries = sample_data.inquiries(
                ids,
                now=timezone.now(),
                colleagues=list(colleagues().values_list("pk", flat=True)),
                answer_by=ClinicSettings.current().answer_by,
                taken=Inquiry.objects.values_list("reference", flat=True),
            )
            rng = random.Random(number)  # noqa: S311 made-up times of calls
            while batch := list(islice(inquiries, BATCH_SIZE)):
                Inquiry.objects.bulk_create(batch)
                InquiryEvent.objects.bulk_create(
                    event for inquiry in batch for event in sample_data.events(inquiry, rng)
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
        # Indexes can't be created while checks of deferred foreign keys are pending.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")  # sorted in memory, not on disk
        with connection.schema_editor(atomic=False) as schema:
            for index in indexes:
                schema.add_index(Inquiry, index)
