"""Each content check finds its problem in the right place, and none in a good article."""

from education.checks.rules import CHECKS, Examination
from education.models import PersonPage, WordToAvoid
from tests.education.checks.conftest import GOOD, section

HARD = (
    "Percutaneous vertebral augmentation necessitates comprehensive preprocedural radiological evaluation,"
    " multidisciplinary anesthesiological consultation and individualized pharmacological optimization,"
    " notwithstanding considerable interindividual variability of the underlying osteoporotic pathophysiology"
    " and of its accompanying cardiopulmonary comorbidities."
)
LINK = '<a href="https://other.example/">{}</a>'


def body(*more, without=""):
    return [*(s for s in GOOD["body"] if s[1]["heading"] != without), *more]


def test_a_good_article_passes_all_checks(examine):
    assert examine() == {}


PROBLEMS = [
    ("hard-to-read", '[id="details"]', {"body": body(section("Details", HARD))}),
    ("word-to-avoid", '[id="details"]', {"body": body(section("Details", "We utilize a needle."))}),
    ("word-to-avoid", '[id="do"]', {"body": body(section("Do", steps=[{"text": "<p>We utilize it.</p>"}]))}),
    ("word-to-avoid", '[id="list"]', {"body": body(section("List", bullets=["<p>We utilize it.</p>"]))}),
    ("no-risks", "main h1", {"body": body(without="Risks")}),
    ("no-help", "main h1", {"body": body(without="When to get help")}),
    ("no-source", "main h1", {"sources": []}),
    ("no-source", '[id="in"]', {"sources": [], "body": body(section("In", "In a study, 4 of 10 walked."))}),
    ("unchecked-source", "main h1", {"sources": [("source", {"title": "A study"})]}),
    ("vague-link", '[id="more"]', {"body": body(section("More", f"Read on: {LINK.format('click here')}."))}),
    ("vague-link", '[id="more"]', {"body": body(section("More", LINK.format("https://other.example/")))}),
    ("long-title", "main h1", {"title": "Everything about broken bones of the spine and their treatment"}),
    ("description-length", "main h1", {"search_description": "Short."}),
    ("description-length", "main h1", {"search_description": "Long. " * 40}),
]  # fmt: skip


def test_each_check_finds_its_problem(examine):
    for check, place, changes in PROBLEMS:
        assert place in examine(**changes).get(check, []), (check, changes)


def test_links_to_sources_in_the_text_count_as_sources(examine):
    named = body(section("Results", f"In {LINK.format('a study of 2020')}, 4 of 10 felt better."))
    assert "no-source" not in examine(sources=[], body=named)


def test_an_urgent_callout_satisfies_the_help_check(examine):
    callout = {"level": "urgent", "text": "<p>Call 911 if you can’t move your legs.</p>"}
    assert "no-help" not in examine(body=body(section("Care", callout=callout), without="When to get help"))


def test_editors_can_add_words_to_avoid(examine):
    words = body(section("Details", "The frobnication helps."))
    assert "word-to-avoid" not in examine(body=words)
    WordToAvoid.objects.create(word="frobnication", instead="twist")
    assert "word-to-avoid" in examine(body=words)


def test_article_checks_skip_other_page_types(rf, db):
    person = PersonPage(title="Ada Sample", role="Physician")
    examined = Examination(person, rf.get("/"))
    assert [place for name in ("no-risks", "no-source") for place in CHECKS[name].find(examined)] == []
