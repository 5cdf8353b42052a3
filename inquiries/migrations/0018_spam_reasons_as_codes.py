"""Store spam reasons as codes, and return unopened messages that the filter marked as spam to the queue."""

from uuid import uuid4

from django.db import migrations
from django.db.models import Exists, OuterRef

CODES = {
    "links: ": "links",
    "web markup": "markup",
    "a link as the name": "name_is_link",
    "it speaks of: ": "sales",
    "it reads like an offer: ": "offer",
    "the name is the message": "name_is_message",
    "a field that people do not see was filled in": "trap",
    "the same text came from others: ": "same_text",
    "many messages from one place within the hour": "rate",
}
# Reasons that aren't in the text, which are kept for judging it again.
ON_ARRIVAL = {"trap", "rate", "same_text"}


def as_codes(text):
    reasons = []
    for line in text.splitlines():
        begins = next((begins for begins in CODES if line.startswith(begins)), "")
        reason = {"code": CODES.get(begins, "earlier_rules")}
        said = line.removeprefix(begins)
        if reason["code"] in {"links", "same_text"} and said.isdigit():
            reason["number"] = int(said)
        elif reason["code"] in {"sales", "offer"}:
            reason["number"] = said.count(",") + 1
        reasons.append(reason)
    return reasons


def convert(apps, schema_editor):
    inquiries = apps.get_model("inquiries", "Inquiry").objects
    events = apps.get_model("inquiries", "InquiryEvent").objects.filter(inquiry=OuterRef("pk"))
    judged = inquiries.exclude(spam_because="").annotate(
        has_emails=Exists(events.filter(detail="letters")), was_decided=Exists(events.filter(kind="status"))
    )
    for inquiry in judged.only("status", "urgent", "opened_at", "spam_because").iterator():
        fields = {"spam_reasons": as_codes(inquiry.spam_because), "emails_held_back": not inquiry.has_emails}
        if inquiry.status == "spam" and not inquiry.opened_at and not inquiry.was_decided:
            fields |= {
                "status": "new",
                "probably_spam": not inquiry.urgent,
                "needs_triage": True,
                "spam_reasons": [r for r in fields["spam_reasons"] if r["code"] in ON_ARRIVAL],
                # Unique, because the same message may have been sent and accepted again.
                "fingerprint": f"restored-{uuid4()}",
            }
        inquiries.filter(pk=inquiry.pk).update(**fields)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0017_triage_and_labels")]

    operations = [
        migrations.RunPython(convert, migrations.RunPython.noop),
        migrations.RemoveField(model_name="inquiry", name="spam_because"),
    ]
