"""Permissions for inquiries. Wagtail's own add, edit, copy and delete are refused to everyone."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

VIEW = "inquiries.view_inquiry"
CHANGE = "inquiries.change_inquiry"
HOLD = "inquiries.hold_inquiry"
PERSON = "inquiries.person_inquiry"
EXPORT = "inquiries.export_inquiry"
RESEND = "inquiries.resend_letter"
ANSWER = "inquiries.answer_question"
SHARE_VIEWS = "inquiries.share_savedview"
FIGURES = "inquiries.view_dailyfigure"
VIEW_LOG = "inquiries.view_accessentry"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"

# Actions that aren't listed are refused, even to superusers.
ACTION_PERMISSIONS = {"view": VIEW, "handle": CHANGE, "hold": HOLD, "person": PERSON}


class InquiryPermissionPolicy(ModelPermissionPolicy):
    """Maps the actions of our views to permissions. Each action shows the inquiry, so it needs `view` too."""

    def user_has_permission(self, user, action):
        needed = ACTION_PERMISSIONS.get(action)
        return needed is not None and user.is_active and user.has_perms({VIEW, needed})

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class QuestionPermissionPolicy(ModelPermissionPolicy):
    """Lets clinicians into their questions; QuestionQuerySet.open_to limits which ones."""

    def user_has_permission(self, user, action):
        return user.is_active and user.has_perm(ANSWER)

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, actions)


def clinicians() -> QuerySet[User]:
    """Return the users who can be asked a question."""
    return with_permission(ANSWER, superusers=False)


def managers() -> QuerySet[User]:
    """Return the users who get the figures."""
    return with_permission(FIGURES, superusers=False)


def colleagues() -> QuerySet[User]:
    """Return the users who can handle inquiries."""
    return with_permission(CHANGE)


def with_permission(permission: str, superusers: bool = True) -> QuerySet[User]:
    """Return active users with the permission, ordered by name."""
    users = get_user_model().objects.with_perm(
        permission, backend=MODEL_BACKEND, include_superusers=superusers
    )
    return users.order_by("first_name", "last_name", "username")
