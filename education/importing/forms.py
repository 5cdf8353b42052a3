"""Forms of an import: the document, then its pictures."""

import base64
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import Article, Refused
from education.importing.files import MAX_FILE_BYTES, read_article

ACCEPTED_EXTENSIONS = ".docx,.md,.markdown,.html,.htm,.txt"
MAX_ALT_LENGTH = 500


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Document"),
        required=False,
        allow_empty_file=True,  # read_article refuses it with better advice
        help_text=gettext_lazy("Word (.docx), Markdown, a web page (.html) or plain text. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_EXTENSIONS}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-takes-formatted-text": True}),
        help_text=gettext_lazy("Title first. Lists, tables and links pasted from Word are kept."),
    )
    # Set by education/paste.js if the text is pasted HTML.
    is_html = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste text, not both."))
        if file:
            name, data = file.name, file.read(MAX_FILE_BYTES + 1)
        else:
            name, data = "pasted.html" if cleaned["is_html"] else "pasted.txt", text.encode()
        try:
            read_article(name, data)
        except Refused as refusal:
            raise ValidationError({"file" if file else "text": str(refusal)}) from refusal
        return {"name": name, "data": data}


class PicturesForm(forms.Form):
    """A description for each picture, or the choice to leave it out."""

    def __init__(self, article: Article, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.article = article
        self.pictures = list(enumerate(article.pictures, start=1))
        for number, picture in self.pictures:
            self.fields[f"alt_{number}"] = forms.CharField(
                label=_("Description of picture %(number)s") % {"number": number},
                help_text=_("What a reader who can’t see it needs to know."),
                required=False,
                max_length=MAX_ALT_LENGTH,
                initial=picture.alt[:MAX_ALT_LENGTH],
            )
            self.fields[f"without_{number}"] = forms.BooleanField(
                label=_("Leave picture %(number)s out") % {"number": number}, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, picture in self.pictures:
            if cleaned.get(f"without_{number}"):
                self.article.remove_picture(picture)
            elif alt := cleaned.get(f"alt_{number}"):
                picture.alt = alt
            elif f"alt_{number}" not in self.errors:
                self.add_error(f"alt_{number}", _("Describe the picture, or leave it out."))
        return cleaned

    def rows(self) -> list[tuple[SafeString, forms.BoundField, forms.BoundField]]:
        pictures = self.article.document.pictures
        return [
            (thumbnail(pictures.get(picture.key)), self[f"alt_{number}"], self[f"without_{number}"])
            for number, picture in self.pictures
        ]


def thumbnail(data: bytes | None) -> SafeString:
    if data is None:  # already in the library
        return SafeString()
    source = base64.b64encode(data).decode()
    return format_html('<img src="data:image/*;base64,{}" alt="" class="import-picture">', source)
