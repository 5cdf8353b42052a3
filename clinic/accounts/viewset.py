"""Accounts as managers keep them: Wagtail's user screens, without passwords or a way up to administrator."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from clinic.accounts import invitations


class NoAdministrators:
    """Administrators are made on the server (`manage.py createsuperuser`), never by a form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True


class AccountCreationForm(NoAdministrators, UserCreationForm):
    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(NoAdministrators, UserEditForm):
    begin_anew = forms.BooleanField(
        label=gettext_lazy("Begin anew with an invitation"),
        required=False,
        help_text=gettext_lazy(
            "For someone who has lost their phone or fears that somebody knows their password. Password,"
            " authenticator app, passkeys and recovery codes stop working, they are signed out everywhere,"
            " and get a letter with a link to set it all up again. Make sure first that it is they who ask."
        ),
    )

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        if editing_self:
            del self.fields["begin_anew"]


def leave_administrators_alone(request, action_type, objects, action):
    """Before a bulk action: nobody does to an administrator, one of many, what AccountEditView refuses."""
    administrators = [item for item in objects if getattr(item, "is_superuser", False)]
    if administrators and not request.user.is_superuser:
        raise PermissionDenied


class AccountCreateView(CreateView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        _invite(self.request, self.object)
        if not self.object.groups.exists():
            messages.warning(self.request, _("This account has no role yet: nothing is open to it."))
        return response


class AccountEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        # Else a manager could have an administrator's invitation sent to themselves.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        old_address = form.initial["email"]
        response = super().form_valid(form)
        if old_address and "email" in form.changed_data:
            invitations.tell_of_new_address(self.object, old_address)
        if form.cleaned_data.get("begin_anew"):
            invitations.begin_anew(self.object)
            _invite(self.request, self.object)
        return response


def _invite(request, user):
    invitations.invite(user)
    messages.info(request, _("An invitation to %s is on its way. Its link works for a day.") % user.email)


class AccountViewSet(UserViewSet):
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm
