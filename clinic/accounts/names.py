"""How a colleague is named on screens, in emails and on timelines."""

from django.contrib.auth.models import User


def display_name(user: User | None) -> str:
    """Return the full name, or else the user name; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""
