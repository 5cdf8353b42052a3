"""The starter article: fixed title, date and structure, required facts, plain English."""

import re
from datetime import date
from itertools import chain

from education.checks.reading import MAX_GRADE, flesch_kincaid, sentences_in
from education.importing import read_article
from education.importing.export import to_markdown
from education.starter import KYPHOPLASTY as ARTICLE
from tests.education.page_content import headings, kinds, sentences_of, texts_of

SECTIONS = {
    "What Is Kyphoplasty?": ["callout", "text"],
    "Why Kyphoplasty Is Used": ["text", "bullets", "text"],
    "The Procedure: What to Expect": ["text", "steps", "text"],
    "Benefits of Kyphoplasty": ["points"],
    "Potential Risks and Considerations": ["text", "bullets", "text"],
    "Recovery and Follow-Up Care": ["text", "callout", "text"],
    "Is Kyphoplasty Right for You?": ["text"],
    "Final Thoughts": ["text"],
}
FACTS = [
    "osteoporosis", "trauma", "certain cancers", "balloon", "gently inflated", "alignment", "bone cement",
    "hardens quickly", "further collapse", "posture", "severe pain", "spinal deformity", "quality of life",
    "additional deformity", "recent", "rest, pain medicine, and a back brace", "local or general anesthesia",
    "outpatient", "small incision", "narrow tube", "within minutes", "same day", "within a few days",
    "almost at once", "much less pain soon after", "long-term strain", "generally safe",
    "infection at the injection site", "leaking outside the vertebra", "which is rare", "allergic reaction",
    "medical history and imaging", "good candidate", "before you go ahead", "gradually", "tends to last",
    "weight-bearing exercise", "good nutrition", "osteoporosis management", "follow-up imaging",
    "strengthens your bones", "not every fracture qualifies", "timing, cause, and bone quality",
    "spine specialist or an interventional pain physician", "significant advance", "minimally invasive",
    "healthcare provider", "impossible to stand, to walk", "informed choice",
]  # fmt: skip


ADDED = [
    *["numb between your legs", "bladder or bowels", "legs get weak", "fever", "chest hurts"],
    *["blood thinner", "drive you home", "bleeding", "heart or lung", "spinal cord", "bones nearby"],
    *["heal without a procedure", "experts debate"],
]


def test_title_date_and_order_are_fixed(article):
    assert article.title == "Exploring the Use of Kyphoplasty in Pain Management: What Patients Should Know"
    assert article.published_on == date(2025, 10, 15)
    assert dict(zip(headings(article), kinds(article), strict=True)) == SECTIONS
    assert headings(article) == list(SECTIONS)
    sizes = [len(block.value) for section in article.body for block in section.value["content"]
             if block.block_type in ("bullets", "steps", "points")]  # fmt: skip
    assert sizes == [4, 5, 4, 4]


def test_the_article_contains_every_required_fact(article):
    text = " ".join(sentences_of(article)).lower()
    assert [fact for fact in FACTS + ADDED if fact not in text] == []


def test_every_section_is_plain_english(article):
    sections = {section.value["heading"]: section.value["content"] for section in article.body}
    texts = {heading: [*chain(*map(texts_of, content))] for heading, content in sections.items()}
    texts["Key points"] = [article.lead, *(point.value for point in article.key_points)]
    for heading, parts in texts.items():
        lines = [line.strip() for text in parts for line in text.splitlines() if line.strip()]
        assert flesch_kincaid(sentences_in(lines)) <= MAX_GRADE, heading


def test_key_points_name_risks_and_debate_and_two_callouts_say_when_to_get_help(article):
    points = " ".join(point.value for point in article.key_points)
    assert "risks" in points
    assert "do not agree" in points
    assert [
        section.value["heading"]
        for section in article.body
        for block in section.value["content"]
        if block.block_type == "callout" and block.value["level"] == "urgent"
    ] == ["What Is Kyphoplasty?", "Recovery and Follow-Up Care"]


def test_the_starter_article_cites_sources_and_claims_no_reviewer(article):
    assert article.clinical_review is None
    assert len(article.sources) >= 5
    assert all(source.value["url"].startswith("https://") for source in article.sources)
    # The only year is the article's own; no other dates were checked.
    assert all(source.value["title"].endswith("(date not checked)") for source in article.sources)
    assert set(re.findall(r"\b(?:19|20)\d\d\b", to_markdown(article))) == {"2025"}
    assert not any(source.value["checked_on"] for source in article.sources)


def test_importing_the_article_only_reports_the_contact_form():
    notes = read_article(ARTICLE.name, ARTICLE.read_bytes()).notes
    assert [str(note) for note in notes] == [
        "“Contact Form” was left out: every article already ends with the form."
    ]
