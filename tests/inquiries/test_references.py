"""References are easy to read out on the phone, accepted in any format, and hard to guess."""

from inquiries.lookup import references


def test_references_have_no_characters_that_look_alike():
    characters = {character for _ in range(300) for character in references.new()}
    assert characters == set("CDFGHJKMNPQRTWXY34679-")


def test_references_are_random():
    new = {references.new() for _ in range(1000)}
    assert len(new) == 1000
    assert len({reference[:4] for reference in new}) > 900


def test_references_are_normalized_and_other_text_is_rejected():
    for typed in ["k7q4-m9xp", "K7Q4M9XP", " k7q4 m9xp ", "K7Q4–M9XP"]:
        assert references.normalize(typed) == "K7Q4-M9XP"
    for typed in ["", "K7Q4", "K7Q4-M9X0", "Okafor", "2025550143"]:
        assert references.normalize(typed) == ""
