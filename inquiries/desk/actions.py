"""What can be done to an inquiry: each view takes a POST and calls one guarded method of the model."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from inquiries import email_queue
from inquiries.choices import Status
from inquiries.desk import forms as ask
from inquiries.desk.detail import InquiryPage
from inquiries.models import StaleInquiry


class ActionView(InquiryPage):
    """Do it and show the inquiry; or show it with what was typed and why nothing was done."""

    http_method_names = ["post", "options"]
    any_permission_required = ["handle"]
    form_class = None
    done = ""

    def perform(self, **answers):
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST, inquiry=self.inquiry)
        if not form.is_valid():
            return self.again(form, status=422)
        try:
            self.perform(by=request.user, **form.cleaned_data)
        except StaleInquiry as stale:
            del self.inquiry  # show it as it is now
            return self.again(form, status=409, changes=stale.events)
        except ValidationError as error:
            form.add_error(None, error)
            return self.again(form, status=422)
        messages.success(request, self.done)
        return redirect("inquiry:inspect", pk=self.inquiry.pk)

    def again(self, form, *, status, **context):
        forms = {form.name: form}
        context = self.get_context_data(refused=form.name, refused_form=form, forms=forms, **context)
        return self.render_to_response(context, status=status)


class Take(ActionView):
    form_class = ask.TakeForm
    done = _("It is yours now.")

    def perform(self, **answers):
        self.inquiry.take(**answers)


class ChangeStatus(ActionView):
    form_class = ask.StatusForm
    done = _("The status is changed.")

    def perform(self, *, status, **answers):
        if status == Status.NEW:
            self.not_spam(**answers)
        else:
            self.inquiry.change_status(status, **answers)

    def not_spam(self, **answers):
        if email_queue.not_spam(self.inquiry, **answers):
            self.done = _("It is in the queue again, and its letters are on their way.")


class Wait(ActionView):
    form_class = ask.WaitForm
    done = _("It waits, and comes back by itself.")

    def perform(self, **answers):
        self.inquiry.change_status(Status.WAITING, **answers)


class Close(ActionView):
    form_class = ask.CloseForm
    done = _("It is closed.")

    def perform(self, **answers):
        self.inquiry.change_status(Status.CLOSED, **answers)


class LogCall(ActionView):
    form_class = ask.CallForm
    done = _("The call is noted.")

    def perform(self, **answers):
        self.inquiry.log_call(**answers)


class AddNote(ActionView):
    form_class = ask.NoteForm
    done = _("The note is added.")

    def perform(self, **answers):
        self.inquiry.add_note(**answers)


class Assign(ActionView):
    form_class = ask.AssignForm
    done = _("It is assigned.")

    def perform(self, **answers):
        self.inquiry.assign(**answers)


class SetUrgent(ActionView):
    form_class = ask.UrgentForm
    done = _("The urgency is changed.")

    def perform(self, **answers):
        self.inquiry.set_urgent(**answers)


class Link(ActionView):
    form_class = ask.LinkForm
    done = _("The two are linked.")

    def perform(self, **answers):
        self.inquiry.link(**answers)


class Unlink(ActionView):
    form_class = ask.UnlinkForm
    done = _("The two are no longer linked.")

    def perform(self, **answers):
        self.inquiry.unlink(**answers)


class Hold(ActionView):
    any_permission_required = ["hold"]
    form_class = ask.HoldForm
    done = _("It is on legal hold: nothing erases it.")

    def perform(self, **answers):
        self.inquiry.hold(**answers)


class Release(ActionView):
    any_permission_required = ["hold"]
    form_class = ask.ReleaseForm
    done = _("The legal hold is lifted.")

    def perform(self, **answers):
        self.inquiry.release(**answers)


HANDLING = [Take, ChangeStatus, Wait, Close, LogCall, AddNote, Assign, SetUrgent, Link, Unlink]
ACTIONS = {view.form_class.name: view for view in [*HANDLING, Hold, Release]}
