from django.core.management.base import BaseCommand

from inquiries.models import CannedText

USE = CannedText.Use
SAMPLES = {
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
    help = "Adds a sample call script, saved reply and saved note, to try the front desk out."

    def handle(self, **options):
        for title, (use, text) in SAMPLES.items():
            CannedText.objects.get_or_create(title=title, defaults={"use": use, "text": text})
