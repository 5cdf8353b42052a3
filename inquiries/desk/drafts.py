"""Drafts of notes and replies, including what is submitted after the session has timed out."""

from contextlib import suppress
from uuid import UUID

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import QueryDict
from django.urls import Resolver404, resolve

from inquiries.models import Draft, Question
from inquiries.models.staff.draft import DRAFT_FIELDS
from inquiries.permissions import CHANGE


def get_drafts(data: QueryDict) -> dict[str, str]:
    """Return the submitted note and reply, by field name, including empty ones."""
    return {box: str(data[box]).replace("\x00", "") for box in DRAFT_FIELDS if box in data}


def get_typed_drafts(data: QueryDict) -> dict[str, str]:
    """Return only texts that aren't empty. An empty field doesn't discard a draft typed in another tab."""
    return {box: text for box, text in get_drafts(data).items() if text.strip()}


def get_idempotency_key(data: QueryDict) -> UUID | None:
    """Return the submitted page's idempotency key, or None if it's missing or invalid."""
    with suppress(ValueError):
        return UUID(data.get("idempotency_key", ""))
    return None


@receiver(user_logged_out)
def save_draft_on_sign_out(sender, request, user, **kwargs) -> None:
    """Save the note or answer in a POST that was rejected because the session had timed out."""
    # Until Django has checked the CSRF token, the form may belong to a user who was signed in before.
    is_own_form = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    typed = get_typed_drafts(request.POST) if is_own_form else {}
    if not (user and typed):
        return
    with suppress(Resolver404, KeyError):  # URLs that don't belong to an inquiry
        match = resolve(request.path)
        if match.url_name == "question":
            for question in Question.objects.open_to(user).filter(pk=match.kwargs["pk"], answered_at=None):
                Draft.objects.store(question.inquiry_id, user, typed)
        elif "inquiry" in [*match.app_names, *match.namespaces] and user.has_perm(CHANGE):
            key = get_idempotency_key(request.POST)
            Draft.objects.store(match.kwargs["pk"], user, typed, unless_done=key)
