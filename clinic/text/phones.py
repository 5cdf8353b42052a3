"""Phone numbers: parsed from any common notation, stored as E.164, displayed in national format."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, ValidationResult

# A shortcut for exports of up to a million numbers: phonenumbers takes 0.1 ms to format one.
NORTH_AMERICAN = re.compile(r"\+1([2-9]\d\d)(\d{3})(\d{4})")

MAX_E164_LENGTH = 16  # the "+" and 15 digits

# Labels after a number, which are dropped. Other words can matter, so a number with them is refused.
LABEL = re.compile(
    r"(?<=\W)(?:home|house|cell|cell ?phone|mobile|work|office|casa|celular|m[oó]vil)\W*$", re.IGNORECASE
)

# The start of an extension, and the "tel:" of a copied link.
EXTENSION_OR_SCHEME = re.compile(r"^\s*tel:|(?:\bext(?:ension)?|x)[\s.:=]*(?=\d+\s*$)", re.IGNORECASE)


class Phone(NamedTuple):
    e164: str  # "+12025550143"
    extension: str  # "12", or "" if there is none

    @property
    def uri(self):
        """The number as a tel: URI (RFC 3966)."""
        return f"tel:{self.e164}" + (f";ext={self.extension}" if self.extension else "")


def parse(text):
    """Parse a number as typed; raise ValueError if it can't be dialed.

    Numbers without a country code belong to settings.PHONE_REGION. Only the length is checked, not whether
    the number is assigned: numbering plans grow, and a patient whose number is refused may give up.
    """
    try:
        number = phonenumbers.parse(LABEL.sub("", text), settings.PHONE_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from error
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValueError("not a number that can be dialed from everywhere")
    extension = "".join(str(unicodedata.digit(c)) for c in number.extension or "" if c.isdecimal())
    number.extension = None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if len(e164) > MAX_E164_LENGTH:  # phonenumbers allows more for some countries
        raise ValueError("more digits than E.164 allows")
    return Phone(e164, extension)


def clean(text: str, parser: Callable[[str], Any] = parse) -> Any:
    """Return `parser(text)`; raise ValidationError instead of ValueError."""
    try:
        return parser(text)
    except ValueError:
        raise ValidationError(
            _("Enter a phone number with its area code, for example (202) 555-0143.")
        ) from None


def parse_with_note(text: str) -> tuple[Phone, str]:
    """Parse the first number in a text; also return the whole text if there's more to it.

    For example "call my son 202-555-0144", "202-555-0143 after 5pm", or two numbers.
    """
    try:
        phone = parse(text)
    except ValueError:
        found = next(iter(PhoneNumberMatcher(text, settings.PHONE_REGION, leniency=Leniency.POSSIBLE)), None)
        if not found:
            raise
        phone = parse(found.raw_string)
    return phone, "" if _is_only_number(text, phone) else text.strip()


def _is_only_number(text: str, phone: Phone) -> bool:
    bare = EXTENSION_OR_SCHEME.sub(" ", text)
    digits = "".join(str(unicodedata.digit(c)) for c in bare if c.isdecimal())
    is_whole_number = len(digits) > 6 and f"{phone.e164}{phone.extension}".endswith(digits)
    return is_whole_number and not any(c.isalpha() for c in bare)


def display(e164, extension=""):
    """Format a number, such as (202) 555-0143 ext. 12, or +44 20 7946 0018 for another country."""
    home_code = phonenumbers.country_code_for_region(settings.PHONE_REGION)
    if home_code == 1 and not extension and (found := NORTH_AMERICAN.fullmatch(e164)):
        return "({}) {}-{}".format(*found.groups())
    try:
        number = phonenumbers.parse(e164, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return e164
    is_domestic = number.country_code == home_code
    style = PhoneNumberFormat.NATIONAL if is_domestic else PhoneNumberFormat.INTERNATIONAL
    number.extension = extension or number.extension
    return phonenumbers.format_number(number, style)
