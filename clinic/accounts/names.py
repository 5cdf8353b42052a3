"""Display names of staff."""

from django.contrib.auth.models import User


def display_name(user: User | None) -> str:
    """Return the full name or, without one, the username; "" for None."""
    return (user.get_full_name() or user.get_username()) if user else ""
