"""The checks beside the editor look at the preview; readers get none of them."""

import re
from datetime import date

from playwright.sync_api import expect


def test_an_empty_heading_is_the_only_fault_and_a_date_is_chosen_beside(site, editor, article):
    article.body[0].value["heading"] = ""
    for source in article.sources:
        source.value["checked_on"] = date(2026, 1, 2)
    article.save_revision()
    page = site.open(f"/admin/pages/{article.pk}/edit/", user=editor)
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d{3}"))
    expect(page.get_by_text("Empty heading found")).to_be_visible()
    expect(page.locator("[data-side-panel=checks] [data-content-checker-count]")).to_have_text("1")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).click()
    page.get_by_label("Go live date/time").click()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()


def test_readers_get_nothing_of_it_though_they_be_editors(site, editor, article):
    assert "userbar" not in site.open(article.url, user=editor).content()
