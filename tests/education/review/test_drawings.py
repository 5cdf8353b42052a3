"""A drawing's words were reviewed with the articles that show it, so no release changes them."""

from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from clinic.drawings import DRAWINGS

# Words changed? Then it's another drawing: give it a name of its own, and leave the old one as it is.
WORDS = {
    "fracture": "87123f0fdda1",
    "balloon": "77a42ca5e7a1",
    "restored": "d8d4b4938985",
    "filled": "fe58fcb5c806",
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawings_words_are_those_that_were_reviewed(name):
    drawing = BeautifulSoup(render_to_string(f"includes/illustrations/{name}.html"), "html.parser")
    words = f"{drawing.svg['aria-label']}\n{drawing.figcaption.text}"
    assert sha256(words.encode()).hexdigest()[:12] == WORDS.get(name)
