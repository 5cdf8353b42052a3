"""Captions and descriptions of drawings are part of the reviewed text."""

import re

import pytest
from django.core.exceptions import ValidationError

from education.blocks.text import StepBlock
from education.review.models import PublicationRefused
from tests.support.publishing import publish_reviewed

CAPTION = "The line on the skin marks the incision; the bone has sunk in."


def change_caption(article, caption):
    data = article.body.get_prep_value()
    steps = [b for section in data for b in section["value"]["content"] if b["type"] == "steps"]
    steps[0]["value"][0]["value"]["caption"] = caption
    article.body = article._meta.get_field("body").to_python(data)


def test_a_changed_caption_needs_a_review(article, client, editor, reviewer):
    change_caption(article, "Everybody is cured.")
    with pytest.raises(PublicationRefused):
        article.save_revision(user=editor).publish(user=editor)
    article.refresh_from_db()
    assert CAPTION in client.get(article.url).content.decode()
    change_caption(article, "The bone has sunk in.")
    publish_reviewed(article, editor, reviewer)
    html = client.get(article.url).content.decode()
    assert "<figcaption>The bone has sunk in.</figcaption>" in html
    assert len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]{60,}"', html)) == 4


@pytest.mark.parametrize("missing", ["caption", "alt_text"])
def test_drawings_need_a_caption_and_a_description(missing):
    texts = {"caption": "A bone.", "alt_text": "A bone from the side.", missing: " "}
    with pytest.raises(ValidationError) as refusal:
        StepBlock().clean(StepBlock().to_python({"text": "<p>One.</p>", "drawing": "balloon", **texts}))
    assert set(refusal.value.block_errors) == {missing}
    StepBlock().clean(StepBlock().to_python({"text": "<p>One.</p>", "drawing": ""}))
