"""Phone numbers as patients type them, including notes such as when to call."""

import phonenumbers
import pytest

from clinic.models import ClinicSettings
from clinic.text import phones

NUMBERS = [
    *["2025550143", "(202) 555-0143", "202.555.0143", "+1 202 555 0143", "1-202-555-0143", "+1 202.555.0143"],
    *["  202 555 0143 ", "tel: 202-555-0143", "2 0 2 5 5 5 0 1 4 3"],
    "(202) 555-0143".translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
]
WITH_EXTENSION = [
    *["202-555-0143 x12", "(202) 555-0143 ext. 12", "+1 202 555 0143;ext=12", "202-555-0143 ext ١٢"],
    "202-555-0143#12",
]
WITH_NOTES = [
    *["call my son 202-555-0143", "do not leave message 202-555-0143", "202-555-0143 after 5pm"],
    *["after 5pm 202-555-0143", "202-555-0143 or 202-555-0199", "202 555 0143/202 555 0199"],
    *["2025550143 (hija) español", "202.555.0143 - only mornings before 11", "202-555-0143 mon-fri 9 to 5"],
    *["202-555-0143 (home)", "Cell 202-555-0143"],
]


def test_all_spellings_of_a_number_are_parsed_to_the_same():
    for typed in [*NUMBERS, WITH_NOTES[-1], "202 555 0143 (home)", "202-555-0143, cell phone"]:
        assert phones.parse(typed) == ("+12025550143", ""), typed


def test_only_notes_next_to_a_number_are_preserved():
    for typed in WITH_NOTES:
        assert phones.parse_with_note(typed) == (("+12025550143", ""), typed), typed
    with_extension = "202-555-0143 x12 ask for Bob"
    assert phones.parse_with_note(with_extension) == (("+12025550143", "12"), with_extension)
    for typed in [*NUMBERS, *WITH_EXTENSION, "+44 20 7946 0018"]:
        assert phones.parse_with_note(typed)[1] == "", typed


def test_an_extension_is_parsed_and_part_of_the_uri():
    for typed in WITH_EXTENSION:
        assert phones.parse(typed) == ("+12025550143", "12"), typed
        assert phones.parse(typed).uri == ClinicSettings(phone=typed).phone_uri == "tel:+12025550143;ext=12"


UNDIALABLE = ["", "abc", "none", "no phone", "call me", "555-0143", "12", "0" * 300, "+1", "+999 123"]
UNDIALABLE += ["+49 123456789012345"]  # phonenumbers accepts more than the 15 digits of E.164


def test_undialable_numbers_are_rejected():
    for typed in [*UNDIALABLE, "2" + " " * 200_000, "2" + " " * 200_000 + "x"]:
        for parse in [phones.parse, phones.parse_with_note]:
            with pytest.raises(ValueError, match=r".+"):
                parse(typed)


def test_numbers_are_displayed_in_national_or_international_format():
    assert phones.display("+12025550143", "12") == "(202) 555-0143 ext. 12"
    assert phones.display("+442079460018") == "+44 20 7946 0018"
    for number in ["+12025550143", "+19005550199", "+12110000000", "+11005550143", "+1202555014"]:
        parsed = phonenumbers.parse(number, "US")
        national = phonenumbers.PhoneNumberFormat.NATIONAL
        assert phones.display(number) == phonenumbers.format_number(parsed, national)
