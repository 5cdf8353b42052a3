"""Forms that detect concurrent edits."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class ConcurrentEditMixin:
    """Makes a ModelForm refuse to overwrite newer changes. Its template has to render `opened_with`."""

    data: Any
    fields: dict[str, forms.Field]
    initial: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        meta = self.instance._meta
        fields = [field for field in [*meta.concrete_fields, *meta.many_to_many] if field.name in self.fields]
        self.stored = {field.name: digest(field.value_from_object(self.instance)) for field in fields}
        self.fields["opened_with"] = forms.JSONField(required=False, widget=forms.HiddenInput)
        self.initial["opened_with"] = self.stored

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        opened = cleaned.pop("opened_with", None)
        opened = opened if isinstance(opened, dict) else {}
        changed = [name for name, stored in self.stored.items() if opened.get(name, stored) != stored]
        if changed:
            # The next Save will overwrite them.
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_with")] = json.dumps(self.stored)  # type: ignore[attr-defined]
            labels = get_text_list([str(self.fields[name].label) for name in changed], _("and"))
            raise ValidationError(
                _(
                    "Someone else has changed this: %(fields)s. Nothing was saved. To see their changes,"
                    " open this page in another tab. To replace them with yours, press Save again."
                )
                % {"fields": labels}
            )
        return cleaned


class SettingsForm(ConcurrentEditMixin, WagtailAdminModelForm):
    """The `base_form_class` of settings, which have no revisions to restore lost text from."""


def digest(value: Any) -> str:
    """Return a short digest of a field's value, or of its raw data for a StreamField."""
    if isinstance(value, list):  # from a ManyToManyField
        value = sorted(row.pk for row in value)
    text = str(list(value.raw_data) if hasattr(value, "raw_data") else value)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
