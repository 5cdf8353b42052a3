"""Finds medical claims and instructions where no clinician reviews the words: in settings, on unmarked pages.

It knows the usual wordings in English and Spanish, not every one.
"""

import json
import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from clinic.text.review_claims import claim_in, compiled, first_match

WORDS = r"(?:\w+ ){0,3}"
ALL_YOUR = (
    r"(?:(?:the|your|this|all|any|a|an|one|two|most|daily|next"
    r"|chronic|severe|back|neck|knee|leg|joint|nerve) ){0,3}"
)
DRUGS = (
    r"(?:medicine|medication|drug|pill|tablet|blood thinner|painkiller"
    r"|opioid|steroid|aspirin|ibuprofen|insulin|dose)s?"
)
HARMS = r"(?:risk|side effect|complication)s?"
BODY = (
    r"(?:pain|fracture|arthritis|cartilage|bone|nerve|dis[ck]"
    r"|mobility|height|cancer|osteoporosis|disease|infection)s?"
)
MEDICINAS = r"(?:medicina|medicamento|anticoagulante|pastilla|tableta|aspirina|ibuprofeno)s?"
CLAIM = compiled(
    [
        r"\bcur(?:e|es|ed|ing|ative)\b",
        r"\bheal(?:s|ed)?\b",
        r"\b(?:reliev|eliminat|eas|reduc|lessen|stop|end|remov)(?:e|es|ed|s|ing|ped|ping)? "
        rf"{ALL_YOUR}(?:pain|symptom)s?\b",
        rf"\b(?:permanent|instant|immediate|rapid|fast|lasting|total|complete) {WORDS}relief\b",
        rf"\b(?:prevent|revers|repair|restor|regrow|rebuild)(?:e|es|ed|s|ing)? {WORDS}{BODY}\b",
        rf"\b(?:pain|{HARMS}|symptom) free\b|\bpainless",
        rf"\bno (?:known |serious |real )?{HARMS}\b",
        r"\b(?:completely|totally|perfectly|entirely|absolutely|very) safe\b|\bsafe (?:and )?effective\b",
        r"\b(?:proven|miracle|fda (?:approved|cleared)|(?:doctor|physician|expert)s? recommend(?:ed)?)\b",
        rf"\bguarante(?:e|es|ed|ing) {WORDS}(?:relief|results?|recovery|success)\b",
        r"\b(?:relief|results|recovery|success) (?:is |are )?guaranteed\b",
        rf"\b(?:better|safer|more effective) {WORDS}than (?:surgery|injections?|{DRUGS})\b",
        r"\b(?:stop|start|keep|quit|continue) taking\b",
        rf"\b(?:stop|start|skip|double|resume|pause) {ALL_YOUR}{DRUGS}\b",
        rf"(?<!you )\b(?:take|swallow) {ALL_YOUR}{DRUGS}\b",
        r"\bcura(?:n|mos|r|do|da)?\b",
        r"\b(?:alivi|elimin|quit|reduc|calm)\w+ (?:\w+ ){0,3}(?:dolor|sintoma)(?:es|s)?\b",
        r"\bsin (?:riesgo|dolor|efectos? secundario|complicacion)(?:es|s)?\b",
        rf"\b(?:deje|dejar|suspenda|suspender) (?:de )?(?:tomar\b|(?:\w+ ){{0,2}}{MEDICINAS})",
        rf"\btome {WORDS}{MEDICINAS}\b",
        r"\bsegur[oa]s? y (?:eficaz|eficaces|efectiv[oa]s?)\b|\b(?:total|completa)mente segur[oa]s?\b",
        r"\b(?:comprobad|milagros)[oa]s?\b",
    ]
)
FIGURE = re.compile(
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|ml|milligrams?|miligramos?)\b"
    r"|\b\d+ ?(?:%|percent|por ciento) (?:\w+ ){0,3}"
    r"(?:patients|people|cases|success|effective|less|pacientes|éxito)\b",
    re.IGNORECASE,
)


def medical_claim_in(text: str) -> str:
    """The first words that say what a treatment does or what to take, or none."""
    figure = FIGURE.search(text)
    return first_match(CLAIM, text) or (figure[0] if figure else "")


def refuse_claims(instance: Model, shown: Collection[str]) -> None:
    """ValidationError if a setting's text claims a review, or one in the fields `shown` a medical effect."""
    errors = {}
    for field in instance._meta.concrete_fields:
        text = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(text.raw_data), ensure_ascii=False, default=str)
        if not isinstance(text, str):  # a field that the form found wrong may have no text yet
            continue
        if claim := claim_in(text):
            message = _("Take out “%(claim)s”. Each page says by itself who reviewed it, and when.")
        elif field.name in shown and (claim := medical_claim_in(text)):
            message = _("“%(claim)s” is a medical claim. Say it on a page that a clinical reviewer approves.")
        else:
            continue
        errors[field.name] = message % {"claim": claim}
    if errors:
        raise ValidationError(errors)
