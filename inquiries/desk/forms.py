"""What the front desk's actions ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from inquiries.choices import Status

NOTHING_SEEN = _("This page did not say what it was showing. Look again, then repeat what you wanted to do.")


class SeenField(forms.IntegerField):
    """The id of the newest event that a screen showed."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": NOTHING_SEEN,
        "invalid": NOTHING_SEEN,
    }

    def to_python(self, value):
        seen = super().to_python(value)
        if seen is not None and not 0 <= seen < 2**63:
            raise forms.ValidationError(NOTHING_SEEN)
        return seen


class ActionForm(forms.Form):
    """One action on one inquiry. `seen` is the newest event that the screen showed."""

    name = ""
    seen = SeenField()

    def __init__(self, *args, inquiry=None, **kwargs):
        super().__init__(*args, auto_id=f"id_{self.name}_%s", **kwargs)
        self.inquiry = inquiry
        self.use_required_attribute = False


class TakeForm(ActionForm):
    name = "take"


class StatusForm(ActionForm):
    name = "status"
    status = forms.ChoiceField(label=_("Status"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # All of them are understood: the inquiry itself says which way is open.
        moves = self.inquiry.moves if self.inquiry and not self.is_bound else Status
        self.fields["status"].choices = [(status, Status(status).label) for status in moves]


class NoteForm(ActionForm):
    name = "note"
    text = forms.CharField(
        label=_("Note"),
        strip=False,
        max_length=5000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )
