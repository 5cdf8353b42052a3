from datetime import date

import pytest
from django.test import RequestFactory

from education.checks.rules import CHECKS, Examination
from education.models import ArticlePage

CHECKED = {"checked_on": date(2026, 1, 2)}
SOURCE = ("source", {"title": "A made-up study", "url": "https://study.example/", **CHECKED})
SUMMARY = "A short and plain description of what this made-up article is about."


def section(heading, *texts, **blocks):
    content = [*(("text", f"<p>{text}</p>") for text in texts), *blocks.items()]
    return ("section", {"heading": heading, "content": content})


GOOD = {
    "title": "Broken bones of the spine",
    "search_description": SUMMARY,
    "lead": "A bone in your back can break. We can help.",
    "body": [
        section("What it is", "A bone of your spine has a crack. It hurts when you stand or walk."),
        section("Risks", "Most people have no problems. A few get an infection."),
        section("When to get help", "Call 911 if you can’t move your legs."),
    ],
    "sources": [SOURCE],
}


@pytest.fixture
def examine(db, rf: RequestFactory):
    """Return a function that checks a good article with some changes: {check ID: selectors}."""

    def run(**changes):
        page = ArticlePage(**{**GOOD, "slug": "a", **changes})
        examined = Examination(page, rf.get("/"))
        examined.weight = 1000
        found = {name: list(check.find(examined)) for name, check in CHECKS.items()}
        return {name: places for name, places in found.items() if places}

    return run
