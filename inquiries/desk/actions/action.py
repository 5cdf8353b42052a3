"""Declarations of front-desk actions: the model method to call, and its form and labels."""

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
class BulkOptions:
    """Texts and options of an action that the queue offers for many inquiries."""

    question: Text
    aria_label: Text
    summary: Text  # a plural with %(number)s
    label: Text = ""  # button label, if the action's own is too long
    # Show full messages, which marks the inquiries as opened. Unopened inquiries are never erased.
    shows_messages: bool = False
    # Show the first words of each message, and warnings such as how many were never answered.
    closes_inquiries: bool = False


@dataclass(eq=False)
class Action:
    name: str  # used in URLs
    label: Text | Callable[[Inquiry], Text]
    perform: Callable[..., object]  # called with the inquiry, `by`, `seen`, and the form's cleaned data
    success_message: Text | Callable[[Inquiry], Text]
    fields: dict[str, forms.Field] = field(default_factory=dict)
    single_fields: dict[str, forms.Field] = field(default_factory=dict)  # not part of the bulk form
    permission: str = "handle"
    # Section of the page: "next", "then", "reply" or "more"; empty if the action isn't listed on its own.
    section: str = "more"
    is_offered: Callable[[Inquiry], bool] = lambda inquiry: True
    bulk: BulkOptions | None = None
    # If set, the page validates the data with this and then asks for confirmation.
    confirmation_check: Callable[[Inquiry, dict[str, Any]], None] | None = None

    @cached_property
    def form_class(self) -> type[ActionForm]:
        return type(f"{self.name.title()}Form", (ActionForm,), self.fields | self.single_fields)

    def form(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> ActionForm:
        return self.form_class(data, auto_id=f"id_{self.name}_%s", **kwargs)

    def label_for(self, inquiry: Inquiry) -> str:
        return str(self.label(inquiry) if callable(self.label) else self.label)

    def success_message_for(self, inquiry: Inquiry) -> str:
        return str(self.success_message(inquiry) if callable(self.success_message) else self.success_message)


def move_to(status: Status) -> Callable[..., None]:
    return lambda inquiry, **kwargs: inquiry.change_status(status, **kwargs)


def can_become(status: Status, *sources: Status) -> Callable[[Inquiry], bool]:
    return lambda inquiry: status in inquiry.next_statuses and (not sources or inquiry.status in sources)
