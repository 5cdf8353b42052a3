"""The warning phrases that a new site starts with. Managers keep them from then on."""

from inquiries.starter_phrases import english, spanish

EMERGENCY, CRISIS = "emergency", "crisis"
_CRISES = {"Thoughts of suicide or self-harm"}

# (label, advice, patterns), as inquiries.models.WarningPhrase keeps them.
PHRASES = [
    (
        label,
        CRISIS if label in _CRISES else EMERGENCY,
        "\n".join([patterns.strip(), spanish.PATTERNS[label].strip()]),
    )
    for label, patterns in english.PATTERNS.items()
]
