"""Rebuild the search keys with sound codes, and without apostrophes (O'Brien).

The functions are a copy of the application's, as of November 2026.
"""

import re
import unicodedata
from itertools import groupby

from django.db import migrations

RUN = re.compile(r"[^\W_]+")
SEPARATOR = " \n "
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘`´ʼ", "")
)
SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "BBBBKKKKKKKKTTLMMR", "aeiouyhw")

AT_A_TIME = 2000


def plain(text):
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = "".join(f" {c} " if unicodedata.east_asian_width(c) == "W" else c for c in text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def sound(word):
    return "".join(letter for letter, _run in groupby(word.translate(SOUNDS)))


def key(name, email, phone):
    name = plain(name)
    others = {sound(word) for word in RUN.findall(name)} | {name.replace("-", "")} - {name, ""}
    return SEPARATOR.join(["", name, email.casefold(), phone, " ".join(sorted(others)), ""])


def make_keys(apps, schema_editor):
    everything = apps.get_model("inquiries", "Inquiry").objects.order_by("pk")
    rows = list(everything.only("name", "email", "phone")[:AT_A_TIME])
    while rows:
        for row in rows:
            row.search_key = key(row.name, row.email, row.phone)
        everything.bulk_update(rows, ["search_key"])
        rows = list(everything.filter(pk__gt=rows[-1].pk).only("name", "email", "phone")[:AT_A_TIME])


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0008_learned_phrases")]
    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
