"""The pages and states that `make audit` looks at, each ready in a browser."""

import logging
import os
import re
import subprocess
import sys

import django

from clinic.devtools import local_environment

PAGES = {
    "home": "/",
    "list": "/education/",
    "article": "/education/kyphoplasty/",
    "topics": "/topics/",
    "topic": "/topics/broken-vertebrae/",
    "people": "/people/",
    "person": "/people/ada-sample/",
    "locations": "/locations/",
    "location": "/locations/main-office/",
    "office": "/locations/north-office/",
    "standard page": "/website-privacy/",
    "questions": "/questions-patients-ask/",
    "form": "/contact/",
    "search": "/search/",
    "results": "/search/?q=kyphoplasty",
    "did you mean": "/search/?q=kyfoplasty",
    "no results": "/search/?q=zzzz",
    "my message": "/contact/status/",
    "link has ended": "/contact/reply/x/",
    "not found": "/nowhere/",
    "429 of a proxy": "/problem/429/",
    "503 of a proxy": "/problem/503/",
}
# The same each time: however often the audit runs, a site keeps it once.
QUESTION = {
    "message": "A question of the site’s own audit.",
    "name": "Maria Example",
    "phone": "(202) 555-0143",
    "email": "maria@patient.example",
}
# In the site's own data, as the front desk would: a reply to an inquiry, its link and its code.
ANSWER = """
from django.contrib.auth.models import User
from inquiries.models import Inquiry
inquiry, desk = Inquiry.objects.get(reference="%s"), User.objects.get(username="front-desk")
seen = lambda: {"by": desk, "seen": inquiry.events.last().pk}
code = inquiry.issue_reading_code(**seen())
print(inquiry.reply("You can come in on Monday at 9 AM.", **seen()).token, code.replace(" ", ""))
"""
A_DEAD_DATABASE = "postgres://nobody@127.0.0.1:9/none"


def states(page, site):
    """Each page and state, open in the browser: its name and its HTML as sent."""
    for name, path in PAGES.items():
        yield name, page.goto(site + path).text()
    page.goto(site + "/contact/")
    yield "form, errors", send(page)
    for name, text in QUESTION.items():
        page.locator(f"#id_{name}").fill(text)
    yield "confirmation", send(page)
    reference = page.locator("[data-reference]").inner_text()
    page.goto(site + PAGES["article"])
    yield "feedback", press(page, "Yes")
    yield from reading_an_answer(page, site, reference)
    page.goto(site + "/contact/")
    page.locator("#id_message").fill("I can't feel my legs since this morning.")
    yield "advice", send(page)
    for name, html in without_database().items():
        show(page, f"{site}/drawn/", html)
        yield name, html


def send(page):
    return press(page, "Send")


def press(page, name):
    # Not `expect_navigation`: the page's script changes the history when a form is sent, which ends that.
    with page.expect_response(lambda answer: answer.request.is_navigation_request() and answer.ok) as answer:
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
    return answer.value.text()


def reading_an_answer(page, site, reference):
    """A patient opens the front desk's reply with its link and code, and writes back."""
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", ANSWER % reference]
    token, code = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603
    yield "link to an answer", page.goto(f"{site}/contact/reply/{token}/").text()
    page.locator("#id_code").fill(code)
    yield "answer", press(page, "Open")
    page.locator("#id_message").fill("Thank you. I'll come on Monday.")
    yield "wrote back", send(page)


def show(page, address, html):
    """Opens what no GET of the running site answers, with the site's own style sheet."""
    page.unroute(address)
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)


def without_database():
    """The answers of the site's own views in this process, without a database."""
    os.environ.update(DJANGO_SETTINGS_MODULE="clinic.settings", DEBUG="1", DATABASE_URL=A_DEAD_DATABASE)
    os.environ.update(local_environment.fill_in(local_environment.data_folder()))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's event loop runs in this thread
    logging.disable()
    django.setup()
    # Only now can anything of Django's be imported.
    from django.conf import settings
    from django.shortcuts import render
    from django.test import Client, RequestFactory

    from clinic import errors
    from clinic.caching import clinic_fallback
    from clinic.models import ClinicSettings
    from inquiries.public.form.inquiry_form import InquiryForm

    settings.DEBUG = False  # readers do not see tracebacks
    clinic_fallback.known["clinic"] = ClinicSettings()
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    form = InquiryForm(QUESTION)
    form.is_valid()
    too_many = RequestFactory(headers={"host": "localhost"}).post("/contact/", QUESTION)
    answers = {
        "form, 429": render(too_many, "inquiries/contact.html", {"form": form, "too_many": True}, status=429),
        "form, 503": client.post("/contact/", QUESTION),
        "503": client.get("/"),
        "500": errors.server_error(RequestFactory(headers={"host": "localhost"}).get("/")),
    }
    for name, answer in answers.items():
        if answer.status_code != int(re.sub(r"\D", "", name)):
            raise RuntimeError(f"{name} was answered with {answer.status_code}")
    return {name: answer.content.decode() for name, answer in answers.items()}
