"""The managers' screens for data-subject requests: export and erasure.

Email addresses and phone numbers are sent in POST bodies only, never in a URL, a session or a log.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages

from clinic.text.numbers import parse_number
from inquiries.choices import OPEN
from inquiries.models import AccessKind
from inquiries.privacy import data_subject
from inquiries.privacy.logged_views import DeskPage


class ContactField(forms.CharField):
    """A field that returns a data_subject.Contact."""

    def __init__(self, **kwargs):
        # On a shared computer, the browser must not suggest another patient's address.
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        required = {"required": _("Enter an email address or a phone number.")}
        super().__init__(max_length=254, widget=widget, error_messages=required, **kwargs)

    def clean(self, value):
        return data_subject.Contact.read(super().clean(value))


class ContactForm(forms.Form):
    use_required_attribute = False
    contact = ContactField(
        label=_("Email address or phone number"),
        help_text=_("A phone number in any format. You can then download or erase the inquiries it finds."),
    )


class ErasureForm(ContactForm):
    seen = forms.CharField(required=False, max_length=64)
    again = ContactField(label=_("To confirm, type the email address or phone number again"))

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("contact"):
            raise forms.ValidationError(_("That isn't the email address or phone number you searched for."))
        return self.cleaned_data["again"]


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PersonView(DeskPage, TemplateView):
    """Base of the steps, each of which gets the contact from the previous one."""

    http_method_names = ["get", "head", "post", "options"]
    any_permission_required = ["person"]
    needs_choice = True  # of inquiries
    access = AccessKind.SEARCHED
    template_name = "inquiries/admin/person.html"
    page_title = _("Everything about a person")
    header_icon = "user"
    url_name = "inquiry:person"

    def post(self, request, *args, **kwargs):
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self.show_search(form)
        contact = form.cleaned_data["contact"]
        chosen = {parse_number(pk) for pk in request.POST.getlist("chosen")} - {None}
        if self.needs_choice and not contact.only(chosen).inquiries().exists():
            return self.show_all(contact, nothing_chosen=bool(contact.inquiries()), status=422)
        return self.handle(contact.only(chosen) if self.needs_choice else contact)

    def get(self, request, *args, **kwargs):
        """Redirect to the first step, because a sign-in in between loses the contact."""
        return redirect("inquiry:person")

    def show_all(self, contact, **context):
        """List all inquiries of the contact to choose from."""
        self.template_name = PersonView.template_name
        again = ContactForm(initial={"contact": contact.email or contact.phone})
        return self.show(contact, form=again, others=contact.others(), **context)

    def show_search(self, form, status=422):
        self.access = AccessKind.VIEWED  # no one was searched for
        self.template_name = PersonView.template_name
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def show(self, contact, *, status=200, **context):
        seen = contact.state()  # before the list, so that changes in between count as unseen
        inquiries = list(contact.inquiries())
        self.shown = [inquiry.pk for inquiry in inquiries]
        context = self.get_context_data(
            contact=contact.email or contact.phone,
            seen=seen,
            inquiries=inquiries,
            chosen=data_subject.with_similar_name(
                inquiries, parse_number(self.request.POST.get("about", ""))
            ),
            still_open=[inquiry for inquiry in inquiries if inquiry.status in OPEN],
            needs_urgent_call=[inquiry for inquiry in inquiries if inquiry.needs_urgent_call],
            on_hold=[inquiry for inquiry in inquiries if inquiry.on_hold],
            unopened=[inquiry for inquiry in inquiries if not inquiry.on_hold and not inquiry.is_opened],
            erasable=[inquiry for inquiry in inquiries if not inquiry.on_hold and inquiry.is_opened],
            **context,
        )
        return self.render_to_response(context, status=status)


class FindPerson(PersonView):
    """The search for a contact, and the list of its inquiries."""

    needs_choice = False

    def get(self, request, *args, **kwargs):
        return self.show_search(ContactForm(), status=200)

    def handle(self, contact):
        return self.show_all(contact)


class ExportPerson(PersonView):
    """The download of all stored data."""

    access = AccessKind.EXPORTED

    def handle(self, contact):
        self.shown = list(contact.inquiries().values_list("pk", flat=True))
        name = f"person-{timezone.localtime():%Y-%m-%d}.json"
        return JsonResponse(
            contact.everything(),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class AskToErase(PersonView):
    """The confirmation page, where the address or number has to be typed again."""

    template_name = "inquiries/admin/person_erase.html"

    def handle(self, contact):
        return self.show(contact, form=ErasureForm())


class ErasePerson(PersonView):
    template_name = "inquiries/admin/person_erase.html"

    def handle(self, contact):
        form = ErasureForm(self.request.POST)
        if not form.is_valid():
            return self.show(contact, form=form, status=422)
        try:
            erased = contact.erase(by=self.request.user, seen=form.cleaned_data["seen"])
        except data_subject.Changed:
            return self.show_all(contact._replace(ids=None), changed=True, status=409)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(contact, form=form, status=422)
        self.access = AccessKind.VIEWED  # the erasure has its own entry, and the redirect shows no one
        self.add_messages(erased)
        return redirect("inquiry:person")

    def add_messages(self, erased):
        number = erased["inquiries"]
        text = ngettext(
            "%(number)s inquiry is erased, with its timeline and emails.",
            "%(number)s inquiries are erased, with their timelines and emails.",
            number,
        )
        messages.success(self.request, text % {"number": number})
        if number := erased["on_hold"]:
            text = ngettext(
                "%(number)s is on legal hold and stays.", "%(number)s are on legal hold and stay.", number
            )
            messages.warning(self.request, text % {"number": number})
        if number := erased["unopened"]:
            text = ngettext(
                "%(number)s stays because nobody has opened it. Open it first.",
                "%(number)s stay because nobody has opened them. Open them first.",
                number,
            )
            messages.warning(self.request, text % {"number": number})
