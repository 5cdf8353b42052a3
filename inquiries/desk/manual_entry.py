"""Manual entry of inquiries that patients make by phone or in person."""

from contextlib import suppress

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from inquiries.choices import Asker, Source
from inquiries.models import Inquiry, StaleInquiry
from inquiries.privacy.logged_views import DeskPage
from inquiries.public.form.inquiry_form import InquiryForm
from inquiries.public.form.offer import recent_offer

LABELS = {
    "topic": _("What is it about?"),
    "extra": _("Answer to the topic's extra question"),
    "times": _("What days and times work for them?"),
    "visit": _("Have they been a patient here before?"),
    "insurance": _("Insurance"),
    "location": _("Office"),
    "message": _("Reason for call"),
    "asker": _("Who is asking?"),
    "name": _("Caller's name"),
    "patient_name": _("Patient's name, if someone else asks"),
    "practice": _("Practice, if a clinician refers"),
    "npi": _("NPI"),
    "phone": _("Phone number"),
    "email": _("Email address"),
    "preferred_contact": _("How should we reply?"),
    "best_time": _("When is a good time to call?"),
    "voicemail_ok": _("OK to leave voicemail"),
    "texts_ok": _("OK to text when there's an answer"),
}
REQUIRED_MESSAGES = {"name": _("Enter the caller's name."), "message": _("Enter the reason for the call.")}
ASKER_CHOICES = [
    (Asker.PATIENT, _("The patient")),
    (Asker.CAREGIVER, _("Family member or caregiver")),
    (Asker.CLINICIAN, _("Referring doctor's office")),
]


class EntryForm(InquiryForm):
    """The patient's form with labels for staff; validation is the same."""

    source = forms.ChoiceField(
        label=_("How did they contact us?"),
        choices=[(Source.PHONE, Source.PHONE.label), (Source.WALK_IN, Source.WALK_IN.label)],
        initial=Source.PHONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how they contacted us."),
            "invalid_choice": _("Choose how they contacted us."),
        },
    )
    field_order = ["source", "name", "phone", "email", "message", "topic"]
    field_order += ["asker", "patient_name", "practice", "npi", "preferred_contact"]
    conditional_fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, offer=recent_offer(), **kwargs)
        for name in LABELS.keys() & self.fields.keys():
            self.fields[name].label = LABELS[name]
            self.fields[name].help_text = ""
        for name, message in REQUIRED_MESSAGES.items():
            self.fields[name].error_messages["required"] = message
        self.fields["asker"].choices = ASKER_CHOICES
        for field in self.fields.values():
            field.widget.attrs.pop("autocomplete", None)  # would suggest the colleague's own data
        if not self.is_bound:
            self.fields["name"].widget.attrs["autofocus"] = True
        for name in ["url", "page", "page_revision"]:
            del self.fields[name]

    def check_reachable(self, email, phone, preferred):
        if not email and not phone:
            self.add_error("phone", _("Enter a phone number or an email address so we can reach the caller."))
        else:
            super().check_reachable(email, phone, preferred)

    def enter(self, by):
        return Inquiry.objects.enter(by=by, source=self.cleaned_data["source"], **self.answers())


class EnterInquiry(DeskPage, FormView):
    """Create an inquiry that records its source and the colleague who entered it."""

    any_permission_required = ["handle"]
    template_name = "inquiries/admin/enter.html"
    form_class = EntryForm
    page_title = _("Enter a call or visit")
    header_icon = "plus"

    def form_valid(self, form):
        inquiry = form.enter(self.request.user)
        if "take" in self.request.POST and inquiry.assignee_id != self.request.user.pk:
            with suppress(StaleInquiry):  # someone else was faster; the page shows the assignee
                inquiry.take(by=self.request.user, seen=inquiry.events.last().pk)
        messages.success(self.request, _("Inquiry saved."))
        return redirect("inquiry:inspect", pk=inquiry.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
