"""Who may do what with inquiries. Nobody adds, edits, copies or deletes one through the admin."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies import ModelPermissionPolicy

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"

# What the screens ask for, and the permission that answers. Whatever is not here is refused,
# superusers included.
NEEDED = {
    "view": "inquiries.view_inquiry",
    "handle": "inquiries.change_inquiry",
    "hold": "inquiries.hold_inquiry",
    "person": "inquiries.person_inquiry",
}


class InquiryPermissionPolicy(ModelPermissionPolicy):
    """`view` to read inquiries, `handle` to work on them …; Wagtail's add, change and delete are refused.

    Whatever is done to an inquiry shows it, so that everything needs `view` as well.
    """

    def user_has_permission(self, user, action):
        return action in NEEDED and user.is_active and user.has_perms({NEEDED["view"], NEEDED[action]})

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        known = [NEEDED[action] for action in actions if action in NEEDED]
        users = get_user_model().objects.none()
        for permission in known:
            users |= get_user_model().objects.with_perm(permission, backend=MODEL_BACKEND)
        return users.distinct()


def colleagues():
    """Everyone who can handle inquiries, in the order of their names."""
    users = get_user_model().objects.with_perm("inquiries.change_inquiry", backend=MODEL_BACKEND)
    return users.order_by("first_name", "last_name", "username")
