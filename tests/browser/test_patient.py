"""A patient reads an article and asks a question."""

import re

from bs4 import BeautifulSoup
from playwright.sync_api import expect

from inquiries.models import Inquiry
from tests.browser.filling_in import fill_in

ARTICLE = "/education/kyphoplasty/"


def send(page):
    page.get_by_role("button", name="Send").click()


def test_a_caregiver_asks_from_an_article_on_a_phone_without_javascript(site):
    page = site.open(ARTICLE, width=390, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Kyphoplasty"))
    fill_in(page)
    expect(page.get_by_label("Patient's name")).to_be_hidden()
    page.get_by_label("I'm asking for someone else").check()
    page.get_by_label("Patient's name").fill("Rosa Example")
    expect(page.get_by_label("Your NPI")).to_be_hidden()
    send(page)
    reference = page.locator("[data-reference]")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your message")
    inquiry = Inquiry.objects.get(reference=reference.get_attribute("data-reference"))
    assert (inquiry.asker, inquiry.patient_name, inquiry.topic) == ("caregiver", "Rosa Example", "article")
    assert inquiry.page_title.startswith("Exploring the Use of Kyphoplasty")
    assert inquiry.page_revision
    assert page.context.cookies() == []


def test_going_back_restores_an_unsent_message_but_not_a_sent_one(site):
    page = site.open("/contact/")
    fill_in(page)
    message = page.locator("[name=message]")
    typed = message.input_value()
    page.goto("/education/")
    page.go_back()
    expect(message).to_have_value(typed)
    send(page)
    expect(page.locator("[data-reference]")).to_be_visible()
    for _again in range(2):
        page.go_back()
        expect(message).to_have_value("")
        expect(page.get_by_label("Your name", exact=True)).to_have_value("")
        page.go_forward()
        expect(page.locator("[data-reference]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-reference]")).to_be_visible()
    assert Inquiry.objects.count() == 1


def test_the_form_can_be_filled_in_by_keyboard_alone(site):
    page = site.open("/contact/")
    page.locator("#id_message").focus()
    for text in ["My back hurts.", "Maria Example", "202 555 0143", "maria@patient.example"]:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    for _ in range(2):  # the collapsed preferences and the privacy link
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-reference]")).to_be_visible()


def test_the_contents_list_links_to_each_section(client, article):
    page = BeautifulSoup(client.get(ARTICLE).content, "lxml")
    targets = [link["href"].removeprefix("#") for link in page.select("nav a[href^='#']")]
    assert len(targets) > 3
    assert [target for target in targets if len(page.find_all(id=target)) != 1] == []
