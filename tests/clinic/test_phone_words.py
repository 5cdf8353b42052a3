"""Words beside a phone number are kept: whom to ask for, when to call, where to leave no message."""

import pytest

from clinic.text import phones


@pytest.mark.parametrize(
    "typed",
    [
        "call my son 202-555-0143",
        "do not leave message 202-555-0143",
        "202-555-0143 after 5pm",
        "after 5pm 202-555-0143",
        "202-555-0143 or 202-555-0199",
        "202 555 0143/202 555 0199",
        "2025550143 (hija) español",
        "202.555.0143 - only mornings before 11",
        "202-555-0143 mon-fri 9 to 5",
        "202-555-0143 (home)",
        "Cell 202-555-0143",
    ],
)
def test_the_number_is_read_and_the_whole_text_kept(typed):
    assert phones.parse_with_words(typed) == (("+12025550143", ""), typed)


def test_an_extension_in_between_is_dialled():
    typed = "202-555-0143 x12 ask for Bob"
    assert phones.parse_with_words(typed) == (("+12025550143", "12"), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2025550143",
        " (202) 555-0143 ",
        "+1 202.555.0143",
        "1-202-555-0143",
        "tel: 202-555-0143",
        "2 0 2 5 5 5 0 1 4 3",
        "202-555-0143 x12",
        "202-555-0143 ext. 12",
        "+1 202 555 0143;ext=12",
        "202-555-0143#12",
        "+44 20 7946 0018",
    ],
)
def test_a_number_alone_has_no_words(typed):
    assert phones.parse_with_words(typed)[1] == ""


@pytest.mark.parametrize(
    "typed", ["", "none", "no phone", "555-0143", "call me", "0" * 300, "2" + " " * 200_000]
)
def test_without_a_number_it_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        phones.parse_with_words(typed)
