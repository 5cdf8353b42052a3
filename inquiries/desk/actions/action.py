"""A front-desk action: a method of the model, and how the screens offer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise

from inquiries.choices import Status
from inquiries.desk.forms import ActionForm
from inquiries.models import Inquiry

Text = str | Promise


@dataclass(frozen=True)
class Many:
    """What the queue says if the action can be done to many inquiries at once."""

    question: Text
    aria_label: Text
    done: Text  # a plural of %(number)s
    label: Text = ""  # of the button, where the action's own would be too long
    # Show the messages: confirming counts as opening them, and only opened inquiries are ever erased.
    shows_messages: bool = False
    # Show how each message begins, and how many were never answered.
    ends_work: bool = False


@dataclass(eq=False)
class Action:
    name: str  # in addresses
    label: Text | Callable[[Inquiry], Text]
    do: Callable[..., object]  # takes the inquiry, `by`, `seen`, and what the fields say
    done: Text | Callable[[Inquiry], Text]
    fields: dict[str, forms.Field] = field(default_factory=dict)
    fields_for_one: dict[str, forms.Field] = field(default_factory=dict)  # not asked of many at once
    permission: str = "handle"
    place: str = "more"  # of the page: also "next", "then" or "reply"; "" if something else offers it
    offered: Callable[[Inquiry], bool] = lambda inquiry: True
    many: Many | None = None
    # Checks the answers before the page asks to confirm who will read them.
    asks_first: Callable[[Inquiry, dict[str, Any]], None] | None = None

    @cached_property
    def form_class(self) -> type[ActionForm]:
        return type(f"{self.name.title()}Form", (ActionForm,), self.fields | self.fields_for_one)

    def form(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> ActionForm:
        return self.form_class(data, auto_id=f"id_{self.name}_%s", **kwargs)

    def label_for(self, inquiry: Inquiry) -> str:
        return str(self.label(inquiry) if callable(self.label) else self.label)

    def done_to(self, inquiry: Inquiry) -> str:
        return str(self.done(inquiry) if callable(self.done) else self.done)


def move_to(status: Status) -> Callable[..., None]:
    return lambda inquiry, **answers: inquiry.change_status(status, **answers)


def can_become(status: Status, *sources: Status) -> Callable[[Inquiry], bool]:
    return lambda inquiry: status in inquiry.next_statuses and (not sources or inquiry.status in sources)
