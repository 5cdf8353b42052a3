"""What can be done to an inquiry: each view takes a POST and calls one guarded method of the model."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from inquiries.desk.forms import NoteForm, StatusForm, TakeForm
from inquiries.desk.page import InquiryPage
from inquiries.models import StaleInquiry


class ActionView(InquiryPage):
    """Do it and show the inquiry; or show it with what was typed and why nothing was done."""

    http_method_names = ["post", "options"]
    any_permission_required = ["handle"]
    form_class = None
    done = ""

    def perform(self, answers):
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST, inquiry=self.inquiry)
        if not form.is_valid():
            return self.again(form, status=422)
        answers = form.cleaned_data.copy()
        try:
            self.perform({"by": request.user, "seen": answers.pop("seen"), **answers})
        except StaleInquiry as stale:
            del self.inquiry  # show it as it is now
            return self.again(form, status=409, changes=stale.events)
        except ValidationError as error:
            form.add_error(None, error)
            return self.again(form, status=422)
        messages.success(request, self.done)
        return redirect("inquiry:inspect", pk=self.inquiry.pk)

    def again(self, form, *, status, **context):
        context = self.get_context_data(refused=form, forms={form.name: form}, **context)
        return self.render_to_response(context, status=status)


class Take(ActionView):
    form_class = TakeForm
    done = _("It is yours now.")

    def perform(self, answers):
        self.inquiry.take(**answers)


class ChangeStatus(ActionView):
    form_class = StatusForm
    done = _("The status is changed.")

    def perform(self, answers):
        self.inquiry.change_status(**answers)


class AddNote(ActionView):
    form_class = NoteForm
    done = _("The note is added.")

    def perform(self, answers):
        self.inquiry.add_note(**answers)


ACTIONS = {"take": Take, "status": ChangeStatus, "note": AddNote}
