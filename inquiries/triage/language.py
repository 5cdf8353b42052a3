"""Detect a message's language, as far as advice and reports need it."""

import re

from inquiries.choices import Language
from inquiries.lookup.search import RUN, normalized

# Words that hardly a sentence does without. Those that both languages have are left out.
SPANISH = re.compile(
    r"el|la|los|las|una?|unos|unas|del?|y|que|en|por|para|con|sin|pero|porque|cuando|donde|como|muy|mas|desde|hace"
    r"|hoy|ayer|anoche|est[aeo]|es[eo]|soy|estoy|estan|es|tengo|tiene|tenia|quiero|quiere|pued[oe]|sient[oe]|mis?"
    r"|sus?|yo|ella|ellos|nosotros|usted|se|les?|lo|ya|al|ni|tod[oa]s?|nada|nunca|ahora|duele|dolor|ayuda|morir"
    r"|vivir|matarme|pecho|espalda|piernas?|cabeza|mama|papa|espos[oa]|hij[oa]|madre|padre|senora?|gracias|hola"
    r"|necesito|favor|tom[eo]|pastillas|respirar|orinar|sangre|fiebre|brazo|cara"
)
ENGLISH = re.compile(
    r"the|an|of|and|that|in|for|with|without|but|because|when|where|how|very|more|since|today|i|am|is|are|was|have"
    r"|has|had|want|can|cannot|feel|my|his|her|your?|we|s?he|they|it|this|these|not|to|on|at|if|do|does|would"
    r"|hurts|pain|back|legs?|head|chest|please|thanks|help|now"
)


def is_spanish(text: str) -> bool:
    """Say whether at least a third of the text's common words are Spanish: many people write both at once."""
    return language_of(text) == Language.SPANISH


def language_of(text: str) -> Language:
    """Tell the language by the common words of a text; unknown where there are none."""
    words = RUN.findall(normalized(text))
    spanish, english = (sum(bool(known.fullmatch(word)) for word in words) for known in (SPANISH, ENGLISH))
    if 2 * spanish > english:
        return Language.SPANISH
    return Language.ENGLISH if english else Language.UNKNOWN
