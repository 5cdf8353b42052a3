"""Phone numbers as people type them."""

import phonenumbers
import pytest

from clinic.models import ClinicSettings
from clinic.text import phones


@pytest.mark.parametrize(
    "typed",
    [
        "2025550143",
        "(202) 555-0143",
        "202.555.0143",
        "+1 202 555 0143",
        "1-202-555-0143",
        "  202 555 0143 ",
        "tel: 202-555-0143",
        "202 555 0143 (home)",
        "202-555-0143, cell phone",
        "Cell 202-555-0143",
        "(202) 555-0143".translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    ],
)
def test_any_way_of_writing_gives_one_number(typed):
    assert phones.parse(typed) == ("+12025550143", "")


@pytest.mark.parametrize(
    "typed", ["202-555-0143 x12", "(202) 555-0143 ext. 12", "+1 202 555 0143;ext=12", "202-555-0143 ext ١٢"]
)
def test_an_extension_is_kept_and_dialled(typed):
    assert phones.parse(typed) == ("+12025550143", "12")
    assert phones.parse(typed).uri == ClinicSettings(phone=typed).phone_uri == "tel:+12025550143;ext=12"


def test_a_number_from_abroad():
    assert phones.parse("+44 20 7946 0018") == ("+442079460018", "")
    assert phones.display("+442079460018") == "+44 20 7946 0018"


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "555-0143", "12", "0" * 300, "+1", "+999 123", "call me", "2" + " " * 200_000 + "x"],
)
def test_undialable_numbers_are_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        phones.parse(typed)


def test_shown_as_people_at_home_write_it():
    assert phones.display("+12025550143") == "(202) 555-0143"
    assert phones.display("+12025550143", "12") == "(202) 555-0143 ext. 12"


@pytest.mark.parametrize(
    "number", ["+12025550143", "+19005550199", "+12110000000", "+11005550143", "+1202555014"]
)
def test_the_short_way_to_show_a_number_shows_it_as_phonenumbers_does(number):
    parsed = phonenumbers.parse(number, "US")
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    assert phones.display(number) == phonenumbers.format_number(parsed, national)
