"""Judging a message takes bounded work, even for messages found by a fuzzer."""

import random
from string import ascii_lowercase

from bench.urgency.messages import written_by
from inquiries.choices import Tier
from inquiries.triage import classifier, matching, urgency
from inquiries.triage.phrases import WORD, index_of
from inquiries.triage.starter_phrases import PHRASES

INDEX = index_of(tuple((phrase.patterns, phrase.advice == "crisis") for phrase in PHRASES))
LENGTH = 5_000  # characters, as the form takes
# The words of all phrases, those in the most lines first.
WORDS = sorted({w for p in PHRASES for w in WORD.findall(p.patterns)}, key=lambda w: -len(INDEX.uses(w)))
SEPARATORS = [" ", " no ", ", ", ". ", " and ", "\n", " 19", " if i ever ", "'"]


def work(message):
    """Return the work of matching a message: words, places in phrases, and checks for denials."""
    return matching.find(message, INDEX).work


def mutated(chance, message):
    """Return the message with a repeated piece, or with words of phrases inserted."""
    start = chance.randrange(max(len(message), 1))
    piece = chance.choice(
        [
            message[start : start + chance.randrange(1, 80)] * chance.randrange(2, 30),
            chance.choice(SEPARATORS).join(chance.choices(WORDS[:200], k=chance.randrange(1, 40))),
            chance.choice(ascii_lowercase) * chance.randrange(1, 500),
        ]
    )
    return (message[:start] + piece + message[start:])[:LENGTH]


def test_fuzzed_messages_stay_within_the_budget():
    chance = random.Random(17)  # noqa: S311 (reproducible)
    found = {m: work(m) for m in (" ".join(WORDS[:800])[:LENGTH], (f"{WORDS[0]} no " * LENGTH)[:LENGTH])}
    for _ in range(40):
        slowest = max(found, key=found.__getitem__)
        message = mutated(chance, slowest)
        found[message] = work(message)
    assert 1_000 < max(found.values()) <= matching.MAX_WORK + matching.MAX_WORDS + matching.DENIAL_CHECK_COST


def test_work_grows_at_most_linearly_with_the_message():
    text = " ".join(WORDS[:2_000])
    for length in [1_000, 2_000, 4_000]:
        assert work(text[:length]) <= length * 4
        parts = classifier.stretches(WORD.findall(text[:length]))
        assert sum(len(classifier.features(part)) for part in parts) <= length * 12


def test_a_message_over_budget_is_look_first():
    judgement = urgency.judge("a " * 2_000, PHRASES)
    assert (judgement.tier, judgement.reasons) == (Tier.LOOK_FIRST, ("too-long-to-judge",))


def test_ordinary_messages_of_any_length_are_judged_completely():
    story = ". ".join(message.text for message in written_by("train-2"))
    parts = [story[start : start + LENGTH] for start in range(0, len(story), LENGTH)]
    assert [part for part in parts if not matching.find(part, INDEX).is_complete] == []
