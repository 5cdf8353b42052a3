"""Made-up inquiries: plausible, and clearly nobody's. Numbers are 555-01xx, addresses example.com."""

import random
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

from clinic.text.lists import read_lists, words_in
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
FIRST_NAMES, LAST_NAMES = words_in(SAMPLES["First names"]), words_in(SAMPLES["Last names"])
URGENT = [line.split(": ", 1) for line in SAMPLES["Urgent"]]  # the reason, and the message
# Looked up once: `values` builds a new list each time, which costs with a million rows.
CONTACTS, TIMES = PreferredContact.values, BestTime.values
ASKERS, TOPICS = Asker.values, [code for code, _label in STARTER_TOPICS]
OPEN_STATES = [str(status) for status in (Status.NEW, Status.IN_PROGRESS, Status.WAITING)]
normalized, forms_of = lru_cache(search.normalized), lru_cache(search.forms_of)  # of the few names above
AREA_CODES = [code for code in range(201, 990) if code % 100 != 11]
OUTCOMES = [Outcome.APPOINTMENT, Outcome.ANSWERED, Outcome.ANSWERED, Outcome.REFERRED, Outcome.NO_ANSWER]

# All columns that a row has; whatever is not here is the same in each.
_COLUMNS = """
id received_at source entered_by_name status call_attempts reference due_at assignee_id follow_up_at outcome
urgent urgent_because spam_reasons opened_at name email phone phone_extension preferred_contact
best_time voicemail_ok asker topic message page_title fingerprint message_digest advice uuid search_key
language reading_code_hash
"""
COLUMNS = _COLUMNS.split()
MESSAGE, TEXT = Inquiry._meta.get_field("message"), InquiryEvent._meta.get_field("text")
ARRIVAL = COLUMNS[:6]
EVENT_COLUMNS = ["inquiry_id", "at", "kind", "by_name", "uuid", "changes", "detail", "text"]


def rows(number, *, first_id, now, colleagues, answer_by, seed=1, taken=()):
    """`number` inquiries as tuples of COLUMNS, oldest first; the newest few hundred are still open.

    `answer_by` tells of a moment of arrival by when it is answered; `taken` are references that others have.
    """
    chance = random.Random(seed)  # noqa: S311 the same data for the same number
    open_ones = min(number * 2 // 3, 300 + number // 500)
    apart = timedelta(days=min(3 * 365, max(3, number // 40))) / max(number, 1)
    taken = {reference.replace("-", "") for reference in taken}
    for position in range(number):
        answers = person(chance) | wish(chance)
        is_open = position >= number - open_ones
        if is_open:
            handling = open_handling(chance, now, colleagues, urgent=position % 8 == 0)
        else:
            handling = closed_handling(chance, colleagues)
        received_at = now - apart * (number - position)
        if is_open:
            received_at = now - timedelta(minutes=chance.randrange(5, 5000))
        row = {
            "id": first_id + position,
            "reference": new_reference(chance, taken),
            "received_at": received_at,
            "due_at": answer_by(received_at),
            "fingerprint": f"sample-{first_id + position}",
            "message_digest": f"sample-{first_id + position}",
            "advice": "",
            "search_key": search.key(answers["name"], answers["email"], answers["phone"], forms_of),
            **answers,
            **handling,
        }
        if row["status"] != Status.NEW:
            row["opened_at"] = received_at + timedelta(minutes=chance.lognormvariate(3, 1))
        row["uuid"] = UUID(int=chance.getrandbits(128), version=4)
        row["reading_code_hash"] = reading_codes.hash_of(reading_codes.first(row["uuid"]), row["uuid"])
        row["message"] = MESSAGE.seal(row["message"], SimpleNamespace(**row))
        yield tuple(row[column] for column in COLUMNS)


def new_reference(chance, taken):
    while True:
        letters = "".join(chance.choices(references.ALPHABET, k=references.LENGTH))
        if letters not in taken:
            taken.add(letters)
            return references.normalize(letters)


def person(chance):
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    phone = f"+1{chance.choice(AREA_CODES)}55501{chance.randrange(100):02}"
    address = f"{normalized(first)}.{normalized(last)}{chance.randrange(10_000)}@example.com"
    has_email = chance.random() < 0.8
    return {
        "name": f"{first} {last}",
        "email": address if has_email else "",
        "phone": phone if not has_email or chance.random() < 0.9 else "",
        "phone_extension": "",
        "preferred_contact": chance.choice(CONTACTS),
        "best_time": chance.choice(TIMES),
        "voicemail_ok": chance.random() < 0.6,
        "asker": chance.choices(ASKERS, [8, 2, 1])[0],
    }


def wish(chance):
    by_phone = chance.random() < 0.1
    topic = chance.choice(TOPICS)
    return {
        "topic": topic,
        "message": f"(Made up.) {chance.choice(SAMPLES[topic])}",
        "page_title": "",
        "language": Language.ENGLISH,
        "source": Source.PHONE if by_phone else Source.FORM,
        "entered_by_name": "A colleague" if by_phone else "",
        "spam_reasons": "[]",
        "opened_at": None,
        "urgent_because": "",
        "urgent": False,
        "follow_up_at": None,
        "outcome": "",
        "call_attempts": 0,
        "assignee_id": None,
    }


def open_handling(chance, now, colleagues, *, urgent):
    status = chance.choices(OPEN_STATES, [5, 3, 2])[0]
    handling = {"status": status}
    if status != Status.NEW and colleagues:
        handling |= {"assignee_id": chance.choice(colleagues), "call_attempts": chance.randrange(4)}
    if status == Status.WAITING:
        handling["follow_up_at"] = now + timedelta(hours=chance.randrange(2, 100))
    elif urgent:
        because, message = chance.choice(URGENT)
        handling |= {
            "urgent": True,
            "urgent_because": f"Made up: {because}",
            "topic": "condition",
            "message": f"(Made up.) {message}",
        }
    return handling


def closed_handling(chance, colleagues):
    assignee = chance.choice(colleagues) if colleagues else None
    if chance.random() < 0.03:
        return {"status": Status.SPAM, "spam_reasons": '[{"code": "links", "number": 5}]'}
    calls = {"call_attempts": chance.randrange(5), "assignee_id": assignee}
    return {"status": Status.CLOSED, "outcome": chance.choice(OUTCOMES), **calls}


def events(arrivals, seed=1):
    """Each timeline's first line, and of what is closed a call, as tuples of EVENT_COLUMNS."""
    chance = random.Random(seed)  # noqa: S311
    for pk, received_at, source, by_name, status, calls in arrivals:
        kind = EventKind.RECEIVED if source == Source.FORM else EventKind.ENTERED
        yield event(pk, received_at, kind, by_name)
        if calls and status == Status.CLOSED:
            called_at = received_at + timedelta(minutes=chance.lognormvariate(5.5, 1))
            yield event(pk, called_at, EventKind.CALL, "A colleague", Call.SPOKE)


def event(pk, at, kind, by_name, detail=""):
    row = SimpleNamespace(uuid=uuid4(), inquiry_id=pk, kind=kind, by_name=by_name)
    return pk, at, kind, by_name, row.uuid, "{}", detail, TEXT.seal("", row)
