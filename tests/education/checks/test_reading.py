"""Reading grades: English by Flesch-Kincaid, Spanish by Fernández-Huerta."""

from education.checks import reading


def test_syllables():
    english = {"bone": 1, "placed": 1, "needed": 2, "balloon": 2, "vertebra": 3, "medicine": 3}
    assert {word: reading.english_syllables(word) for word in english} == english
    spanish = {"hueso": 2, "día": 2, "rey": 1, "médico": 3, "columna": 3, "que": 1}
    assert {word: reading.spanish_syllables(word) for word in spanish} == spanish


def test_sentences_end_where_people_hear_it():
    assert reading.sentences_in(["Ask Dr. Sample. It costs 1.5 dollars! “Really?” Yes", "An item"]) == [
        "Ask Dr. Sample.",
        "It costs 1.5 dollars!",
        "“Really?",
        "Yes",
        "An item",
    ]


def test_plain_words_are_easy_and_long_ones_are_hard_with_the_worst_sentence_first():
    plain = ["The doctor puts a thin needle into the bone. Then she fills the bone. It takes one hour."] * 2
    worst = "Comprehensive preprocedural evaluation necessitates multidisciplinary consultation."
    assert not reading.read(plain, "en").is_hard
    hard = reading.read([worst, *["Notwithstanding comorbidities, we advise it for the back."] * 4], "en")
    assert hard.is_hard
    assert hard.hardest[0] == worst


def test_spanish_has_a_measure_of_its_own():
    plain = ["El médico pone una aguja en el hueso. Luego lo llena. Usted no siente dolor."] * 3
    hard = [
        "La administración intraoperatoria de anticoagulantes necesita consideraciones multidisciplinarias."
    ] * 4
    assert not reading.read(plain, "es").is_hard
    assert reading.read(hard, "es").is_hard
    assert "Fernández-Huerta" in reading.read(hard, "es").level


def test_too_little_text_is_not_judged():
    assert reading.read(["Call us."], "en") is None
