"""Inquiries to work with at the front desk, each with the reason it exists."""

from inquiries.models import Inquiry

ANSWERS = {
    "name": "Ana Lovelace",
    "email": "ana@example.com",
    "phone": "+12025550143",
    "phone_extension": "",
    "preferred_contact": "either",
    "best_time": "",
    "voicemail_ok": False,
    "asker": "patient",
    "topic": "condition",
    "message": "My back hurts.\n\n  Since March.",
}


def receive(**answers):
    """As a patient sends it."""
    inquiry, _ = Inquiry.objects.receive(**{**ANSWERS, **answers})
    return inquiry


def seen(inquiry):
    """The newest event's id: what a screen that was opened now has seen."""
    return inquiry.events.order_by("-pk").values_list("pk", flat=True).first()
