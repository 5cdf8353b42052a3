"""The warning phrases that a new site starts with. Managers keep them from then on."""

from inquiries.triage.starter_phrases import crisis, english, spanish

# (label, advice, patterns), as inquiries.models.WarningPhrase keeps them.
PHRASES = [
    (crisis.LABEL, "crisis", crisis.PATTERNS.strip()),
    *(
        (label, "emergency", "\n".join([patterns.strip(), spanish.PATTERNS[label].strip()]))
        for label, patterns in english.PATTERNS.items()
    ),
    ("Reads like thoughts of suicide", "crisis", "?crisis"),
    ("Reads like an emergency", "emergency", "?emergency"),
]
