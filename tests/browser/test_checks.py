"""The checks beside the editor look at the preview; readers get none of them."""

import re

from playwright.sync_api import expect

from tests.browser.policy import WATCH


def checks_of(site, editor, article):
    page = site.open("/robots.txt", user=editor)
    page.add_init_script(WATCH)
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d+"))
    return page


def test_the_starter_article_has_words_and_no_faults(site, editor, article):
    page = checks_of(site, editor, article)
    assert int(page.locator("[data-content-word-count]").inner_text()) > 500
    expect(page.locator("[data-side-panel=checks] [data-content-checker-count]")).to_have_text("0")


def test_an_empty_heading_is_found_and_the_policy_refuses_nothing(site, editor, article):
    article.body[0].value["heading"] = ""
    article.save_revision()
    page = checks_of(site, editor, article)
    expect(page.get_by_text("Empty heading found")).to_be_visible()
    assert [frame.evaluate("window.refused") for frame in page.frames] == [[], []]


def test_readers_get_nothing_of_it_though_they_be_editors(site, editor, article):
    assert "userbar" not in site.open(article.url, user=editor).content()
