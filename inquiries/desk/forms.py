"""Forms and form fields for the front desk's actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.accounts.names import display_name
from clinic.text import phones
from inquiries.lookup import references
from inquiries.models import Inquiry

STALE_PAGE_ERROR = _("This page was out of date. Check the inquiry, then try again.")
MAX_NOTE_LENGTH = 5000


class SeenField(forms.IntegerField):
    """The id of the newest event that the page showed."""

    widget = forms.HiddenInput
    default_error_messages = {"required": STALE_PAGE_ERROR, "invalid": STALE_PAGE_ERROR}

    def to_python(self, value):
        seen = super().to_python(value)
        if seen is not None and not 0 <= seen < 2**63:
            raise forms.ValidationError(STALE_PAGE_ERROR)
        return seen


class NoteField(forms.CharField):
    """Staff's text, not stripped. A line break counts as one character."""

    def __init__(self, *, rows: int, **kwargs):
        super().__init__(
            strip=False, max_length=MAX_NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
        )

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")  # browsers submit \r\n

    def validate(self, value):
        super().validate(value.strip())


def refuse_past(moment: datetime) -> None:
    if moment <= timezone.now():
        raise forms.ValidationError(_("Choose a time in the future."))


class FutureDateTimeField(forms.DateTimeField):
    """A future time in the clinic's time zone, entered with the browser's own picker."""

    default_validators = [refuse_past]

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return display_name(obj)


class FirstNonEmptyInput(forms.TextInput):
    """Text input that returns the first non-empty value, because a submit button may have the same name."""

    def value_from_datadict(self, data, files, name):
        return next(filter(None, data.getlist(name)), "")


class InquiryField(forms.CharField):
    """Another inquiry's reference, typed in or submitted by a button with the same name."""

    widget = FirstNonEmptyInput

    def clean(self, value):
        inquiry = Inquiry.objects.filter(reference=references.normalize(super().clean(value))).first()
        if not inquiry:
            raise forms.ValidationError(_("There is no inquiry with this reference."))
        return inquiry


class PhoneField(forms.CharField):
    """A phone number in any usual format; cleaned to a Phone, which may be empty."""

    def clean(self, value):
        text = super().clean(value)
        return phones.clean(text) if text else phones.Phone("", "")


class ActionForm(forms.Form):
    """Base form of an action on one inquiry. `seen` detects stale pages."""

    use_required_attribute = False
    seen = SeenField()


def tomorrow_morning(hours) -> datetime:
    """Return the default follow-up time: the next opening from tomorrow on, or tomorrow at 9 AM."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    return timezone.localtime(hours.next_opening(tomorrow) or tomorrow + timedelta(hours=9))


def get_unique_errors(invalid: Iterable[forms.Form]) -> list[str]:
    """Return all errors of the forms, without repetitions."""
    errors = (str(error) for form in invalid for errors in form.errors.values() for error in errors)
    return list(dict.fromkeys(errors))
