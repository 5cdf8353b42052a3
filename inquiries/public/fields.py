"""The fields of the inquiry form: any text is taken as it was typed, and what is wrong names its field."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.numbers import number_in

# Letters that show nothing: Hangul fillers and the empty Braille cell.
EMPTY_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"


def refuse_unstorable(text, label):
    if any(c in "\x00\ufffd" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError(
            _("%(label)s: A character in this text cannot be stored. Delete it, or type that word again."),
            code="unstorable",
            params={"label": label},
        )


def refuse_longer_than(length, text, label):
    too_many = len(text) - length
    if too_many > 0:
        raise ValidationError(
            _("%(label)s: Shorten this text to %(length)s characters. It is %(too_many)s too long."),
            code="max_length",
            params={"label": label, "length": f"{length:,}", "too_many": f"{too_many:,}"},
        )


def is_blank(text):
    """Whether there is nothing to see in it: white space, marks of direction and width, empty letters."""
    return all(c in EMPTY_LETTERS or unicodedata.category(c)[0] in "CZ" for c in text)


class AddressField(forms.EmailField):
    def to_python(self, value):
        refuse_unstorable(value or "", self.label)
        return super().to_python(value)


class AsTypedField(forms.CharField):
    """Text in any script, kept to the byte. Refuses only what PostgreSQL cannot store.

    U+FFFD stands where the browser sent bytes that are no UTF-8: keeping it would keep a damaged text.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, strip=False, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        refuse_unstorable(value, self.label)
        return "" if is_blank(value) else value


class NumberOrNoneField(forms.Field):
    """A hidden number that must never stand in a patient's way: what is not one is None."""

    widget = forms.HiddenInput

    def to_python(self, value):
        return number_in(str(value or ""))


class ListedField(forms.ChoiceField):
    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(
                _("%(label)s Choose one of the answers in the list."),  # the labels are questions
                code="invalid_choice",
                params={"label": self.label},
            )
