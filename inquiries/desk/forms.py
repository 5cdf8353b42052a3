"""Form fields of the front desk's actions, and the form that holds them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.accounts.names import display_name
from clinic.text import phones
from inquiries.lookup import references
from inquiries.models import Inquiry

NOTHING_SEEN = _("This page was out of date. Check the inquiry, then try again.")
NOTE_LENGTH = 5000


class SeenField(forms.IntegerField):
    """The id of the newest event that a screen showed."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOTHING_SEEN, "invalid": NOTHING_SEEN}

    def to_python(self, value):
        seen = super().to_python(value)
        if seen is not None and not 0 <= seen < 2**63:
            raise forms.ValidationError(NOTHING_SEEN)
        return seen


class NoteField(forms.CharField):
    """A colleague's words, kept as typed; a line break counts as one character."""

    def __init__(self, *, rows: int, **kwargs):
        super().__init__(
            strip=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
        )

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")  # browsers send two

    def validate(self, value):
        super().validate(value.strip())


def refuse_past(moment: datetime) -> None:
    if moment <= timezone.now():
        raise forms.ValidationError(_("Choose a time in the future."))


class MomentField(forms.DateTimeField):
    """A future time on the clinic's clock, with the browser's own picker."""

    default_validators = [refuse_past]

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return display_name(obj)


class FirstFilledInput(forms.TextInput):
    """Takes the first value that isn't empty: a pressed button may have the same name."""

    def value_from_datadict(self, data, files, name):
        return next(filter(None, data.getlist(name)), "")


class InquiryField(forms.CharField):
    """Another inquiry, typed in as its reference or chosen by a button of the same name."""

    widget = FirstFilledInput

    def clean(self, value):
        inquiry = Inquiry.objects.filter(reference=references.normalize(super().clean(value))).first()
        if not inquiry:
            raise forms.ValidationError(_("There is no inquiry with this reference."))
        return inquiry


class PhoneField(forms.CharField):
    """A number as people type it; an empty Phone if there's none."""

    def clean(self, value):
        text = super().clean(value)
        return phones.cleaned(text) if text else phones.Phone("", "")


class ActionForm(forms.Form):
    """One action on one inquiry. `seen` is the newest event that the screen showed."""

    use_required_attribute = False
    seen = SeenField()


def tomorrow_morning(hours) -> datetime:
    """The default time for a snoozed inquiry to come back: when the next day's work begins."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    return timezone.localtime(hours.next_opening(tomorrow) or tomorrow + timedelta(hours=9))


def errors_of(refused: Iterable[forms.Form]) -> list[str]:
    """Return what is wrong with some forms, each sentence once."""
    return list(
        dict.fromkeys(str(error) for form in refused for errors in form.errors.values() for error in errors)
    )
