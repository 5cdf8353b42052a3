"""The pages and states that `make audit` checks."""

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
# Always the same message, so repeated audits of a site store only one inquiry.
QUESTION = {
    "message": "A question of the site’s own audit.",
    "name": "Maria Example",
    "phone": "(202) 555-0143",
    "email": "maria@patient.example",
}
# Replies to the inquiry as the front desk, and prints the link's token and the reading code.
REPLY_SCRIPT = """
from django.contrib.auth.models import User
from inquiries.models import Inquiry
inquiry, desk = Inquiry.objects.get(reference="%s"), User.objects.get(username="front-desk")
seen = lambda: {"by": desk, "seen": inquiry.events.last().pk}
code = inquiry.issue_reading_code(**seen())
print(inquiry.reply("You can come in on Monday at 9 AM.", **seen()).token, code.replace(" ", ""))
"""
UNREACHABLE_DATABASE = "postgres://nobody@127.0.0.1:9/none"


def states(page, site):
    """Open each page and state in the browser. Yield its name and its HTML as received."""
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
    yield from conversation_states(page, site, reference)
    page.goto(site + "/contact/")
    page.locator("#id_message").fill("I can't feel my legs since this morning.")
    yield "advice", send(page)
    for name, html in responses_without_database().items():
        show(page, f"{site}/rendered/", html)
        yield name, html


def send(page):
    return press(page, "Send")


def press(page, name):
    # `expect_navigation` would end early, because the page's script changes the history on submit.
    with page.expect_response(
        lambda response: response.request.is_navigation_request() and response.ok
    ) as info:
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
    return info.value.text()


def conversation_states(page, site, reference):
    """Open the front desk's reply with its link and code, and write back."""
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", REPLY_SCRIPT % reference]
    token, code = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603
    yield "link to an answer", page.goto(f"{site}/contact/reply/{token}/").text()
    page.locator("#id_code").fill(code)
    yield "answer", press(page, "Open")
    page.locator("#id_message").fill("Thank you. I'll come on Monday.")
    yield "wrote back", send(page)


def show(page, url, html):
    """Display `html` at a URL of the running site, so that it loads the site's style sheet."""
    page.unroute(url)
    page.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(url)


def responses_without_database():
    """Render the error pages in this process, without a database."""
    os.environ.update(DJANGO_SETTINGS_MODULE="clinic.settings", DEBUG="1", DATABASE_URL=UNREACHABLE_DATABASE)
    os.environ.update(local_environment.prepare(local_environment.data_folder()))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs in this thread
    logging.disable()
    django.setup()
    # These need configured settings.
    from django.conf import settings
    from django.shortcuts import render
    from django.test import Client, RequestFactory

    from clinic import errors
    from clinic.caching import clinic_fallback
    from clinic.models import ClinicSettings
    from inquiries.public.form.inquiry_form import InquiryForm

    settings.DEBUG = False  # no tracebacks
    clinic_fallback.known["clinic"] = ClinicSettings()
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    form = InquiryForm(QUESTION)
    form.is_valid()
    too_many = RequestFactory(headers={"host": "localhost"}).post("/contact/", QUESTION)
    responses = {
        "form, 429": render(too_many, "inquiries/contact.html", {"form": form, "too_many": True}, status=429),
        "form, 503": client.post("/contact/", QUESTION),
        "503": client.get("/"),
        "500": errors.server_error(RequestFactory(headers={"host": "localhost"}).get("/")),
    }
    for name, response in responses.items():
        if response.status_code != int(re.sub(r"\D", "", name)):
            raise RuntimeError(f"{name} returned status {response.status_code}")
    return {name: response.content.decode() for name, response in responses.items()}
