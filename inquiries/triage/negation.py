"""Words that cancel a warning phrase: a denial, the past, a question about risks, a figure of speech."""

import re
from pathlib import Path

from clinic.text.lists import any_of, read_lists, words_in

LISTS = read_lists(Path(__file__).with_name("negation.txt"))
DENIES, BREAKS = set(words_in(LISTS["Denials"])), set(words_in(LISTS["Breaks"]))
FILLERS = any_of(LISTS["Fillers"])
LONG_AGO = any_of(LISTS["Long ago"])
IN_GENERAL = any_of(LISTS["In general"])
OVER = any_of(LISTS["Over"])
CHRONIC = any_of(LISTS["Chronic"])
ACUTE = any_of(LISTS["Acute"])
# The parts of a sentence.
SEGMENT = re.compile(r",|\band\b|\by\b")
