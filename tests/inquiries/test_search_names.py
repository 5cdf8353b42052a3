"""Search finds names as heard on the phone: misspelled, reordered, without accents and punctuation."""

import pytest

from inquiries.models import Inquiry
from inquiries.models.inquiry import querysets
from tests.inquiries.desk.helpers import receive

HEARD = {
    "Siobhan O'Brien": ["O'Brien", "O’Brien", "OBrien", "o brien", "obrian", "Siobahn Obrien"],
    "José García-Márquez": ["jose garcia", "marquez jose", "garciamarquez", "Gracia", "jose garzia markez"],
    "Katarzyna Wisniewska": ["Wisniewska, Katarzyna", "Katarzina Wisnewska", "Wisniewksa", "katarzyan"],
    "Jon Smith": ["john smith", "Smith Jon", "smyth", "simth", "jon smiht"],
    "Margaret McDonald": ["mc donald", "macdonald", "Margarte Mcdonlad", "m mcdonald", "marg"],
    "Nguyễn Văn An": ["nguyen", "nguyen van an", "nugyen"],
    "Muhammad al-Rashid": ["mohammed al rashid", "alrashid", "mohamad rashid"],
    "Bjørn Ångström": ["bjorn angstrom"],
    "Łukasz Groß": ["lukasz gross"],
    "Li Wei": ["wei li"],
}
OTHERS = ["Anna Montgomery", "Hank Miller", "Carol Baker", "Jane Doe", "Peter Parker", "Ruth Script"]


@pytest.fixture(scope="module", autouse=True)
def people(module_db):
    for number, name in enumerate([*HEARD, *OTHERS]):
        receive(name=name, email=f"p{number}@mail.example", phone=f"+1202555{1000 + number}")


def found(text):
    return [inquiry.name for inquiry in Inquiry.objects.search(text)]


def test_each_spelling_finds_only_the_right_person():
    missed = {text: found(text) for name, texts in HEARD.items() for text in texts if found(text) != [name]}
    assert missed == {}


def test_unknown_names_are_not_found():
    unknown = ["Jane Smith", "Peter Miller", "Kofi Script", "Zbigniew", "aeiou", "hhh"]
    assert [text for text in unknown if found(text)] == []


def test_a_sound_shared_by_too_many_names_finds_nothing(monkeypatch):
    monkeypatch.setattr(querysets, "MAX_FOUND", 2)
    for name in ["Jack Gage", "Zack Koch"]:
        receive(name=name, phone="")
    assert found("qqqqzz") == []
