"""The box under the message: a note or a call, then what happens next, saved together."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from inquiries.choices import OPEN, Call
from inquiries.desk.actions import ACTIONS
from inquiries.desk.forms import NoteField, SeenField
from inquiries.desk.queue.filters import colleague_choices
from inquiries.models import Inquiry

NOTE = "note"
NO_CALL = "no_call"
DID = [
    (NOTE, _("Note")),
    (Call.SPOKE, _("Spoke to the patient")),
    (Call.NO_ANSWER, _("No answer")),
    (Call.LEFT_MESSAGE, _("Left a voicemail")),
    (Call.WRONG_NUMBER, _("Wrong number")),
    (NO_CALL, _("No call needed")),
]
THEN = [
    ("", _("Keep it open")),
    ("call_back", _("Call back")),
    ("wait", _("Wait for the patient")),
    ("close", _("Close")),
]


class ComposerForm(forms.Form):
    use_required_attribute = False
    seen = SeenField()
    did = forms.ChoiceField(choices=DID, initial=NOTE, required=False)
    text = NoteField(label=_("Internal note"), required=False, rows=3)
    mention = forms.MultipleChoiceField(choices=colleague_choices, required=False)
    then = forms.ChoiceField(choices=THEN, required=False)

    def offer(self, inquiry: Inquiry) -> Self:
        """Set what the page offers for `inquiry`. The model checks what is sent."""
        can_call = inquiry.phone and inquiry.status in OPEN
        calls = Call.values if can_call else []
        kinds = {NOTE, *calls, *([NO_CALL] if inquiry.needs_urgent_call else [])} - (
            set() if inquiry.voicemail_ok else {Call.LEFT_MESSAGE}
        )
        self.kinds = [(value, label) for value, label in DID if value in kinds]
        self.nexts = [(value, label) for value, label in THEN if not value or ACTIONS[value].offered(inquiry)]
        return self

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        cleaned["text"] = with_mentions(cleaned.get("text", ""), cleaned.get("mention", []))
        if not self.errors and not self.steps():
            self.add_error("text", _("Write a note, log a call, or choose what happens next."))
        return cleaned

    def steps(self) -> list[tuple[str, dict[str, Any]]]:
        """Return (name of the action, what its form takes) of what was chosen, in order."""
        did, text, then = (self.cleaned_data.get(name, "") for name in ["did", "text", "then"])
        first = {"seen": self.cleaned_data.get("seen"), "text": text}
        steps = []
        if did == NO_CALL:
            steps.append((NO_CALL, first))
        elif did and did != NOTE:
            steps.append(("call", first | {"result": did}))
        elif text.strip():
            steps.append((NOTE, first))
        if then:
            steps.append((then, dict(self.data.items()) | {"text": ""}))
        return steps


def with_mentions(text: str, chosen: list[str]) -> str:
    """Put those chosen names in front of the note that it doesn't mention yet."""
    names = [f"@{name}" for pk, name in colleague_choices() if str(pk) in chosen]
    return " ".join([*(name for name in names if name not in text), text]).rstrip(" ")
