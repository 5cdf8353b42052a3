"""References can be read out on the phone, typed in any way, and not guessed."""

from inquiries.lookup import references


def test_a_reference_has_no_letters_that_look_alike():
    drawn = {character for _ in range(300) for character in references.new()}
    assert drawn == set("CDFGHJKMNPQRTWXY34679-")


def test_references_do_not_follow_each_other():
    drawn = {references.new() for _ in range(1000)}
    assert len(drawn) == 1000
    assert len({reference[:4] for reference in drawn}) > 900


def test_any_way_of_typing_finds_it_and_nothing_else_is_one():
    for typed in ["k7q4-m9xp", "K7Q4M9XP", " k7q4 m9xp ", "K7Q4–M9XP"]:
        assert references.normalize(typed) == "K7Q4-M9XP"
    for typed in ["", "K7Q4", "K7Q4-M9X0", "Okafor", "2025550143"]:
        assert references.normalize(typed) == ""
