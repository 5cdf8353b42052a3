"""Display names of staff."""

from django.contrib.auth.models import User

MAX_NAME_LENGTH = 200  # as long as the columns that record who did something; Django allows 301 characters


def display_name(user: User | None) -> str:
    """Return the full name or, without one, the username; "" for None. At most MAX_NAME_LENGTH characters."""
    return (user.get_full_name() or user.get_username())[:MAX_NAME_LENGTH] if user else ""
