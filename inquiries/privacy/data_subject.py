"""Data-subject requests: find, export and erase a person's inquiries by email or phone."""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.text import phones
from inquiries.lookup.search import is_similar_name
from inquiries.models import Inquiry
from inquiries.permissions import PERSON
from inquiries.privacy import erasure

# Computed from other columns, and left out of exports.
DERIVED = {"fingerprint", "message_digest", "search_key", "call_rank"}


class Changed(Exception):
    """The person's inquiries have changed since the manager saw them."""


class Contact(NamedTuple):
    email: str
    phone: str
    ids: tuple[int, ...] | None = None  # the chosen inquiries; None for all

    @classmethod
    def read(cls, text):
        """Parse an email address or phone number; raise ValidationError if `text` is neither."""
        text = text.strip()
        if "@" in text:
            validate_email(text)
            return cls(text.lower(), "")
        try:
            return cls("", phones.parse(text).e164)
        except ValueError:
            raise ValidationError(
                _("Enter an email address, or a phone number with its area code.")
            ) from None

    def only(self, ids: Iterable[int]) -> Self:
        """Return the contact limited to some of its inquiries, because a family may share a phone."""
        return self._replace(ids=tuple(ids))

    def inquiries(self):
        if self.email:
            found = Inquiry.objects.filter(email__iexact=self.email).exclude(email="").newest_first()
        else:
            found = Inquiry.objects.filter(phone=self.phone).newest_first()
        return found if self.ids is None else found.filter(pk__in=self.ids)

    def others(self):
        """Return the other addresses and numbers in the person's inquiries."""
        named = self.inquiries().order_by().values_list("email", "phone").distinct()
        found = {email.lower() for email, _phone in named} | {phone for _email, phone in named}
        return sorted(found - {self.email, self.phone, ""})

    def state(self):
        """Return a hash that changes with every event of the contact's inquiries."""
        everything = self._replace(ids=None).inquiries().annotate(newest=Max("events"))
        rows = everything.order_by("pk").values_list("pk", "newest")
        return hashlib.sha256(json.dumps(list(rows)).encode()).hexdigest()

    def everything(self):
        """Return all stored data about the person as JSON-serializable values."""
        inquiries = list(
            self.inquiries().select_related("assignee", "duplicate_of").prefetch_related("events")
        )
        jobs = ProcrastinateJob.objects.filter(args__inquiry_id__in=[inquiry.pk for inquiry in inquiries])
        emails = list(jobs.order_by("pk").values_list("args", "status"))
        return {
            "inquiries": [
                {
                    **field_values(inquiry),
                    "timeline": [
                        {"sentence": event.describe(), **field_values(event)}
                        for event in inquiry.events.all()
                    ],
                    "emails": [
                        {"email": args.get("letter"), "status": status}
                        for args, status in emails
                        if args["inquiry_id"] == inquiry.pk
                    ],
                }
                for inquiry in inquiries
            ]
        }

    def erase(self, *, by, seen):
        """Erase the inquiries that are fully opened and not on hold, and return the numbers.

        Raise Changed if the state is no longer `seen`, the one that was shown.
        """
        if not by.has_perm(PERSON):
            raise PermissionDenied
        with transaction.atomic():
            rows = self.inquiries().order_by("pk").select_for_update()
            rows = list(rows.only("on_hold", "opened_at", "unread_since"))
            erasable = [row.pk for row in rows if row.is_opened and not row.on_hold]
            if self.state() != seen:
                raise Changed
            if not erasable:
                raise ValidationError(
                    _("Nothing can be erased. Open each inquiry first, or wait for its hold to be lifted.")
                )
            erased = erasure.erase(erasable, by=by, why="request")
        erased["on_hold"] = sum(row.on_hold for row in rows)
        erased["unopened"] = len(rows) - len(erasable) - erased["on_hold"]
        return erased


def with_similar_name(inquiries: list[Inquiry], about: int | None) -> set[int]:
    """Return the ids of those with a name similar to that of the inquiry `about`, or of the newest."""
    names = {inquiry.pk: inquiry.name for inquiry in inquiries}
    name = (names.get(about) if about else "") or next(iter(names.values()), "")
    return {pk for pk, other in names.items() if is_similar_name(name, other)}


def field_values(instance):
    fields = [field for field in instance._meta.concrete_fields if field.name not in DERIVED]
    return {field.name: display_value(instance, field) for field in fields}


def display_value(instance, field):
    display = getattr(instance, f"get_{field.name}_display", None)
    return str(display()) if display else getattr(instance, field.attname)
