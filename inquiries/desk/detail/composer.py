"""The form under the message: a note or a call, and the next step, saved together."""

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
ACTIVITIES = [
    (NOTE, _("Note")),
    (Call.SPOKE, _("Spoke to the patient")),
    (Call.NO_ANSWER, _("No answer")),
    (Call.LEFT_MESSAGE, _("Left a voicemail")),
    (Call.WRONG_NUMBER, _("Wrong number")),
    (NO_CALL, _("No call needed")),
]
NEXT_STEPS = [
    ("", _("Keep it open")),
    ("call_back", _("Call back")),
    ("wait", _("Wait for the patient")),
    ("close", _("Close")),
]


class ComposerForm(forms.Form):
    use_required_attribute = False
    seen = SeenField()
    did = forms.ChoiceField(choices=ACTIVITIES, initial=NOTE, required=False)
    text = NoteField(label=_("Internal note"), required=False, rows=3)
    mention = forms.MultipleChoiceField(choices=colleague_choices, required=False)
    then = forms.ChoiceField(choices=NEXT_STEPS, required=False)

    def restrict_to(self, inquiry: Inquiry) -> Self:
        """Limit the displayed choices to those that fit the inquiry. Validation is the model's."""
        can_call = inquiry.phone and inquiry.status in OPEN
        calls = Call.values if can_call else []
        offered = {NOTE, *calls, *([NO_CALL] if inquiry.needs_urgent_call else [])}
        if not inquiry.voicemail_ok:
            offered.discard(Call.LEFT_MESSAGE)
        self.activities = [activity for activity in ACTIVITIES if activity[0] in offered]
        self.next_steps = [step for step in NEXT_STEPS if not step[0] or ACTIONS[step[0]].is_offered(inquiry)]
        return self

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        cleaned["text"] = with_mentions(cleaned.get("text", ""), cleaned.get("mention", []))
        if not self.errors and not self.steps():
            self.add_error("text", _("Write a note, log a call, or choose what happens next."))
        return cleaned

    def steps(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the chosen actions in order, as (name, form data) pairs."""
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


def with_mentions(text: str, mentioned: list[str]) -> str:
    """Prepend the names of mentioned colleagues that the text doesn't contain yet."""
    names = [f"@{name}" for pk, name in colleague_choices() if str(pk) in mentioned]
    return " ".join([*(name for name in names if name not in text), text]).rstrip(" ")
