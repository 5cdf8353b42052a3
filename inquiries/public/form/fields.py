"""The inquiry form's fields, which accept any text verbatim and name themselves in errors."""

import unicodedata
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import Error
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinic.text.numbers import parse_number
from inquiries.models import Topic
from inquiries.public.form.email_typos import repaired, suggested_address

# Hangul fillers and the empty Braille cell.
INVISIBLE_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"


def check_storable(text, label):
    if any(c in "\x00\ufffd" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError(
            _("%(label)s: One character in this text can't be saved. Delete it, or type that word again."),
            code="unstorable",
            params={"label": label},
        )


def check_length(text, limit, label):
    excess = len(text) - limit
    if excess > 0:
        raise ValidationError(
            _("%(label)s: Shorten this text to %(length)s characters. It's %(too_many)s too long."),
            code="max_length",
            params={"label": label, "length": f"{limit:,}", "too_many": f"{excess:,}"},
        )


def is_blank(text):
    """Return whether all characters are invisible: spaces, control characters or invisible letters."""
    return all(c in INVISIBLE_LETTERS or unicodedata.category(c)[0] in "CZ" for c in text)


class RepairingEmailField(forms.EmailField):
    """An email field that repairs unambiguous typos ("bob @gmail.com", a dot at the end)."""

    def to_python(self, value):
        check_storable(value or "", self.label)
        return repaired(super().to_python(value))

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError:
            suggestion = suggested_address(value)  # "bob@gmailcom", "bob@gmail,com"
            if not suggestion or " " in suggestion:
                raise
            raise ValidationError(
                _("Did you mean %(meant)s?"), code="typo", params={"meant": suggestion}
            ) from None


class VerbatimCharField(forms.CharField):
    """Text in any script, stored byte for byte.

    Rejects what PostgreSQL can't store, and U+FFFD, which replaces bytes that aren't UTF-8.
    """

    def __init__(self, *args, length_limit=None, **kwargs):
        super().__init__(*args, strip=False, **kwargs)
        self.length_limit = length_limit

    def to_python(self, value):
        value = super().to_python(value)
        check_storable(value, self.label)
        if is_blank(value):
            return ""
        if self.length_limit:
            # Browsers send a line break as two characters; count one.
            has_lines = isinstance(self.widget, forms.Textarea)
            check_length(value.replace("\r\n", "\n") if has_lines else value, self.length_limit, self.label)
        return value


class NumberOrNoneField(forms.Field):
    """A hidden number, or None for any other text, without an error."""

    widget = forms.HiddenInput

    def to_python(self, value):
        return parse_number(str(value or ""))


class LabeledChoiceField(forms.ChoiceField):
    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(
                _("%(label)s Choose one of the answers in the list."),  # the labels are questions
                code="invalid_choice",
                params={"label": self.label},
            )


class TopicSelect(forms.Select):
    """A select whose options list the fields that their topic asks for, so that CSS shows only those."""

    asks: dict[str, str] = {}  # by the topic's code

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if asks := self.asks.get(value):
            option["attrs"]["data-asks"] = asks
        return option


class TopicField(LabeledChoiceField):
    """The code of a topic, which may be newer than the cached choices."""

    widget = TopicSelect

    def valid_value(self, value):
        if super().valid_value(value):
            return True
        with suppress(Error):
            return bool(slug_re.fullmatch(value)) and Topic.objects.filter(code=value).exists()
        return False


def is_npi(text: str) -> bool:
    """Check length and Luhn check digit; 24 accounts for the prefix 80840 of card issuers."""
    if not (len(text) == 10 and text.isascii() and text.isdecimal()):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return (24 + sum(doubled) + sum(int(digit) for digit in text[::-2])) % 10 == 0


def _hint_for(*, everybody="", **askers):
    """Return a hint with a text for each Asker, of which CSS shows the chosen one's, and one for all."""
    parts = [
        format_html('<span class="for for--{}">{}</span>', asker, text) for asker, text in askers.items()
    ]
    return format_html_join(" ", "{}", ((part,) for part in [*parts, everybody]))


def numbered(questions: list[str]) -> SafeString:
    """Return the questions of all topics as HTML, of which CSS shows the chosen topic's."""
    rows = ((number, question) for number, question in enumerate(questions, 1))
    return format_html_join(" ", '<span class="q--{}">{}</span>', rows)


hint_for = lazy(_hint_for, SafeString)
