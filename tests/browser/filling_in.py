"""Fills in the inquiry form as a patient."""


def fill_in(page):
    answers = {
        "Your question or message": "Is this right for my mother? She is 81.",
        "Your name": "Maria Example",
        "Phone number": "202 555 0143",
        "Email address": "maria@patient.example",
    }
    for label, text in answers.items():
        page.get_by_label(label, exact=True).fill(text)
