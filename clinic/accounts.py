"""Accounts as managers keep them: Wagtail's user screens, with no way up to administrator."""

from django.core.exceptions import PermissionDenied
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, UserViewSet


class NoAdministrators:
    """Administrators are made on the server (`manage.py createsuperuser`), never by a form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True


class AccountCreationForm(NoAdministrators, UserCreationForm):
    pass


class AccountEditForm(NoAdministrators, UserEditForm):
    pass


class AccountEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        # Else a manager could set an administrator's password and sign in as one.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(UserViewSet):
    edit_view_class = AccountEditView

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm
