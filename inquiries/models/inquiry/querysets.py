from datetime import timedelta

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat, Upper
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.choices import OPEN, TO_DO, EventKind, Status, Tier
from inquiries.lookup import references, search
from inquiries.models.event import CALLS_THAT_REACHED, InquiryEvent
from inquiries.models.inquiry.intake import IntakeQuerySet
from inquiries.models.rate_limit import RETENTION
from inquiries.models.workflow.status import REMIND_BEFORE

MAX_FOUND = 200  # results of a search; the list then asks for more letters
UNTRIAGED_AFTER = timedelta(seconds=30)
UNREAD_WORKING_DAYS = 2
DIGEST_AFTER = timedelta(hours=20)  # so that each message is in a digest within a day
MAX_DIGEST_AGE = timedelta(days=30)
FORGOTTEN_PREFIX = "forgotten-"
MAX_LIKELY = 50  # matches each by name, phone and email


class InquiryQuerySet(IntakeQuerySet):
    def to_do(self):
        """Return inquiries that need work now.

        Includes waiting ones that need an urgent call, or whose follow-up time has passed: a worker returns
        those to the queue within a minute, but it might be down.
        """
        waiting = Q(status=Status.WAITING, call_rank=0, follow_up_at__gt=timezone.now())
        return self.open().exclude(waiting)

    def needing_urgent_call(self):
        """Return open urgent inquiries that still need a call."""
        return self.open().filter(call_rank__gt=0)

    def urgency_unlabeled(self):
        """Return open flagged inquiries that need no call and have no label yet (Inquiry.label_urgency)."""
        flagged = self.exclude(urgent=False, tier=Tier.NONE).filter(was_urgent=None)
        return flagged.filter(status__in=OPEN, call_rank=0)

    def open(self):
        return self.filter(status__in=OPEN)

    def never_answered(self):
        """Return inquiries without a reply and without a call that reached the patient."""
        calls = Q(kind=EventKind.CALL, detail__in=CALLS_THAT_REACHED, corrections=None)
        answers = InquiryEvent.objects.filter(Q(kind=EventKind.REPLIED) | calls)
        return self.exclude(pk__in=answers.order_by().values("inquiry"))

    def unassigned(self):
        return self.to_do().filter(assignee=None)

    def overdue(self):
        return self.filter(status__in=TO_DO, due_at__lt=timezone.now())

    def due_today(self):
        """Return inquiries due later today, in the active time zone."""
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return self.to_do().filter(due_at__gte=now, due_at__lt=midnight)

    def probably_spam(self):
        """Return inquiries in the queue that the spam filter labeled and staff hasn't decided on yet."""
        return self.filter(status=Status.NEW, probably_spam=True)

    def looking_like_spam(self):
        return self.filter(Q(status=Status.SPAM) | Q(probably_spam=True))

    def not_opened(self):
        """Return inquiries where staff hasn't opened the message, or something the patient added."""
        return self.filter(Q(opened_at=None) | Q(unread_since__isnull=False))

    def unread_spam(self):
        """Return likely spam that stayed unopened for two working days; alerts show it."""
        hours = ClinicSettings.recent().hours
        return self.looking_like_spam().filter(
            opened_at=None, received_at__lt=hours.working_days_from(timezone.now(), -UNREAD_WORKING_DAYS)
        )

    def mark_for_digest(self) -> int:
        """Mark the inquiries for the next spam digest and return their number; 0 if it isn't due yet."""
        now = timezone.now()
        held_back = self.filter(emails_held_back=True, needs_triage=False, digest_queued_at=None)
        pending = held_back.filter(received_at__gt=now - MAX_DIGEST_AGE)
        if not pending.filter(received_at__lt=now - DIGEST_AFTER).exists():
            return 0
        return pending.update(digest_queued_at=now)

    def untriaged(self):
        """Return inquiries that were stored a while ago, but whose process died before triage."""
        return self.filter(needs_triage=True, received_at__lt=timezone.now() - UNTRIAGED_AFTER)

    def clear_fingerprints(self):
        """Replace fingerprints that are too old to detect repeats, because they depend on the network."""
        now = timezone.now()
        old = self.filter(received_at__lt=now - RETENTION, received_at__gt=now - 30 * RETENTION)
        return old.exclude(fingerprint__startswith=FORGOTTEN_PREFIX).update(
            fingerprint=Concat(Value(FORGOTTEN_PREFIX), Cast("uuid", CharField()))
        )

    def waiting(self):
        return self.filter(status=Status.WAITING)

    def follow_up_due(self):
        return self.waiting().filter(follow_up_at__lte=timezone.now())

    def with_upcoming_appointment(self):
        return self.filter(appointment_at__gt=timezone.now())

    def to_remind(self):
        """Return inquiries whose reminder hasn't been sent and whose appointment is less than a day away."""
        now = timezone.now()
        return self.filter(reminder_due=True, appointment_at__range=(now, now + REMIND_BEFORE))

    def in_queue_order(self):
        """Order by urgent calls first (by CALL_RANK), then by due time; likely spam comes last."""
        return self.order_by("probably_spam", "-call_rank", "due_at", "received_at", "pk")

    def newest_first(self):
        return self.order_by("-received_at", "-pk")

    def search(self, text):
        """Search by part of a name or email address, a phone number, or the beginning of a reference.

        Typos are tolerated only if the exact text finds nothing.
        """
        ids = self._ids_of_person(text)
        if begins := references.prefix(text):
            ids += self._first(Q(reference__startswith=begins))
        return self.filter(pk__in=ids)

    def _ids_of_person(self, text):
        found = Q(pk__in=[])
        if reference := references.normalize(text):
            found |= Q(reference=reference)
        for digits in search.phone_digits(text):
            # Complete numbers have an index; parts of numbers are found in the search key.
            found |= Q(phone=digits) if digits.startswith("+") else Q(search_key__contains=digits)
        if "@" in text.strip("@"):
            found |= Q(email__iexact=text.strip()) & ~Q(email="")
        ids = self._first(found)
        if not ids and (terms := search.search_terms(text)):
            ids = self._first(Q(*(Q(search_key__contains=term) for term in terms)))
            ids = ids or self._first(Q(*(Q(search_key__trigram_word_similar=term) for term in terms)))
            ids = ids or self._sounding_like(text, terms)
        return ids

    def _first(self, found):
        return list(self.order_by().filter(found).values_list("pk", flat=True)[:MAX_FOUND])

    def _sounding_like(self, text, terms):
        """Find each term as typed, or a name that sounds like it and is spelled nearly the same."""
        found = Q(*(Q(search_key__contains=t) | Q(search_key__contains=search.sound_term(t)) for t in terms))
        names = list(self.order_by().filter(found).values_list("pk", "name")[:MAX_FOUND])
        return [pk for pk, name in names if len(names) == MAX_FOUND or search.is_similar_name(text, name)]

    def _of_nearly_the_same_name(self, name):
        similar = Q(search_key__trigram_strict_word_similar=search.normalized(name))
        names = self.model.objects.order_by().filter(similar).values_list("pk", "name")[:MAX_FOUND]
        # The trigram index alone would match everyone who shares a last name.
        return [pk for pk, other in names if search.is_similar_name(name, other)]

    def same_person(self, inquiry):
        """Return other inquiries with the same phone, email address or (nearly) name, newest first."""
        name = f"{search.SEPARATOR}{search.normalized(inquiry.name)}{search.SEPARATOR}"
        likely = [self.filter(search_key__contains=name)]
        if inquiry.phone:
            likely.append(self.filter(phone=inquiry.phone))
        if inquiry.email:
            address = self.alias(email_upper=Upper("email"))
            likely.append(address.filter(email_upper=inquiry.email.upper()).exclude(email=""))
        # A union uses an index for each condition; a single query would scan all inquiries, newest first.
        first, *others = [found.order_by().values("pk")[:MAX_LIKELY] for found in likely]
        ids = {row["pk"] for row in first.union(*others)} - {inquiry.pk}
        ids = ids or self._of_nearly_the_same_name(inquiry.name)
        return self.filter(pk__in=ids).exclude(pk=inquiry.pk).newest_first()
