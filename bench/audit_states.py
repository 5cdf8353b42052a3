"""The pages and states that bench/audit.py looks at, each ready in a browser."""

import logging
import os
import random
import re
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

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
    "standard page": "/website-privacy/",
    "form": "/contact/",
    "search": "/search/",
    "results": "/search/?q=kyphoplasty",
    "no results": "/search/?q=zzzz",
    "not found": "/nowhere/",
    "429 of a proxy": "/problem/429/",
    "503 of a proxy": "/problem/503/",
}
# The same each time: however often the audit runs, a site keeps it once.
QUESTION = {
    "message": "A question of the site’s own audit.",
    "name": "Maria Example",
    "phone": "(202) 555-0143",
}
MOST_AN_HOUR = 30
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
    for name, html in {"form, 429": form_after_a_flood(site), **without_database()}.items():
        show(page, f"{site}/drawn/", html)
        yield name, html


def send(page):
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Send").click()
    return navigation.value.text()


def show(page, address, html):
    """Opens what no GET of the running site answers, with the site's own style sheet."""
    page.unroute(address)
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)


def form_after_a_flood(site):
    """The form's 429. The flood comes from a loopback address of its own, so nobody else is held up."""
    source = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(2, 254)}"  # noqa: S311
    for number in range(MOST_AN_HOUR + 1):
        last = number == MOST_AN_HOUR
        question = {**QUESTION, "message": "One more."} if last else QUESTION
        connection = HTTPConnection("127.0.0.1", urlsplit(site).port, source_address=(source, 0))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": urlsplit(site).netloc}
        connection.request("POST", "/contact/", urlencode(question), headers)
        answer = connection.getresponse()
        html = answer.read().decode()
        connection.close()
    if answer.status != 429:
        raise RuntimeError(f"A flood was answered with {answer.status}. Is there a proxy in front?")
    return html


def without_database():
    """What the site's own views answer in this process, whose database is dead."""
    os.environ.update(DJANGO_SETTINGS_MODULE="clinic.settings", DEBUG="1", DATABASE_URL=A_DEAD_DATABASE)
    os.environ.update(local_environment.fill_in(local_environment.data_folder()))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's event loop runs in this thread
    logging.disable()
    django.setup()
    # Only now can anything of Django's be imported.
    from django.conf import settings
    from django.test import Client, RequestFactory

    from clinic import errors
    from clinic.caching import clinic_fallback
    from clinic.models import ClinicSettings

    settings.DEBUG = False  # readers do not see tracebacks
    clinic_fallback.known["clinic"] = ClinicSettings()
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    answers = {
        "form, 503": client.post("/contact/", QUESTION),
        "503": client.get("/"),
        "500": errors.server_error(RequestFactory(headers={"host": "localhost"}).get("/")),
    }
    for name, answer in answers.items():
        if answer.status_code != int(re.sub(r"\D", "", name)):
            raise RuntimeError(f"{name} was answered with {answer.status_code}")
    return {name: answer.content.decode() for name, answer in answers.items()}
