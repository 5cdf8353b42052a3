"""Wagtail's user views for managers, without passwords, and without a way to become an administrator."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from clinic.accounts import emails, second_factors
from clinic.models.settings_form import ConcurrentEditMixin


class AdministratorFieldDisabledMixin:
    """Allows creating administrators only on the server, with `manage.py createsuperuser`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True


class AccountCreationForm(AdministratorFieldDisabledMixin, UserCreationForm):
    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(AdministratorFieldDisabledMixin, ConcurrentEditMixin, UserEditForm):
    reset_account = forms.BooleanField(
        label=gettext_lazy("Reset account and send a new invitation"),
        required=False,
        help_text=gettext_lazy(
            "For someone who lost their phone, or whose password someone else may know. Their password,"
            " authenticator app, passkeys and recovery codes stop working, they're signed out everywhere,"
            " and they get an email with a link to set everything up again. First make sure it's really them."
        ),
    )

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        if editing_self:
            del self.fields["reset_account"]


def protect_administrators(request, action_type, objects, action):
    """Reject bulk actions on administrators by other users."""
    if not request.user.is_superuser and any(getattr(item, "is_superuser", False) for item in objects):
        raise PermissionDenied


class AccountIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's columns, with roles instead of the access level."""
        roles = Column("roles", accessor=roles_of, label=_("Role"), width="20%")
        return [roles if column.name == "is_superuser" else column for column in super().columns]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")


def roles_of(user: User) -> str:
    names = sorted(group.name for group in user.groups.all())
    return ", ".join([*([_("Administrator")] if user.is_superuser else []), *names])


class AccountCreateView(CreateView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        _invite(self.request, self.object)
        if not self.object.groups.exists():
            messages.warning(self.request, _("This account has no role yet, so it can't do anything."))
        return response


class AccountEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        # Otherwise a manager could change an administrator's email address and reset the account.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        old_address = form.initial["email"]
        response = super().form_valid(form)
        if old_address and "email" in form.changed_data:
            # Warn the owner, in case somebody else changed it.
            emails.notify(self.object, "account/email/address_changed", to=old_address)
        if form.cleaned_data.get("reset_account"):
            second_factors.reset_account(self.object)
            _invite(self.request, self.object)
        return response


def _invite(request, user):
    emails.invite(user)
    messages.info(request, _("We're sending an invitation to %s. Its link works for 24 hours.") % user.email)


class AccountViewSet(UserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm
