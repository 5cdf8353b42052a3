from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

LONGEST_QUERY = 200


class SearchForm(forms.Form):
    """Stands in front of the database: refuses what it can't search for, a NUL byte for one."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": _("That is too long to search for. Try a few words."),
            "null_characters_not_allowed": _(
                "A character in this text cannot be searched for. Type the words again."
            ),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class PictureForm(BaseImageForm):
    """A picture's file never changes: what a clinician approved must be what readers see."""

    def clean_file(self):
        if self.instance.pk and "file" in self.changed_data:
            raise ValidationError(
                _("A published article may show this picture. Upload the new one as a picture of its own.")
            )
        return self.cleaned_data["file"]
