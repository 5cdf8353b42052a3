from datetime import timedelta
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries import reading_codes, references, search
from inquiries.choices import OPEN, TO_DO, EventKind, Source, Status
from inquiries.models.duplicates import sent_before
from inquiries.models.names import shown_name
from inquiries.models.warning_phrase import judge_urgency
from inquiries.triage import spam

# A search that finds more than this says nothing: the list asks for more letters instead.
MOST_FOUND = 200
MOST_LIKELY = 50  # inquiries of what is perhaps the same person, looked at for each sign of it


class InquiryQuerySet(models.QuerySet):
    def receive(self, *, page=None, page_revision=None, trap=False, sent_this_hour=0, **answers):
        """Store what a patient sent, with the first event of its timeline; return (inquiry, is_new).

        The same answers again give the inquiry that is already there; IntegrityError where another
        connection stores them at this very moment, or the reference is taken (see InquiryForm.store). The
        caller's transaction decides whether anything is kept.
        `trap` is whether a field was filled in that people do not see, `sent_this_hour` how many came from
        the same place.
        """
        inquiry = self._prepare(answers)
        inquiry.page, inquiry.page_revision = page, page_revision
        inquiry.page_title = page.title if page else ""
        before = sent_before(inquiry.fingerprint, inquiry.message_digest, inquiry.name)
        if before.pk:
            earlier = self.get(pk=before.pk)
            earlier.events.create(kind=EventKind.REPEATED)
            return earlier, False
        self._judge(inquiry, trap, before.same_text_of_others, sent_this_hour)
        inquiry.save(force_insert=True)
        inquiry.events.create(kind=EventKind.RECEIVED, at=inquiry.received_at)
        return inquiry, True

    def enter(self, *, by, source, **answers):
        """Store what a colleague was told on the phone or at the desk, in the same queue.

        IntegrityError where the same words are new in the queue already, or the reference is taken.
        """
        if source not in {Source.PHONE, Source.WALK_IN}:
            raise ValueError(f"{source} is not how a colleague hears of an inquiry")
        inquiry = self._prepare(answers)
        inquiry.source, inquiry.entered_by_name = source, shown_name(by)
        with transaction.atomic():
            inquiry.save(force_insert=True)
            inquiry.events.create(
                kind=EventKind.ENTERED, at=inquiry.received_at, by=by, by_name=inquiry.entered_by_name
            )
        return inquiry

    def _prepare(self, answers):
        now = timezone.now()
        return self.model(
            **answers,
            reference=references.new(),
            uuid=(uuid := uuid4()),
            reading_code_hash=reading_codes.hash_of(reading_codes.first(uuid), uuid),
            fingerprint=self.model.fingerprint_of(answers),
            message_digest=self.model.digest_of(answers["message"]),
            received_at=now,
            due_at=ClinicSettings.recent().answer_by(now),
            **judge_urgency(answers["message"]).fields(),
        )

    def _judge(self, inquiry, trap, others_with_same_text, sent_this_hour):
        """Send what looks like spam to its own view; with a warning phrase in it only if it is certain.

        How often and from where is never certain: a family or a ward may send the same from one address.
        """
        score, reasons = spam.judge(
            inquiry.name,
            inquiry.message,
            trap=trap,
            others_with_same_text=0 if inquiry.urgent else others_with_same_text,
            sent_this_hour=0 if inquiry.urgent else sent_this_hour,
        )
        if score >= (spam.URGENT_ENOUGH if inquiry.urgent else spam.ENOUGH):
            inquiry.status, inquiry.spam_because = Status.SPAM, "\n".join(reasons)

    def to_do(self):
        """Someone has to do something now. What is urgent and waits is among them."""
        return self.open().exclude(Q(status=Status.WAITING, loudness=0))

    def loud(self):
        """Urgent, and nobody has spoken to the patient yet."""
        return self.open().filter(loudness__gt=0)

    def open(self):
        return self.filter(status__in=OPEN)

    def unassigned(self):
        return self.to_do().filter(assignee=None)

    def overdue(self):
        return self.filter(status__in=TO_DO, due_at__lt=timezone.now())

    def due_today(self):
        """Still to come today, on the clock of the active time zone."""
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return self.to_do().filter(due_at__gte=now, due_at__lt=midnight)

    def waiting(self):
        return self.filter(status=Status.WAITING)

    def time_to_come_back(self):
        return self.waiting().filter(follow_up_at__lte=timezone.now())

    def in_order_of_work(self):
        """Loud first, untouched above taken, then by severity; then what is due next; then the oldest."""
        return self.order_by("-loudness", "due_at", "received_at", "pk")

    def newest_first(self):
        return self.order_by("-received_at", "-pk")

    def search(self, text):
        """By part of a name or e-mail address, a phone number in any format, or how a reference begins.

        Typing mistakes are looked through only where the text as typed finds nobody.
        """
        ids = self._ids_of_person(text)
        if begins := references.beginning(text):
            ids += self._first(Q(reference__startswith=begins))
        return self.filter(pk__in=ids)

    def _ids_of_person(self, text):
        found = Q(pk__in=[])
        if reference := references.normalise(text):
            found |= Q(reference=reference)
        for digits in search.digits_of(text):
            # What is whole has an index of its own, for each run of digits is common.
            found |= Q(phone=digits) if digits.startswith("+") else Q(search_key__contains=digits)
        if "@" in text.strip("@"):
            found |= Q(email__iexact=text.strip()) & ~Q(email="")
        ids = self._first(found)
        if not ids and (terms := search.terms_of(text)):
            ids = self._first(Q(*(Q(search_key__contains=term) for term in terms)))
            ids = ids or self._first(Q(*(Q(search_key__trigram_word_similar=term) for term in terms)))
            ids = ids or self._sounding_like(text, terms)
        return ids

    def _first(self, found):
        everything = self.model.objects.order_by().filter(found)
        return list(everything.values_list("pk", flat=True)[:MOST_FOUND])

    def _sounding_like(self, text, terms):
        """Each word as it is, or one that sounds like it and is spelled nearly so."""
        found = Q(*(Q(search_key__contains=t) | Q(search_key__contains=search.sounds_like(t)) for t in terms))
        names = list(self.model.objects.order_by().filter(found).values_list("pk", "name")[:MOST_FOUND])
        return [pk for pk, name in names if len(names) == MOST_FOUND or search.is_nearly_the_same(text, name)]

    def _of_nearly_the_same_name(self, name):
        similar = Q(search_key__trigram_strict_word_similar=search.plain(name))
        names = self.model.objects.order_by().filter(similar).values_list("pk", "name")[:MOST_FOUND]
        # To the index a shared last name is similarity enough.
        return [pk for pk, other in names if search.is_nearly_the_same(name, other)]

    def same_person(self, inquiry):
        """Other inquiries from the same phone, e-mail address or (nearly) name: perhaps the same person."""
        name = f"{search.SEPARATOR}{search.plain(inquiry.name)}{search.SEPARATOR}"
        likely = [self.filter(search_key__contains=name)]
        if inquiry.phone:
            likely.append(self.filter(phone=inquiry.phone))
        if inquiry.email:
            address = self.alias(email_upper=Upper("email"))
            likely.append(address.filter(email_upper=inquiry.email.upper()).exclude(email=""))
        # Each by its own index first: in one query PostgreSQL walks all inquiries, newest first.
        first, *others = [found.order_by().values("pk")[:MOST_LIKELY] for found in likely]
        ids = {row["pk"] for row in first.union(*others)} - {inquiry.pk}
        ids = ids or self._of_nearly_the_same_name(inquiry.name)
        return self.filter(pk__in=ids).exclude(pk=inquiry.pk).newest_first()
