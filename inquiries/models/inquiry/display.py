"""Display values of an inquiry for screens, exports and emails."""

from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from clinic.accounts.names import display_name
from clinic.security.encryption import readable
from clinic.text import phones
from inquiries.choices import Outcome
from inquiries.models.inquiry import deadlines


class InquiryDisplay:
    """Mixin of Inquiry."""

    def get_topic_display(self: Any) -> str:
        topic = self.topic_record
        return topic.label if topic else self.topic

    @property
    def details_shown(self: Any) -> list[tuple[str, str]]:
        """(question, answer) pairs of the form's extra questions."""
        lines = readable(lambda: self.details or "").splitlines()
        return [(question, answer) for question, _tab, answer in (line.partition("\t") for line in lines)]

    @property
    def phone_display(self: Any) -> str:
        return phones.display(self.phone, self.phone_extension) if self.phone else ""

    @property
    def phone_uri(self: Any) -> str:
        return phones.Phone(self.phone, self.phone_extension).uri

    @property
    def assignee_name(self: Any) -> str:
        return display_name(self.assignee)

    @property
    def outcome_text(self: Any) -> str:
        """The outcome; for a patient who couldn't be reached, with the number of calls."""
        if self.outcome == Outcome.NO_ANSWER and self.call_attempts:
            text = ngettext(
                "Could not be reached after %(number)s call",
                "Could not be reached after %(number)s calls",
                self.call_attempts,
            )
            return text % {"number": self.call_attempts}
        return self.get_outcome_display()

    @property
    def due(self: Any) -> Any:
        """The next step and its time as text (inquiries.models.inquiry.deadlines)."""
        return deadlines.due(self, timezone.now())
