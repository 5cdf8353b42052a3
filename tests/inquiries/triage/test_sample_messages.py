"""What the demo's made-up people write: nobody's message looks like spam by accident."""

from itertools import chain

from inquiries.management.sample_messages import MESSAGES, URGENT
from inquiries.triage import spam


def test_no_sample_message_looks_like_spam():
    texts = [*chain.from_iterable(MESSAGES.values()), *(message for _because, message in URGENT)]
    verdicts = {text: spam.judge("Ada Example", f"(Made up.) {text}", []) for text in texts}
    assert [text for text, verdict in verdicts.items() if verdict.is_labeled or verdict.is_spam] == []
