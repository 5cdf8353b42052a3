"""Choices on the contact form, and the statuses, outcomes and events of an inquiry."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Asker(TextChoices):
    PATIENT = "patient", _("I'm the patient")
    CAREGIVER = "caregiver", _("I'm asking for someone else")
    CLINICIAN = "clinician", _("I'm referring a patient")


# Labels for staff: on screens, in filters and in exports.
ASKER_LABELS = {
    Asker.PATIENT: _("Patient"),
    Asker.CAREGIVER: _("Calling for someone else"),
    Asker.CLINICIAN: _("Referring office"),
}

# The topics of a new site (inquiries.models.Topic), and the form's choices while the database is down.
STARTER_TOPICS = [
    ("article", _("What I read on this site")),
    ("condition", _("Pain or a condition")),
    ("treatment", _("A treatment")),
    ("appointment", _("An appointment")),
    ("referral", _("A referral")),
    ("billing", _("Insurance or a bill")),
    ("other", _("Something else")),
]


class Language(TextChoices):
    """The language detected in a message."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    UNKNOWN = "", _("Another one, or too short to tell")


class Visit(TextChoices):
    NEW = "new", _("No, it would be my first visit")
    RETURNING = "returning", _("Yes")


class PreferredContact(TextChoices):
    EITHER = "either", _("Either is fine")
    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By email")


class BestTime(TextChoices):
    ANY = "", _("Any time we're open")
    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    AFTERNOON = "afternoon", _("Afternoon")


class Tier(TextChoices):
    """The urgency of a message. The first two are certain enough to send the patient to 911 or 988."""

    EMERGENCY = "emergency", _("Emergency")
    CRISIS = "crisis", _("Crisis")
    LOOK_FIRST = "look-first", _("Look first")
    NONE = "none", _("Not urgent")


FIRST_TIER = [Tier.EMERGENCY, Tier.CRISIS]


class Advice(TextChoices):
    """The advice at the top of the confirmation page."""

    EMERGENCY = "emergency", _("Call 911")
    CRISIS = "crisis", _("Call or text 988")
    POISON = "poison", _("Call 911, then Poison Help, then 988")


class Severity(IntegerChoices):
    HIGH = 3, _("First: every minute counts")
    MEDIUM = 2, _("Next")
    LOW = 1, _("After these")


class Source(TextChoices):
    FORM = "form", _("Website form")
    PHONE = "phone", _("Phone call")
    WALK_IN = "walk_in", _("Walk-in")


class Status(TextChoices):
    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for the patient")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")


# TO_DO needs work now; OPEN also includes inquiries that wait for their follow-up time.
TO_DO = [Status.NEW, Status.IN_PROGRESS]
OPEN = [*TO_DO, Status.WAITING]

# The statuses that staff can move an inquiry to, by its current status.
NEXT_STATUSES = {
    Status.NEW: [Status.IN_PROGRESS, Status.WAITING, Status.CLOSED, Status.SPAM],
    Status.IN_PROGRESS: [Status.WAITING, Status.CLOSED, Status.SPAM],
    # Snoozing a waiting inquiry sets another follow-up time.
    Status.WAITING: [Status.WAITING, Status.IN_PROGRESS, Status.CLOSED, Status.SPAM],
    Status.CLOSED: [Status.IN_PROGRESS],
    Status.SPAM: [Status.NEW],
}


class Outcome(TextChoices):
    APPOINTMENT = "appointment", _("Appointment booked")
    ANSWERED = "answered", _("Answered")
    REFERRED = "referred", _("Referred elsewhere")
    NO_ANSWER = "no_answer", _("Could not be reached")
    NOT_FOR_US = "not_for_us", _("Not for us")
    DUPLICATE = "duplicate", _("Duplicate")
    REFILL = "refill", _("Prescription refill")
    EMERGENCY = "emergency", _("Sent to the emergency room")
    CANCELED = "canceled", _("Appointment canceled")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class Call(TextChoices):
    NO_ANSWER = "no_answer", _("no answer")
    LEFT_MESSAGE = "left_message", _("left a voicemail")
    SPOKE = "spoke", _("spoke to the patient")
    WRONG_NUMBER = "wrong_number", _("wrong number")


class EventKind(TextChoices):
    """The kinds of events, with their sentences on the timeline."""

    RECEIVED = "received", _("Received")
    ENTERED = "entered", _("%(by)s entered this inquiry")
    REPEATED = "repeated", _("The patient sent the same message again")
    TAKEN = "taken", _("%(by)s took this")
    ASSIGNED = "assigned", _("%(by)s assigned it")
    STATUS = "status", _("%(by)s changed the status")
    RETURNED = "returned", _("It's time to follow up")
    CALL = "call", _("%(by)s called: %(detail)s")
    NOTE = "note", _("%(by)s added a note")
    URGENT = "urgent", _("%(by)s changed the urgency")
    NO_CALL = "no_call", _("%(by)s recorded why no call is needed")
    RETRACTED = "retracted", _("%(by)s marked an entry as entered in error")
    NOT_SPAM = "not_spam", _("%(by)s said that it isn't spam")
    LINKED = "linked", _("%(by)s linked it as a duplicate of %(detail)s")
    UNLINKED = "unlinked", _("%(by)s unlinked it from %(detail)s: not a duplicate")
    UNDONE = "undone", _("%(by)s undid a bulk action")
    HELD = "held", _("%(by)s put it on legal hold")
    RELEASED = "released", _("%(by)s lifted the legal hold")
    RESENT = "resent", _("%(by)s sent an email again")
    UNSENT = "unsent", _("%(by)s canceled an unsent email")
    REPLIED = "replied", _("%(by)s replied")
    OPENED = "opened", _("The patient opened the reply")
    WROTE = "wrote", _("The patient wrote")
    WITHDRAWN = "withdrawn", _("The patient doesn't need an answer anymore")
    UNDELIVERED = "undelivered", _("The reply couldn't be delivered: call instead")
    CODE = "code", _("%(by)s gave out a new reading code")
    CONSENT = "consent", _("%(by)s noted that the patient wants plain email and knows the risk")
    ESCALATED = "escalated", _("Not opened yet, so we notified: %(detail)s")
    ASKED = "asked", _("%(by)s asked %(detail)s")
    QUESTION_READ = "question_read", _("%(by)s read the question")
    ADVISED = "advised", _("%(by)s answered the question")
    UNASKED = "unasked", _("%(by)s withdrew the question to %(detail)s")
    CORRECTED = "corrected", _("%(by)s corrected the contact")


# Events that don't extend retention.
HOLD_EVENTS = [EventKind.HELD, EventKind.RELEASED]
