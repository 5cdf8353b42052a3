"""Content checks in the editor's preview."""

import json

from bs4 import BeautifulSoup

from education.checks.rules import CHECKS
from education.checks.userbar import MATCHES_NOTHING
from tests.education.review.editor_form import fields


def test_the_preview_gets_the_problems_of_the_draft_and_no_form(article, as_user, editor):
    client, url = as_user(editor), f"/admin/pages/{article.pk}/edit/preview/"
    assert client.post(url, fields(article, "We help.")).json()["is_valid"]
    soup = BeautifulSoup(client.get(f"{url}?in_preview_panel=true").content, "html.parser")
    config = json.loads(soup.find(id="checker-axe-configuration").string)
    assert {*CHECKS, "image-alt", "heading-order"} <= set(config["options"]["runOnly"])
    rules = {rule["id"]: rule["selector"] for rule in config["spec"]["rules"]}
    assert rules["no-risks"] == rules["no-source"] == "main h1"
    assert rules["heavy"] == MATCHES_NOTHING
    assert not soup.select("main form")
