"""Readability of a text: the school grade for English, the Fernández-Huerta ease for Spanish.

This doesn't use textstat, which downloads a dictionary for English when it's first used.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_GRADE = 8  # Flesch-Kincaid; the limit recommended for patients
MIN_EASE = 60  # Fernández-Huerta; the end of "normal", 8th grade
MIN_WORDS = 30  # grades of shorter texts mean little
MIN_WORDS_IN_SENTENCE = 5
MAX_HARDEST_SENTENCES = 3

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^a-záéíóúüñ])")
ABBREVIATION = re.compile(r"\b(?:Drs?|Mrs?|Ms|Sra?|Dra|St|No|vs|e\.g|i\.e|p\. ej)\.$", re.IGNORECASE)
SILENT = re.compile(r"(?:[^laeiouy]es|(?<=[aeiouy][^aeioudty])ed|(?<=[^aeioudty]{2})ed|[^laeiouy]e)$")
ENGLISH_VOWELS = re.compile(r"[aeiouy]{1,2}")
# Each strong vowel is one syllable; a weak vowel joins the syllable of the strong one next to it.
SPANISH_SYLLABLE = re.compile(r"[iuü]*[aeoáéíóú][iuü]*|[iuü]+")


@dataclass(frozen=True)
class Reading:
    """The reading level of a text, and its hardest sentences if it's hard."""

    is_hard: bool
    level: str
    hardest: list[str]


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def sentences_in(paragraphs: list[str]) -> list[str]:
    """Split paragraphs into sentences. A list item counts as one even without a period."""
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
    """Return the American school grade that an English text requires."""
    length, syllables = _averages(sentences, english_syllables)
    return 0.39 * length + 11.8 * syllables - 15.59


def fernandez_huerta(sentences: list[str]) -> float:
    """Return the reading ease of a Spanish text, from 0 (hard) to 100."""
    length, syllables = _averages(sentences, spanish_syllables)
    return 206.84 - 60 * syllables - 1.02 * length


def _averages(sentences: list[str], syllables: Callable[[str], int]) -> tuple[float, float]:
    """Return words per sentence and syllables per word."""
    words = [word for sentence in sentences for word in words_in(sentence)]
    return len(words) / len(sentences), sum(map(syllables, words)) / len(words)


def grade(paragraphs: list[str], language: str) -> Reading | None:
    """Grade a text; return None if it's too short."""
    sentences = sentences_in(paragraphs)
    if sum(len(words_in(sentence)) for sentence in sentences) < MIN_WORDS:
        return None
    if language.startswith("es"):
        ease = round(fernandez_huerta(sentences))
        is_hard = ease < MIN_EASE
        level = _("Ease %(ease)s of 100 (Fernández-Huerta)") % {"ease": ease}
    else:
        school_grade = max(1, round(flesch_kincaid(sentences)))
        is_hard = school_grade > MAX_GRADE
        level = _("Grade %(grade)s") % {"grade": school_grade}
    return Reading(is_hard, level, hardest_of(sentences, language) if is_hard else [])


def hardest_of(sentences: list[str], language: str) -> list[str]:
    """Return the hardest sentences, hardest first."""
    long = [sentence for sentence in sentences if len(words_in(sentence)) >= MIN_WORDS_IN_SENTENCE]
    if language.startswith("es"):
        return sorted(long, key=lambda sentence: fernandez_huerta([sentence]))[:MAX_HARDEST_SENTENCES]
    return sorted(long, key=lambda sentence: -flesch_kincaid([sentence]))[:MAX_HARDEST_SENTENCES]
