"""Detect overdoses in urgent messages: then Poison Help is one of the numbers to call."""

import re

from inquiries.lookup.search import normalized

NEAR = r"(?:\W+\w+){0,6}?\W+"
TAKEN = (
    r"took|taken|taking|takes|swallow\w*|ate|eaten|popped|downed|drank|gave|given|got into|"
    r"tom[eoa]\w*|trag[oa]\w*|ingiri\w*|comi\w*|di|dio|dimos"
)
TOO_MUCH = (
    r"all|whole|entire|every|everything|too many|too much|handful|bunch|double|twice|triple|extra|wrong|"
    r"lots of|a lot of|dozens?|(?:[6-9]|[1-9]\d)(?! ?m?c?gs?\b)|ten|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"demasiad\w+|tod[oa]s?|entero|entera|doble|punado|muchas?|muchos?|diez|doce|quince|veinte|treinta|cuarenta"
)
MEDICINE = (
    r"pills?|tablets?|capsules?|med|meds|medicines?|medications?|bottles?|patch(?:es)?|doses?|drops|syrup|"
    r"painkillers?|opioids?|narcotics?|oxy\w*|percocets?|norcos?|hydrocodone|vicodin|morphine|fentanyl|methadone|"
    r"tramadol|codeine|dilaudid|tylenol|acetaminophen|ibuprofen|aspirin|gabapentin|lyrica|xanax|valium|ambien|soma|"
    r"baclofen|flexeril|pastillas?|pildoras?|medicinas?|medicamentos?|tabletas?|frascos?|parches?|dosis|morfina"
)
SAYS_SO = re.compile(
    r"\b(?:overdos\w*|over dosed?|od ?ed|od on|sobredosis|poison(?:ed|ing)|envenen\w*)\b"
    r"|\b(?:doubled?|tripled?) (?:(?:my|his|her|the) )?dose\b"
    rf"|\b(?:{TAKEN}){NEAR}(?:{TOO_MUCH})\b{NEAR}(?:{MEDICINE})\b"
    rf"|\b(?:{TAKEN}){NEAR}(?:{MEDICINE})\b{NEAR}(?:by mistake|by accident|accidentally|at once)\b"
    r"|\b(?:swallowed|took|taken) (?:all of (?:them|it)|the (?:whole|entire) (?:bottle|month|thing))\b"
)


def is_overdose(message: str) -> bool:
    """Say whether the message tells of an overdose. Coarse: only asked about messages that read urgent."""
    return bool(SAYS_SO.search(normalized(message)))
