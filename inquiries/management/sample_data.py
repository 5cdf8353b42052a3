"""Plausible sample inquiries of obviously fictional people, with 555-01xx numbers and example.com."""

import random
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from clinic.text.lists import read_lists, split_words
from inquiries.choices import (
    STARTER_TOPICS,
    Asker,
    BestTime,
    Call,
    EventKind,
    Language,
    Outcome,
    PreferredContact,
    Source,
    Status,
)
from inquiries.lookup import reading_codes, references, search
from inquiries.models import Inquiry, InquiryEvent

SAMPLES = read_lists(Path(__file__).with_name("sample_inquiries.txt"))
FIRST_NAMES, LAST_NAMES = split_words(SAMPLES["First names"]), split_words(SAMPLES["Last names"])
URGENT = [line.split(": ", 1) for line in SAMPLES["Urgent"]]  # reason, message
TOPICS = [code for code, _label in STARTER_TOPICS]
# Cached, because `values` builds a new list each time.
CONTACTS, TIMES, ASKERS = PreferredContact.values, BestTime.values, Asker.values
AREA_CODES = [code for code in range(201, 990) if code % 100 != 11]
OUTCOMES = [Outcome.APPOINTMENT, Outcome.ANSWERED, Outcome.ANSWERED, Outcome.REFERRED, Outcome.NO_ANSWER]
normalized, name_forms = lru_cache(search.normalized), lru_cache(search.name_forms)


def inquiries(
    ids: Collection[int],
    *,
    now: datetime,
    colleagues: list[int],
    answer_by: Callable[[datetime], datetime | None],
    taken: Collection[str] = (),
) -> Iterator[Inquiry]:
    """Yield unsaved inquiries with these ids, oldest first; the newest few hundred are open.

    `answer_by` returns the due time for a time of arrival; `taken` are existing references.
    """
    number, first_id, used = len(ids), next(iter(ids), 1), set(taken)
    chance = random.Random(first_id)  # noqa: S311 the same data each time in an empty database
    number_open = min(number * 2 // 3, 300 + number // 500)
    interval = timedelta(days=min(3 * 365, max(3, number // 40))) / max(number, 1)
    for position, pk in enumerate(ids):
        answers = person(chance) | request(chance)
        received_at = now - interval * (number - position)
        if position >= number - number_open:
            work = open_work(chance, now, colleagues, urgent=position % 8 == 0)
            received_at = now - timedelta(minutes=chance.randrange(5, 5000))
        else:
            work = closed_work(chance, colleagues)
        reference = new_reference(chance, used)
        if work["status"] != Status.NEW:
            work["opened_at"] = received_at + timedelta(minutes=chance.lognormvariate(3, 1))
        uuid = UUID(int=chance.getrandbits(128), version=4)
        yield Inquiry(
            pk=pk,
            uuid=uuid,
            reference=reference,
            reading_code_hash=reading_codes.hash_of(reading_codes.first(uuid), uuid),
            received_at=received_at,
            due_at=answer_by(received_at),
            fingerprint=f"sample-{pk}",
            message_digest=f"sample-{pk}",
            search_key=search.key(answers["name"], answers["email"], answers["phone"], name_forms),
            **(answers | work),
        )


def new_reference(chance: random.Random, used: set[str]) -> str:
    while True:
        reference = references.formatted(chance.choices(references.ALPHABET, k=references.LENGTH))
        if reference not in used:
            used.add(reference)
            return reference


def person(chance: random.Random) -> dict[str, Any]:
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    phone = f"+1{chance.choice(AREA_CODES)}55501{chance.randrange(100):02}"
    address = f"{normalized(first)}.{normalized(last)}{chance.randrange(10_000)}@example.com"
    has_email = chance.random() < 0.8
    return {
        "name": f"{first} {last}",
        "email": address if has_email else "",
        "phone": phone if not has_email or chance.random() < 0.9 else "",
        "preferred_contact": chance.choice(CONTACTS),
        "best_time": chance.choice(TIMES),
        "voicemail_ok": chance.random() < 0.6,
        "asker": chance.choices(ASKERS, [8, 2, 1])[0],
    }


def request(chance: random.Random) -> dict[str, Any]:
    by_phone = chance.random() < 0.1
    topic = chance.choice(TOPICS)
    return {
        "topic": topic,
        "message": f"(Made up.) {chance.choice(SAMPLES[topic])}",
        "language": Language.ENGLISH,
        "source": Source.PHONE if by_phone else Source.FORM,
        "entered_by_name": "A colleague" if by_phone else "",
    }


def open_work(chance: random.Random, now: datetime, colleagues: list[int], *, urgent: bool) -> dict[str, Any]:
    """Return the fields that reflect the front desk's work on an open inquiry."""
    [status] = chance.choices([Status.NEW, Status.IN_PROGRESS, Status.WAITING], [5, 3, 2])
    work: dict[str, Any] = {"status": status}
    if status != Status.NEW and colleagues:
        work |= {"assignee_id": chance.choice(colleagues), "call_attempts": chance.randrange(4)}
    if status == Status.WAITING:
        work["follow_up_at"] = now + timedelta(hours=chance.randrange(2, 100))
    elif urgent:
        reason, message = chance.choice(URGENT)
        work |= {"urgent": True, "urgent_because": f"Made up: {reason}"}
        work |= {"topic": "condition", "message": f"(Made up.) {message}"}
    return work


def closed_work(chance: random.Random, colleagues: list[int]) -> dict[str, Any]:
    assignee = chance.choice(colleagues) if colleagues else None
    if chance.random() < 0.03:
        return {"status": Status.SPAM, "spam_reasons": [{"code": "links", "number": 5}]}
    calls = {"call_attempts": chance.randrange(5), "assignee_id": assignee}
    return {"status": Status.CLOSED, "outcome": chance.choice(OUTCOMES), **calls}


def events(inquiry: Inquiry, chance: random.Random) -> Iterator[InquiryEvent]:
    """Yield the timeline's unsaved first event, and a call if the inquiry is closed."""
    kind = EventKind.RECEIVED if inquiry.source == Source.FORM else EventKind.ENTERED
    yield InquiryEvent(
        inquiry_id=inquiry.pk, at=inquiry.received_at, kind=kind, by_name=inquiry.entered_by_name
    )
    if inquiry.call_attempts and inquiry.status == Status.CLOSED:
        called_at = inquiry.received_at + timedelta(minutes=chance.lognormvariate(5.5, 1))
        call = {"kind": EventKind.CALL, "by_name": "A colleague", "detail": Call.SPOKE}
        yield InquiryEvent(inquiry_id=inquiry.pk, at=called_at, **call)
