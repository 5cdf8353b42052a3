"""The answers a patient can choose from, and the states of an inquiry's life."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Asker(TextChoices):
    PATIENT = "patient", _("I am the patient")
    CAREGIVER = "caregiver", _("I care for the patient")
    CLINICIAN = "clinician", _("I am referring a patient")


class Topic(TextChoices):
    ARTICLE = "article", _("What I read on this site")
    CONDITION = "condition", _("Pain or a condition")
    TREATMENT = "treatment", _("A treatment")
    APPOINTMENT = "appointment", _("An appointment")
    REFERRAL = "referral", _("A referral")
    BILLING = "billing", _("Insurance or a bill")
    OTHER = "other", _("Something else")


class PreferredContact(TextChoices):
    EITHER = "either", _("Either is fine")
    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By e-mail")


class BestTime(TextChoices):
    ANY = "", _("Any time we are open")
    MORNING = "morning", _("In the morning")
    MIDDAY = "midday", _("Around noon")
    AFTERNOON = "afternoon", _("In the afternoon")


class Status(TextChoices):
    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for the patient")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")


# Which states a colleague can move an inquiry to, from each.
MOVES = {
    Status.NEW: [Status.IN_PROGRESS, Status.WAITING, Status.CLOSED, Status.SPAM],
    Status.IN_PROGRESS: [Status.WAITING, Status.CLOSED, Status.SPAM],
    Status.WAITING: [Status.IN_PROGRESS, Status.CLOSED, Status.SPAM],
    Status.CLOSED: [Status.IN_PROGRESS],
    Status.SPAM: [Status.NEW],
}


class EventKind(TextChoices):
    RECEIVED = "received", _("received")
    REPEATED = "repeated", _("sent again")
    TAKEN = "taken", _("taken")
    STATUS = "status", _("status changed")
    NOTE = "note", _("note")
