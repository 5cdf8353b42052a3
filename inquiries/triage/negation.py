"""Words that cancel a warning phrase: a denial, the past, a question about risks, a figure of speech."""

import re
from pathlib import Path

from clinic.text.lists import read_lists, split_words, words_pattern

LISTS = read_lists(Path(__file__).with_name("negation.txt"))
DENIES, BREAKS = set(split_words(LISTS["Denials"])), set(split_words(LISTS["Breaks"]))
FILLERS = words_pattern(LISTS["Fillers"])
LONG_AGO = words_pattern(LISTS["Long ago"])
IN_GENERAL = words_pattern(LISTS["In general"])
OVER = words_pattern(LISTS["Over"])
CHRONIC = words_pattern(LISTS["Chronic"])
ACUTE = words_pattern(LISTS["Acute"])
# The parts of a sentence.
SEGMENT = re.compile(r",|\band\b|\by\b")
