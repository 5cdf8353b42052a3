"""Reading grades for English (Flesch-Kincaid) and Spanish (Fernández-Huerta)."""

from education.checks import reading


def test_syllables_are_counted_in_english_and_spanish():
    english = {"bone": 1, "placed": 1, "needed": 2, "balloon": 2, "vertebra": 3, "medicine": 3}
    assert {word: reading.english_syllables(word) for word in english} == english
    spanish = {"hueso": 2, "día": 2, "rey": 1, "médico": 3, "columna": 3, "que": 1}
    assert {word: reading.spanish_syllables(word) for word in spanish} == spanish


def test_abbreviations_and_decimals_dont_end_sentences():
    assert reading.sentences_in(["Ask Dr. Sample. It costs 1.5 dollars! “Really?” Yes", "An item"]) == [
        "Ask Dr. Sample.",
        "It costs 1.5 dollars!",
        "“Really?",
        "Yes",
        "An item",
    ]


def test_hard_text_lists_its_hardest_sentence_first():
    plain = ["The doctor puts a thin needle into the bone. Then she fills the bone. It takes one hour."] * 2
    worst = "Comprehensive preprocedural evaluation necessitates multidisciplinary consultation."
    assert not reading.grade(plain, "en").is_hard
    hard = reading.grade([worst, *["Notwithstanding comorbidities, we advise it for the back."] * 4], "en")
    assert hard.is_hard
    assert hard.hardest[0] == worst


def test_spanish_uses_the_fernandez_huerta_scale():
    plain = ["El médico pone una aguja en el hueso. Luego lo llena. Usted no siente dolor."] * 3
    hard = [
        "La administración intraoperatoria de anticoagulantes necesita consideraciones multidisciplinarias."
    ] * 4
    assert not reading.grade(plain, "es").is_hard
    assert reading.grade(hard, "es").is_hard
    assert "Fernández-Huerta" in reading.grade(hard, "es").level


def test_short_text_isnt_graded():
    assert reading.grade(["Call us."], "en") is None
