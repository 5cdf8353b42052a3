"""Data-subject requests: everything about one person, found by email or phone, to export and to erase."""

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
from inquiries.lookup.search import is_nearly_the_same
from inquiries.models import Inquiry
from inquiries.permissions import PERSON
from inquiries.privacy import erasure

# Computed from other columns, to search and compare.
DERIVED = {"fingerprint", "message_digest", "search_key", "call_rank"}


class Changed(Exception):
    """The person's inquiries have changed since the manager saw them."""


class Contact(NamedTuple):
    email: str
    phone: str
    ids: tuple[int, ...] | None = None  # of the inquiries chosen among those of the contact; None for all

    @classmethod
    def read(cls, text):
        """Parse what people type; ValidationError if it's no email address and no phone number."""
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
        """The same contact, narrowed to some of its inquiries: a family may share a phone."""
        return self._replace(ids=tuple(ids))

    def inquiries(self):
        if self.email:
            found = Inquiry.objects.filter(email__iexact=self.email).exclude(email="").newest_first()
        else:
            found = Inquiry.objects.filter(phone=self.phone).newest_first()
        return found if self.ids is None else found.filter(pk__in=self.ids)

    def others(self):
        """The other addresses and numbers that the person's inquiries name."""
        named = self.inquiries().order_by().values_list("email", "phone").distinct()
        found = {email.lower() for email, _phone in named} | {phone for _email, phone in named}
        return sorted(found - {self.email, self.phone, ""})

    def state(self):
        """A hash that changes when anything happens to any inquiry of the contact."""
        everything = self._replace(ids=None).inquiries().annotate(newest=Max("events"))
        rows = everything.order_by("pk").values_list("pk", "newest")
        return hashlib.sha256(json.dumps(list(rows)).encode()).hexdigest()

    def everything(self):
        """Everything that is stored about the person, for them to keep."""
        inquiries = list(
            self.inquiries().select_related("assignee", "duplicate_of").prefetch_related("events")
        )
        jobs = ProcrastinateJob.objects.filter(args__inquiry_id__in=[inquiry.pk for inquiry in inquiries])
        emails = list(jobs.order_by("pk").values_list("args", "status"))
        return {
            "inquiries": [
                {
                    **columns(inquiry),
                    "timeline": [
                        {"sentence": event.describe(), **columns(event)} for event in inquiry.events.all()
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
        """Erase inquiries that are opened, additions too, and not on hold; return the numbers.

        `seen` is the state that `by` was shown; Changed if it's no longer so.
        """
        if not by.has_perm(PERSON):
            raise PermissionDenied
        with transaction.atomic():
            rows = self.inquiries().order_by("pk").select_for_update()
            rows = list(rows.only("on_hold", "opened_at", "unread_since"))
            free = [row.pk for row in rows if row.is_opened and not row.on_hold]
            if self.state() != seen:
                raise Changed
            if not free:
                raise ValidationError(
                    _("Nothing can be erased. Open each inquiry first, or wait for its hold to be lifted.")
                )
            erased = erasure.erase(free, by=by, why="request")
        erased["on_hold"] = sum(row.on_hold for row in rows)
        erased["unopened"] = len(rows) - len(free) - erased["on_hold"]
        return erased


def of_one_name(inquiries: list[Inquiry], about: int | None) -> set[int]:
    """Return the ids of those that name the same person as the inquiry `about` does, or the newest."""
    names = {inquiry.pk: inquiry.name for inquiry in inquiries}
    name = (names.get(about) if about else "") or next(iter(names.values()), "")
    return {pk for pk, other in names.items() if is_nearly_the_same(name, other)}


def columns(row):
    """{name: value} of a row, with the displayed value if a column has one."""
    return {field.name: shown(row, field) for field in row._meta.concrete_fields if field.name not in DERIVED}


def shown(row, field):
    display = getattr(row, f"get_{field.name}_display", None)
    return str(display()) if display else getattr(row, field.attname)
