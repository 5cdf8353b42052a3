"""Keep what a colleague sent after the session had ended, until they sign in again."""

from contextlib import suppress
from uuid import UUID

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import QueryDict
from django.urls import Resolver404, resolve

from inquiries.desk.forms import NOTE_LENGTH
from inquiries.models import Draft, Question
from inquiries.models.staff.draft import DRAFT_FIELDS
from inquiries.permissions import CHANGE


def boxes_in(data: QueryDict) -> dict[str, str]:
    """Return the texts of the boxes for a note and a reply that the page had."""
    return {box: str(data[box]).replace("\x00", "")[:NOTE_LENGTH] for box in DRAFT_FIELDS if box in data}


def typed_in(data: QueryDict) -> dict[str, str]:
    """Of `boxes_in`, those with words: an empty one says nothing of what was typed in another tab."""
    return {box: text for box, text in boxes_in(data).items() if text.strip()}


def key_in(data: QueryDict) -> UUID | None:
    """Return the idempotency key of the page that was sent."""
    with suppress(ValueError):
        return UUID(data.get("idempotency_key", ""))
    return None


@receiver(user_logged_out)
def keep_what_was_sent(sender, request, user, **kwargs) -> None:
    """Keep the note or answer of a POST that the sign-out after a pause refuses."""
    # Before Django has compared the token, it may be a form of the person who was signed in before.
    is_own = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    typed = typed_in(request.POST) if is_own else {}
    if not (user and typed):
        return
    with suppress(Resolver404, KeyError):  # not about an inquiry
        match = resolve(request.path)
        if match.url_name == "question":
            for question in Question.objects.open_to(user).filter(pk=match.kwargs["pk"], answered_at=None):
                Draft.objects.store(question.inquiry_id, user, typed)
        elif "inquiry" in [*match.app_names, *match.namespaces] and user.has_perm(CHANGE):
            Draft.objects.store(match.kwargs["pk"], user, typed, unless_done=key_in(request.POST))
