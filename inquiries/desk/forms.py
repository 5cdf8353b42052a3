"""What the front desk's actions ask for."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inquiries import references
from inquiries.choices import Call, Outcome, Status
from inquiries.models import Inquiry, shown_name
from inquiries.permissions import colleagues

NOTHING_SEEN = _("This page did not say what it was showing. Look again, then repeat what you wanted to do.")
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
    """A colleague's words, kept as typed."""

    def __init__(self, *, rows, **kwargs):
        super().__init__(
            strip=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
        )


class MomentField(forms.DateTimeField):
    """A time to come, on the clinic's clock; the browser's own picker asks for it."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


class ActionForm(forms.Form):
    """One action on one inquiry. `seen` is the newest event that the screen showed."""

    name = ""
    use_required_attribute = False
    seen = SeenField()

    def __init__(self, *args, inquiry=None, **kwargs):
        super().__init__(*args, auto_id=f"id_{self.name}_%s", **kwargs)
        self.inquiry = inquiry


class TakeForm(ActionForm):
    name = "take"


class StatusForm(ActionForm):
    """A move that needs nothing else to be said."""

    name = "status"
    status = forms.ChoiceField(
        label=_("Status"), choices=Status, error_messages={"required": _("Choose a status.")}
    )


class WaitForm(ActionForm):
    name = "wait"
    follow_up_at = MomentField(
        label=_("Comes back on"), error_messages={"required": _("Choose when it comes back.")}
    )


class CloseForm(ActionForm):
    name = "close"
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("", _("Choose …")), *Outcome.choices],
        error_messages={"required": _("Choose how it ended.")},
    )
    text = NoteField(label=_("Note (optional)"), required=False, rows=2)


class CallForm(ActionForm):
    name = "call"
    text = forms.CharField(
        label=_("What was said (optional)"), required=False, strip=False, max_length=NOTE_LENGTH
    )
    result = forms.ChoiceField(choices=Call, error_messages={"required": _("Say how the call went.")})


class NoteForm(ActionForm):
    name = "note"
    text = NoteField(label=_("Note"), rows=3, error_messages={"required": _("Write the note first.")})


class AssignForm(ActionForm):
    name = "assign"
    to = forms.ModelChoiceField(
        label=_("Colleague"), queryset=None, required=False, empty_label=_("Nobody: back to everybody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()
        self.fields["to"].label_from_instance = shown_name


class UrgentForm(ActionForm):
    name = "urgent"
    urgent = forms.BooleanField(required=False)


class LinkForm(ActionForm):
    name = "link"
    original = forms.CharField(
        label=_("Reference of the other inquiry"),
        error_messages={"required": _("Enter the reference of the other inquiry.")},
    )

    def clean_original(self):
        reference = references.normalise(self.cleaned_data["original"])
        original = Inquiry.objects.filter(reference=reference).first()
        if not original:
            raise forms.ValidationError(_("There is no inquiry with this reference."))
        return original


class UnlinkForm(ActionForm):
    name = "unlink"


class HoldForm(ActionForm):
    name = "hold"
    text = NoteField(label=_("Why (optional)"), required=False, rows=2)


class ReleaseForm(HoldForm):
    name = "release"


def tomorrow_morning(hours):
    """When an inquiry that waits comes back if nobody says otherwise: when the next day's work begins."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    return timezone.localtime(hours.next_opening(tomorrow) or tomorrow + timedelta(hours=9))
