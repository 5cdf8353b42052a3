"""The fields of the inquiry form: they take any text as it was typed, and errors name their field."""

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

from clinic.text.numbers import number_in
from inquiries.models import Topic
from inquiries.public.form.email_typos import likely_meant, repaired

# Invisible letters: Hangul fillers and the empty Braille cell.
EMPTY_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"


def refuse_unstorable(text, label):
    if any(c in "\x00\ufffd" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError(
            _("%(label)s: One character in this text can't be saved. Delete it, or type that word again."),
            code="unstorable",
            params={"label": label},
        )


def refuse_longer_than(length, text, label):
    too_many = len(text) - length
    if too_many > 0:
        raise ValidationError(
            _("%(label)s: Shorten this text to %(length)s characters. It's %(too_many)s too long."),
            code="max_length",
            params={"label": label, "length": f"{length:,}", "too_many": f"{too_many:,}"},
        )


def is_blank(text):
    """Whether it shows nothing: white space, marks of direction and width, invisible letters."""
    return all(c in EMPTY_LETTERS or unicodedata.category(c)[0] in "CZ" for c in text)


class AddressField(forms.EmailField):
    """An email address; certain typos ("bob @gmail.com", a dot at the end) are repaired."""

    def to_python(self, value):
        refuse_unstorable(value or "", self.label)
        return repaired(super().to_python(value))

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError:
            meant = likely_meant(value)  # "bob@gmailcom", "bob@gmail,com"
            if not meant or " " in meant:
                raise
            raise ValidationError(
                _("Did you mean %(meant)s?"), code="typo", params={"meant": meant}
            ) from None


class AsTypedField(forms.CharField):
    """Text in any script, kept to the byte. Refuses only what PostgreSQL cannot store.

    U+FFFD stands for bytes that aren't UTF-8: keeping it would keep a damaged text.
    """

    def __init__(self, *args, longest=None, **kwargs):
        super().__init__(*args, strip=False, **kwargs)
        self.longest = longest

    def to_python(self, value):
        value = super().to_python(value)
        refuse_unstorable(value, self.label)
        if is_blank(value):
            return ""
        if self.longest:
            # Browsers send a line's end as two characters; people count one.
            has_lines = isinstance(self.widget, forms.Textarea)
            refuse_longer_than(self.longest, value.replace("\r\n", "\n") if has_lines else value, self.label)
        return value


class NumberOrNoneField(forms.Field):
    """A hidden number that never causes an error: None for any other text."""

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


class TopicSelect(forms.Select):
    """Each option says which fields it asks for (`asks`, by code): the style sheet shows only those."""

    asks: dict[str, str] = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if asks := self.asks.get(value):
            option["attrs"]["data-asks"] = asks
        return option


class TopicField(ListedField):
    """The code of a topic, also of one that was added a moment ago."""

    widget = TopicSelect

    def valid_value(self, value):
        if super().valid_value(value):
            return True
        with suppress(Error):
            return bool(slug_re.fullmatch(value)) and Topic.objects.filter(code=value).exists()
        return False


def is_npi(text: str) -> bool:
    """Check length and Luhn check digit; 24 stands for the prefix 80840 that cards put in front."""
    if not (len(text) == 10 and text.isascii() and text.isdecimal()):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return (24 + sum(doubled) + sum(int(digit) for digit in text[::-2])) % 10 == 0


def _hint_for(*, everybody="", **askers):
    """A hint with words for each Asker, of which the style sheet shows the right ones, then the rest."""
    parts = [
        format_html('<span class="for for--{}">{}</span>', asker, words) for asker, words in askers.items()
    ]
    return format_html_join(" ", "{}", ((part,) for part in [*parts, everybody]))


def numbered(questions: list[str]) -> SafeString:
    """The questions of all topics: the style sheet shows the chosen one's."""
    rows = ((number, question) for number, question in enumerate(questions, 1))
    return format_html_join(" ", '<span class="q--{}">{}</span>', rows)


hint_for = lazy(_hint_for, SafeString)
