"""Patients' messages and staff's notes are encrypted at rest, bound to their row and key."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from clinic.security.encryption import BOUND_TO_ROW, Sealed, UnreadableText, seal, unseal
from inquiries.models import Inquiry, InquiryEvent
from inquiries.privacy.data_subject import Contact
from tests.inquiries.desk.helpers import QUEUE, receive, seen
from tests.support import databases

CANARIES = ["Wren in the hayloft", "Robin on the sill", "Dunnock under the hedge"]
OTHER_KEY = b"B" * 32


@pytest.fixture
def inquiry(db_or_committed, front_desk):
    inquiry = receive(message=CANARIES[0], voicemail_ok=True)
    inquiry.add_note(CANARIES[1], by=front_desk, seen=seen(inquiry))
    inquiry.log_call("left_message", by=front_desk, seen=seen(inquiry), text=CANARIES[2])
    return Inquiry.objects.get()


def stored(inquiry):
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM inquiries_inquiry WHERE id = %s", [inquiry.pk])
        return bytes(cursor.fetchone()[0])


def store(inquiry, data):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inquiries_inquiry SET message = %s WHERE id = %s", [data, inquiry.pk])


def test_texts_are_decrypted_and_equal_texts_are_encrypted_differently(inquiry):
    texts = [inquiry.message, *inquiry.events.values_list("text", flat=True)]
    assert inquiry.message == CANARIES[0]
    assert [event.text for event in inquiry.events.all()][-2:] == CANARIES[1:]
    assert CANARIES[1] not in str(texts)
    assert seal("yes", "here") != seal("yes", "here")


def test_a_database_dump_contains_no_plain_text(committed_db, inquiry):
    dump = databases.program("pg_dump", connection.settings_dict["NAME"])
    assert inquiry.reference in dump
    for canary in CANARIES:
        assert canary not in dump
        assert canary.encode().hex() not in dump


def test_an_altered_or_unencrypted_text_is_an_error(inquiry):
    altered = [bytearray(stored(inquiry)) for _position in range(4)]
    for data, position in zip(altered, [0, 5, 20, -1], strict=True):
        data[position] ^= 1
    for data in [*map(bytes, altered), b"", b"no key", b"gone:" + b"x" * 40, b"\xff:" + b"x" * 40]:
        store(inquiry, data)
        with pytest.raises(UnreadableText):
            _ = Inquiry.objects.get().message


def swap(columns):
    """Swap these columns of the two inquiries in the database."""
    names = ", ".join(columns)
    new_names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {names} FROM inquiries_inquiry")  # noqa: S608
        (first, *first_values), (second, *second_values) = cursor.fetchall()
        cursor.execute(
            "UPDATE inquiries_inquiry SET uuid = gen_random_uuid(), reference = right(reference, 8) WHERE %s",
            ["uuid" in columns],
        )
        for pk, values in [(first, second_values), (second, first_values)]:
            cursor.execute(f"UPDATE inquiries_inquiry SET {new_names} WHERE id = %s", [*values, pk])  # noqa: S608


@pytest.mark.parametrize(
    "others", [[], ["uuid", "reference"], ["uuid", "reference", "name", "email", "phone"]]
)
def test_two_patients_messages_cant_be_swapped(inquiry, others):
    receive(name="Someone Else", email="else@patient.example", phone="+12025550177", message="Another")
    swap(["message", *others])
    for swapped in Inquiry.objects.all():
        with pytest.raises(UnreadableText):
            _ = swapped.message


def test_a_note_moved_to_another_patient_or_author_cant_be_decrypted(inquiry):
    note = inquiry.events.get(kind="note")
    for change in ["by_name = 'Somebody else'", f"inquiry_id = {receive(message='Another').pk}"]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE inquiries_inquiryevent SET {change} WHERE id = {note.pk}")  # noqa: S608
            with pytest.raises(UnreadableText):
                _ = InquiryEvent.objects.get(pk=note.pk).text
            transaction.set_rollback(True)


def seal_in_former_format(row, field):
    """Encrypt a text bound only to its row's uuid."""
    field = row._meta.get_field(field)
    data = seal(getattr(row, field.name), field.former_context(row))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {field.name} = %s WHERE id = %s", [data, row.pk])  # noqa: S608


def test_texts_in_the_former_format_are_readable_and_bound_by_rotation(inquiry, capsys):
    note = inquiry.events.get(kind="note")
    seal_in_former_format(inquiry, "message")
    seal_in_former_format(note, "text")
    assert Inquiry.objects.get().message == CANARIES[0]
    call_command("rotate_field_keys")
    assert "inquiries_inquiry.message: 1 re-encrypted" in capsys.readouterr().out
    assert BOUND_TO_ROW.encode() in stored(inquiry)[:20]
    assert Inquiry.objects.get().message == CANARIES[0]
    assert InquiryEvent.objects.get(pk=note.pk).text == CANARIES[1]


def test_a_wrong_context_or_key_is_an_error_that_doesnt_quote_the_text(inquiry, settings):
    with pytest.raises(UnreadableText) as error:
        unseal(stored(inquiry), "elsewhere")
    assert CANARIES[0] not in str(error.value)
    settings.FIELD_KEYS = dict.fromkeys(settings.FIELD_KEYS, OTHER_KEY)
    with pytest.raises(UnreadableText):
        _ = Inquiry.objects.get().message


def test_a_damaged_text_doesnt_hide_anything_else(inquiry, as_user, manager, caplog):
    store(inquiry, stored(inquiry)[:-1])
    client = as_user(manager)
    for address in ["", f"{inquiry.pk}/", f"{inquiry.pk}/print/", "view/all/?export=csv"]:
        text = client.get(f"{QUEUE}{address}").getvalue().decode()
        assert "it was changed, or the server" in text
        assert inquiry.name in text
    [exported] = Contact.read(inquiry.email).everything()["inquiries"]
    assert exported["message"].startswith("This text can't be read")
    assert exported["timeline"][-1]["text"] == CANARIES[2]
    assert str(inquiry.uuid) in caplog.text
    added = InquiryEvent.objects.filter(kind="wrote")
    inquiry.patient_wrote("Damaged")
    added.update(text=Sealed(b"local:x"))
    code = inquiry.issue_reading_code(by=manager, seen=added.get().pk)
    page = client.post(reverse("inquiries:status"), {"reference": inquiry.reference, "code": code})
    assert "it was changed, or the server" in page.content.decode()
    assert inquiry.phone not in caplog.text
    assert inquiry.name not in caplog.text


def test_queries_cant_filter_by_or_write_plain_text(inquiry):
    with pytest.raises(TypeError):
        Inquiry.objects.filter(message=CANARIES[0]).exists()
    with pytest.raises(TypeError):
        Inquiry.objects.update(message="plain")
    assert str(Sealed(b"local:x")) == "<sealed>"


def test_keys_can_be_rotated_while_the_site_runs(inquiry, settings, capsys):
    before = dict(settings.FIELD_KEYS)
    settings.FIELD_KEYS = {"new": OTHER_KEY, **before}
    call_command("rotate_field_keys")
    assert "inquiries_inquiry.message: 1 re-encrypted" in capsys.readouterr().out
    settings.FIELD_KEYS = {"new": OTHER_KEY}
    assert Inquiry.objects.get().message == CANARIES[0]
    assert [event.text for event in InquiryEvent.objects.all()][-2:] == CANARIES[1:]
    call_command("rotate_field_keys")
    assert "inquiries_inquiry.message: 0 re-encrypted" in capsys.readouterr().out


def test_key_rotation_reports_a_damaged_text_and_continues(inquiry, settings):
    damaged = receive(message="Damaged")
    store(damaged, b"local:x")
    settings.FIELD_KEYS = {"new": OTHER_KEY, **settings.FIELD_KEYS}
    with pytest.raises(CommandError, match=f"{damaged.uuid}.*cannot be read"):
        call_command("rotate_field_keys")
    settings.FIELD_KEYS = {"new": OTHER_KEY}
    assert Inquiry.objects.get(pk=inquiry.pk).message == CANARIES[0]
