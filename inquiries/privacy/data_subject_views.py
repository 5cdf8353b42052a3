"""The managers' screens for data-subject requests: export and erasure.

Addresses and numbers travel in the body of a POST only, never in a URL, a session or a log.
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

from clinic.text.numbers import number_in
from inquiries.choices import OPEN
from inquiries.models import AccessKind
from inquiries.privacy import data_subject
from inquiries.privacy.logged_views import DeskPage


class ContactField(forms.CharField):
    """Turns what was typed into a data_subject.Contact."""

    def __init__(self, **kwargs):
        # A shared computer's browser must not offer the last patient's address.
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
    """One of the steps; each gets the contact from the one before."""

    http_method_names = ["get", "head", "post", "options"]
    any_permission_required = ["person"]
    needs_choice = True  # which of the inquiries are meant
    access = AccessKind.SEARCHED
    template_name = "inquiries/admin/person.html"
    page_title = _("Everything about a person")
    header_icon = "user"
    url_name = "inquiry:person"

    def post(self, request, *args, **kwargs):
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        contact = form.cleaned_data["contact"]
        chosen = {number_in(pk) for pk in request.POST.getlist("chosen")} - {None}
        if self.needs_choice and not contact.only(chosen).inquiries().exists():
            return self.show_all(contact, nothing_chosen=bool(contact.inquiries()), status=422)
        return self.found(contact.only(chosen) if self.needs_choice else contact)

    def get(self, request, *args, **kwargs):
        """Redirect to the first step after a sign-in that interrupted the others."""
        return redirect("inquiry:person")

    def show_all(self, contact, **context):
        """List all inquiries with the address or number, to choose from."""
        self.template_name = PersonView.template_name
        again = ContactForm(initial={"contact": contact.email or contact.phone})
        return self.show(contact, form=again, others=contact.others(), **context)

    def ask(self, form, status=422):
        self.access = AccessKind.VIEWED  # nobody was looked for
        self.template_name = PersonView.template_name
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def show(self, contact, *, status=200, **context):
        seen = contact.state()  # before the list is read, so that later changes count as not seen
        inquiries = list(contact.inquiries())
        self.shown = [inquiry.pk for inquiry in inquiries]
        context = self.get_context_data(
            contact=contact.email or contact.phone,
            seen=seen,
            inquiries=inquiries,
            chosen=data_subject.of_one_name(inquiries, number_in(self.request.POST.get("about", ""))),
            still_open=[inquiry for inquiry in inquiries if inquiry.status in OPEN],
            needs_urgent_call=[inquiry for inquiry in inquiries if inquiry.needs_urgent_call],
            on_hold=[inquiry for inquiry in inquiries if inquiry.on_hold],
            unopened=[inquiry for inquiry in inquiries if not inquiry.on_hold and not inquiry.is_opened],
            free=[inquiry for inquiry in inquiries if not inquiry.on_hold and inquiry.is_opened],
            **context,
        )
        return self.render_to_response(context, status=status)


class FindPerson(PersonView):
    """Asks for the address or number, then shows what there is."""

    needs_choice = False

    def get(self, request, *args, **kwargs):
        return self.ask(ContactForm(), status=200)

    def found(self, contact):
        return self.show_all(contact)


class ExportPerson(PersonView):
    """Everything that is stored, as a file."""

    access = AccessKind.EXPORTED

    def found(self, contact):
        self.shown = list(contact.inquiries().values_list("pk", flat=True))
        name = f"person-{timezone.localtime():%Y-%m-%d}.json"
        return JsonResponse(
            contact.everything(),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class AskToErase(PersonView):
    """Says what would be gone, and has the address or number typed again."""

    template_name = "inquiries/admin/person_erase.html"

    def found(self, contact):
        return self.show(contact, form=ErasureForm())


class ErasePerson(PersonView):
    template_name = "inquiries/admin/person_erase.html"

    def found(self, contact):
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
        self.access = AccessKind.VIEWED  # the erasure has its own entry, and this answer shows nobody
        self.tell(erased)
        return redirect("inquiry:person")

    def tell(self, erased):
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
