"""Telephone numbers: read as people write them, stored as E.164, shown as people read them."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, ValidationResult

# All numbers of North America look alike. phonenumbers takes a tenth of a millisecond to say so, and an
# export holds a million of them.
NORTH_AMERICAN = re.compile(r"\+1([2-9]\d\d)(\d{3})(\d{4})")

# What people write behind a number. Other words there are refused, and stay in the field: they may matter.
WHOSE = re.compile(
    r"(?<=\W)(?:home|house|cell|cell ?phone|mobile|work|office|casa|celular|m[oó]vil)\W*$", re.IGNORECASE
)


# How people write that an extension follows, and the "tel:" of a copied link.
EXTENSION = re.compile(r"^\s*tel:|(?:\bext(?:ension)?|x)[\s.:=]*(?=\d+\s*$)", re.IGNORECASE)


class Phone(NamedTuple):
    e164: str  # "+12025550143"
    extension: str  # "12", or "" if there is none

    @property
    def uri(self):
        """What a telephone dials (RFC 3966)."""
        return f"tel:{self.e164}" + (f";ext={self.extension}" if self.extension else "")


def parse(text):
    """Read a number as a person types it; raise ValueError if nobody could dial it.

    A number without a country code belongs to settings.PHONE_REGION. Only the length is checked, not
    whether the number is assigned: numbering plans grow, and a patient who is refused does not call.
    """
    try:
        number = phonenumbers.parse(WHOSE.sub("", text), settings.PHONE_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from error
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValueError("not a number that can be dialled from everywhere")
    extension = "".join(str(unicodedata.digit(c)) for c in number.extension or "" if c.isdecimal())
    number.extension = None
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), extension)


def cleaned(text: str, read: Callable[[str], Any] = parse) -> Any:
    """`read(text)`, with a form's or a model's ValidationError where nobody could dial it."""
    try:
        return read(text)
    except ValueError:
        raise ValidationError(
            _("Enter a phone number with its area code, for example (202) 555-0143.")
        ) from None


def parse_with_words(text: str) -> tuple[Phone, str]:
    """Read the first number in what a person typed; return it with the whole text if that says more.

    "call my son 202-555-0144", "202-555-0143 after 5pm", two numbers: the words matter as much as the number.
    """
    try:
        phone = parse(text)
    except ValueError:
        found = next(iter(PhoneNumberMatcher(text, settings.PHONE_REGION, leniency=Leniency.POSSIBLE)), None)
        if not found:
            raise
        phone = parse(found.raw_string)
    return phone, "" if _says_only(text, phone) else text.strip()


def _says_only(text: str, phone: Phone) -> bool:
    """Whether the text is this number and nothing else."""
    bare = EXTENSION.sub(" ", text)
    digits = "".join(str(unicodedata.digit(c)) for c in bare if c.isdecimal())
    is_all = len(digits) > 6 and f"{phone.e164}{phone.extension}".endswith(digits)
    return is_all and not any(c.isalpha() for c in bare)


def display(e164, extension=""):
    """As people read it: (202) 555-0143 ext. 12 at home, +44 20 7946 0018 from abroad."""
    home_code = phonenumbers.country_code_for_region(settings.PHONE_REGION)
    if home_code == 1 and not extension and (found := NORTH_AMERICAN.fullmatch(e164)):
        return "({}) {}-{}".format(*found.groups())
    try:
        number = phonenumbers.parse(e164, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return e164
    at_home = number.country_code == home_code
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    number.extension = extension or number.extension
    return phonenumbers.format_number(number, style)
