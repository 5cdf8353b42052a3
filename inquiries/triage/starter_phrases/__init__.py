"""The warning phrases that a new site starts with. Managers keep them from then on."""

from django.utils.text import slugify

from inquiries.triage.starter_phrases import crisis, english, other_languages, spanish

# What doesn't lead to "Call 911"; and which come first, or after the others.
ADVICE = {
    crisis.LABEL: "crisis",
    "A child may have taken medicine": "poison",
    "Something new that may be serious": "",
    other_languages.LABEL: "",
}
SEVERITY = {
    "A child may have taken medicine": 3,
    crisis.LABEL: 3,
    "Loss of bladder or bowel control": 3,
    "Numbness between the legs": 3,
    "New weakness or paralysis": 3,
    "Signs of a stroke": 3,
    "Chest pain or trouble breathing": 3,
    "Something new that may be serious": 1,
    "Cancer with new back pain": 1,
}
PATTERNS = {
    crisis.LABEL: crisis.PATTERNS.strip(),
    **{
        label: "\n".join([patterns.strip(), spanish.PATTERNS[label].strip()])
        for label, patterns in english.PATTERNS.items()
    },
    other_languages.LABEL: other_languages.PATTERNS.strip(),
}
# (code, label, advice, severity, patterns), as inquiries.models.WarningPhrase keeps them.
PHRASES = [
    (slugify(label), label, ADVICE.get(label, "emergency"), SEVERITY.get(label, 2), patterns)
    for label, patterns in PATTERNS.items()
]
