"""How hard a text is to read: a school grade for English, Fernández-Huerta's ease for Spanish.

Own code instead of textstat: for English it downloads a dictionary from another host when it's first used.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

HARDEST_GRADE = 8  # Flesch-Kincaid: what patients should be asked to read at most
LEAST_EASE = 60  # Fernández-Huerta: "normal", 8th grade, ends here
FEWEST_WORDS = 30  # a grade of fewer means little
FEWEST_WORDS_IN_SENTENCE = 5
MAX_SENTENCES = 3

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^a-záéíóúüñ])")
ABBREVIATION = re.compile(r"\b(?:Drs?|Mrs?|Ms|Sra?|Dra|St|No|vs|e\.g|i\.e|p\. ej)\.$", re.IGNORECASE)
SILENT = re.compile(r"(?:[^laeiouy]es|(?<=[aeiouy][^aeioudty])ed|(?<=[^aeioudty]{2})ed|[^laeiouy]e)$")
ENGLISH_VOWELS = re.compile(r"[aeiouy]{1,2}")
# Each strong vowel is one syllable; a weak vowel joins the syllable of the strong one beside it.
SPANISH_SYLLABLE = re.compile(r"[iuü]*[aeoáéíóú][iuü]*|[iuü]+")


@dataclass(frozen=True)
class Reading:
    """How hard one text is, and the sentences that make it so."""

    is_hard: bool
    level: str
    hardest: list[str]


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def sentences_in(paragraphs: list[str]) -> list[str]:
    """The sentences of a text; an item of a list is one, with or without a full stop."""
    sentences: list[str] = []
    for paragraph in paragraphs:
        is_open = False
        for part in SENTENCE_END.split(paragraph.strip()):
            if is_open:
                sentences[-1] += f" {part}"
            elif part:
                sentences.append(part)
            is_open = bool(ABBREVIATION.search(part))
    return [sentence for sentence in sentences if WORD.search(sentence)]


def english_syllables(word: str) -> int:
    stem = SILENT.sub("", word.lower())
    return max(1, len(ENGLISH_VOWELS.findall(re.sub("^y", "", stem))))


def spanish_syllables(word: str) -> int:
    return max(1, len(SPANISH_SYLLABLE.findall(re.sub("y$", "i", word.lower()))))


def flesch_kincaid(sentences: list[str]) -> float:
    """The American school grade that a text in English asks for."""
    length, syllables = _averages(sentences, english_syllables)
    return 0.39 * length + 11.8 * syllables - 15.59


def fernandez_huerta(sentences: list[str]) -> float:
    """How easy a text in Spanish is, from 0 to 100."""
    length, syllables = _averages(sentences, spanish_syllables)
    return 206.84 - 60 * syllables - 1.02 * length


def _averages(sentences: list[str], syllables: Callable[[str], int]) -> tuple[float, float]:
    """Words a sentence, and syllables a word."""
    words = [word for sentence in sentences for word in words_in(sentence)]
    return len(words) / len(sentences), sum(map(syllables, words)) / len(words)


def read(paragraphs: list[str], language: str) -> Reading | None:
    """Judge a text; None if it's too short."""
    sentences = sentences_in(paragraphs)
    if sum(len(words_in(sentence)) for sentence in sentences) < FEWEST_WORDS:
        return None
    if language.startswith("es"):
        ease = round(fernandez_huerta(sentences))
        is_hard = ease < LEAST_EASE
        level = _("Ease %(ease)s of 100 (Fernández-Huerta)") % {"ease": ease}
    else:
        grade = max(1, round(flesch_kincaid(sentences)))
        is_hard = grade > HARDEST_GRADE
        level = _("Grade %(grade)s") % {"grade": grade}
    return Reading(is_hard, level, hardest_of(sentences, language) if is_hard else [])


def hardest_of(sentences: list[str], language: str) -> list[str]:
    """The hardest sentences first."""
    long = [sentence for sentence in sentences if len(words_in(sentence)) >= FEWEST_WORDS_IN_SENTENCE]
    if language.startswith("es"):
        return sorted(long, key=lambda sentence: fernandez_huerta([sentence]))[:MAX_SENTENCES]
    return sorted(long, key=lambda sentence: -flesch_kincaid([sentence]))[:MAX_SENTENCES]
