"""How the patient's form is drawn: its groups of fields, in order."""

from collections.abc import Container

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

DETAILS = ["extra", "times", "visit", "insurance"]  # what topics ask besides: see Topic
MORE = ["location", "preferred_contact", "best_time", "voicemail_ok"]  # folded: most people skip these

# People don't see it, and browsers don't fill it in; programs that send spam fill in every field.
TRAP = (
    '<p hidden><label>{% load i18n %}{% translate "Leave this empty" %}'
    ' <input name="url" tabindex="-1" autocomplete="off"></label></p>'
)

MORE_BEGINS = (
    '<details class="more"{% if form.opens_more %} open{% endif %}>'
    '{% load i18n %}<summary>{% translate "More choices (optional)" %}</summary>'
)


def helper_for(fields: Container[str]) -> FormHelper:
    """Return the layout for a form that has these fields."""
    helper = FormHelper()
    helper.form_action = reverse("inquiries:contact")
    helper.attrs = {"novalidate": True, "id": "inquiry-form"}
    # The form rides on no session: see cross_site.py.
    helper.disable_csrf = True
    besides = [name for name in DETAILS if name in fields]
    more = [name for name in MORE if name in fields]
    helper.layout = Layout(
        Fieldset(_("Your question"), "asker", "patient_name", "topic", *besides, "message"),
        Fieldset(
            _("How can we reach you?"),
            "name",
            "practice",
            "npi",
            "phone",
            "email",
            *(["texts_ok"] if "texts_ok" in fields else []),
            HTML(MORE_BEGINS),
            *more,
            HTML("</details>"),
        ),
        HTML(TRAP),
        "asked_about",
        "page",
        "page_revision",
        HTML('{% include "inquiries/includes/privacy.html" %}'),
    )
    helper.add_input(Submit("", _("Send")))
    return helper
