"""Text that claims a review or makes unmarked medical claims is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from clinic.models import ClinicSettings, NavigationSettings
from clinic.text.medical_claims import find_medical_claim
from clinic.text.review_claims import find_review_claim
from education.importing import Refused
from education.models import (
    ArticleIndexPage,
    ArticlePage,
    GlossaryPage,
    HomePage,
    LocationIndexPage,
    LocationPage,
    PersonIndexPage,
    PersonPage,
    StandardPage,
    TopicIndexPage,
)
from education.review.models import PublicationRefused
from education.review.unreviewed import publish_without_review
from inquiries.models import Topic
from tests.education.review.editor_form import post
from tests.support.publishing import publish_reviewed

REVIEW_CLAIMS = [
    "Medically reviewed by Dr. Example",
    "medically-reviewed",
    "Clinically\u00a0verified advice",
    "Medically re\u200bviewed",
    "Medically\u2011reviewed",
    "Medically \u2013 reviewed",
    "Medically\ufe0f re\u202aviewed",
    "Меdicаlly rеviеwеd",  # Cyrillic, as are two below
    "ⅿеԁіϲаӏӏу геѵіеԝеԁ",
    "Μεdιcαlly rενιεωεd",  # Greek
    "ＭＥＤＩＣＡＬＬＹ　ＲＥＶＩＥＷＥＤ",
    "M\u0301edi\u0336cally re\u20ddviewed",
    "MedicaIIy revıewed",
    "Med1cally rev1ewed",
    "ᴍᴇᴅɪᴄᴀʟʟʏ ʀᴇᴠɪᴇᴡᴇᴅ",
    "𝓜edically 🅁eviewed",
    "Mediçałły reviewed",
    "Medically · reviewed",
    "_Medically reviewed_",
    "Rеvisаdo por el Dr. Ejemplo",
    "Reviewed by Dr Jane Example",
    "Fact-checked by Jane Example, MD",
    "This article was approved by our physicians.",
    "Medical reviewer: Jane Example",
    "Reviewed by our medical team.",
    "Approved by a board-certified specialist",
    "Physician-reviewed",
    "Doctor-approved advice",
    "Clinically validated",
    "Reviewed by Jane Example, PA-C",
    "Revisado por el Dr. Ejemplo",
    "Revisado por nuestros médicos",
    "Avalado médicamente",
    "Revisión médica: Jane Ejemplo",
    "Médicamente revisado",
]
NOT_REVIEW_CLAIMS = [
    "Your X-ray is reviewed by a radiologist.",
    "Have your medicines checked by a doctor.",
    "The device was approved by the FDA in 1998.",
    "We ask for a medical review of your case.",
    "Before the procedure, your images are checked by our team.",
    "Ask whether your doctor approved it, and bring a peer-reviewed study.",
    "El dolor es revisado por nuestros médicos en cada visita.",
    "Проверено: мы лечим боль в спине.",
]

MEDICAL_CLAIMS = [
    *["Kyphoplasty cures back pain", "Relieves your back pain", "Our injections stop chronic pain"],
    *["Pain-free in one visit", "No side effects", "Safe and effective", "A proven treatment"],
    *["FDA-approved implants", "Stop taking blood thinners 5 days before", "Skip your insulin"],
    *["Take two aspirin", "400 mg of ibuprofen", "95% of patients are better", "Instant pain relief"],
    *["Better than surgery", "Prevents new fractures", "Results guaranteed", "Сures your pain"],
    *["Cura el dolor", "Alivia su dolor de espalda", "Sin riesgos", "Deje de tomar anticoagulantes"],
    *["Tome dos aspirinas", "Seguro y eficaz", "Doctor-recommended", "Heals fractures"],
    *["Ends sciatica for good", "Say goodbye to back pain", "Lowers your risk of fractures"],
    *["Safe for everyone", "The safest procedure", "The best treatment for back pain", "Alivio garantizado"],
    *["Hold your warfarin for 5 days", "Pause Eliquis", "Don’t eat or drink after midnight"],
    *["It helps 9 of 10 patients", "More effective than physical therapy", "Fixes slipped disks"],
    *[
        "Stop taking blood thinners, call us",
        "Keep taking your pills",
        "Take your medicine",
        "Alivio inmediato del dolor",
    ],
]
NOT_MEDICAL_CLAIMS = [
    *["Closed on Monday for snow.", "Please stop by our pain clinic.", "Pain relief", "Treatments"],
    *["Do you take a blood thinner?", "Bring your list of medicines.", "Flu shots are free this month."],
    *["We can’t guarantee that your plan pays.", "20% of visits are by phone.", "Cerrado por nieve."],
    *["At the end of Main Street, next to the pain clinic", "Our ramp is under repair.", "Alimentación sana"],
    *["If your doctor recommended an MRI, bring it.", "Please take your medicine list with you."],
    *["We stop taking new patients at noon.", "Patients who take insulin: tell us.", "Calle La Milagrosa 1"],
    *["We’ll find the best treatment for you.", "Please don’t eat or drink in the waiting room."],
    *["We help 20 of our patients to fill in forms.", "Hold your questions.", "It never hurts to ask."],
    *["The office stays open until midnight.", "To reduce your wait, come early."],
    *["10% off for new patients who pay in cash", "10% de descuento para pacientes", "Alivio del dolor"],
]


def test_review_claims_are_found_but_not_in_descriptions_of_a_visit():
    assert [
        text for text in REVIEW_CLAIMS if not find_review_claim(f"Words before. {text} Words after.")
    ] == []
    assert [text for text in NOT_REVIEW_CLAIMS if find_review_claim(text)] == []


def test_medical_claims_are_found_but_not_in_everyday_notices():
    assert [text for text in MEDICAL_CLAIMS if not find_medical_claim(f"Some words. {text}.")] == []
    assert [text for text in NOT_MEDICAL_CLAIMS if find_medical_claim(text)] == []


def test_a_claim_is_quoted_as_typed():
    assert find_review_claim("So: Меdicаlly rеviеwеd.") == "Меdicаlly rеviеwеd"


def test_no_article_field_accepts_a_review_claim():
    for field in ["title", "seo_title", "search_description", "lead"]:
        page = ArticlePage(**{"title": "A", "slug": "a", "lead": "A", field: f"<{REVIEW_CLAIMS[0]}>"})
        with pytest.raises(ValidationError, match="Medically reviewed"):
            page.refuse_claims()


def test_blocks_of_standard_pages_accept_no_review_claim():
    for claim in ["Medically <b>reviewed</b>", "Med<i>ically</i> review<b>ed</b>"]:
        content = [("text", f"<p>{claim} by us.</p>")]
        page = StandardPage(title="About us", body=[("section", {"heading": "Us", "content": content})])
        with pytest.raises(ValidationError, match="Take out"):
            page.clean()


def test_settings_accept_no_review_claim(db):
    claim = "Medically\u00a0re\u00adviewed"
    link = ("link", {"url": "https://example.org/", "label": claim})
    clinic, menus = ClinicSettings(notice_text=claim), NavigationSettings(footer=[link])
    topic = Topic(code="x", label="X", question=claim)
    for setting, field in [(clinic, "notice_text"), (menus, "footer"), (topic, "question")]:
        with pytest.raises(ValidationError) as refusal:
            setting.clean()
        assert f"Take out “{find_review_claim(claim)}”" in refusal.value.message_dict[field][0]


def test_settings_accept_no_medical_claim(db):
    link = ("link", {"url": "https://example.org/", "label": MEDICAL_CLAIMS[0]})
    day = ("closed", {"date": date(2026, 12, 24), "name": MEDICAL_CLAIMS[0]})
    clinic, menus = ClinicSettings(notice_text=MEDICAL_CLAIMS[0]), NavigationSettings(header=[link])
    settings = [
        (clinic, "notice_text"),
        (menus, "header"),
        (ClinicSettings(closed_days=[day]), "closed_days"),
    ]
    for setting, field in [*settings, (Topic(code="x", label=MEDICAL_CLAIMS[0]), "label")]:
        with pytest.raises(ValidationError) as refusal:
            setting.clean()
        assert "“cures” is a medical claim" in refusal.value.message_dict[field][0]
    ClinicSettings(name="Cure Street Clinic", notice_text=NOT_MEDICAL_CLAIMS[0]).clean()


def test_a_page_with_medical_claims_needs_the_box_checked(db):
    fields = {StandardPage: "introduction", PersonPage: "biography", LocationPage: "parking"}
    for page in [model(**{"title": "A", field: MEDICAL_CLAIMS[0]}) for model, field in fields.items()]:
        with pytest.raises(ValidationError) as refusal:
            page.refuse_claims()
        assert "cures" in refusal.value.message_dict["contains_medical_claims"][0]
        page.contains_medical_claims = True
        page.refuse_claims()


def test_an_editor_sees_the_claim_quoted_and_keeps_the_text(as_user, editor, article):
    html = post(as_user(editor), article, REVIEW_CLAIMS[0]).content.decode()
    assert "Take out “Medically reviewed”" in html
    assert REVIEW_CLAIMS[0] in html


def test_an_import_with_a_review_claim_is_refused(imported):
    with pytest.raises(Refused, match="Take out"):
        imported("a.md", f"# Title\n\n{REVIEW_CLAIMS[0]}\n\n## Why\n\nBecause.\n")
    assert not ArticlePage.objects.filter(title="Title").exists()


PARENTS = {ArticleIndexPage: HomePage, TopicIndexPage: HomePage, GlossaryPage: HomePage}
PARENTS |= {PersonIndexPage: HomePage, PersonPage: PersonIndexPage}
PARENTS |= {LocationIndexPage: HomePage, LocationPage: LocationIndexPage}


def test_pages_of_every_type_with_claims_are_hidden_or_marked_until_reviewed(
    client, editor, reviewer, manager
):
    for model in [HomePage, *PARENTS]:
        role = {"role": "Physician"} if model is PersonPage else {}
        page = model.objects.first() or PARENTS[model].objects.get().add_child(
            instance=model(title="All", **role)
        )
        page.title, page.contains_medical_claims = f"{model.__name__} cures pain", True
        revision = page.save_revision(user=editor)
        with pytest.raises(PublicationRefused), transaction.atomic():
            revision.publish(user=editor)
        assert page.title not in client.get(page.url).text, model
        publish_without_review(revision, manager, "It can't wait.")
        assert "Not yet medically reviewed by this clinic" in client.get(page.url).text, model
        publish_reviewed(page, editor, reviewer)
        assert "Medically reviewed by Dan Hashimoto" in client.get(page.url).text, model
