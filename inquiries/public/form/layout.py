"""Layout of the patients' form."""

from collections.abc import Container

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

DETAIL_FIELDS = ["extra", "times", "visit", "insurance"]  # which a Topic can ask for
FOLDED_FIELDS = ["location", "preferred_contact", "best_time", "voicemail_ok"]

HONEYPOT = (
    '<p hidden><label>{% load i18n %}{% translate "Leave this empty" %}'
    ' <input name="url" tabindex="-1" autocomplete="off"></label></p>'
)

FOLD_START = (
    '<details class="more"{% if form.opens_fold %} open{% endif %}>'
    '{% load i18n %}<summary>{% translate "More choices (optional)" %}</summary>'
)


def helper_for(fields: Container[str]) -> FormHelper:
    """Return the layout for a form with these fields."""
    helper = FormHelper()
    helper.form_action = reverse("inquiries:contact")
    helper.attrs = {"novalidate": True, "id": "inquiry-form"}
    helper.disable_csrf = True  # there's no session: see cross_site.py
    details = [name for name in DETAIL_FIELDS if name in fields]
    folded = [name for name in FOLDED_FIELDS if name in fields]
    helper.layout = Layout(
        Fieldset(_("Your question"), "asker", "patient_name", "topic", *details, "message"),
        Fieldset(
            _("How can we reach you?"),
            "name",
            "practice",
            "npi",
            "phone",
            "email",
            *(["texts_ok"] if "texts_ok" in fields else []),
            HTML(FOLD_START),
            *folded,
            HTML("</details>"),
        ),
        HTML(HONEYPOT),
        "asked_about",
        "page",
        "page_revision",
        HTML('{% include "inquiries/includes/privacy.html" %}'),
    )
    helper.add_input(Submit("", _("Send")))
    return helper
