"""Extend the starter site into a complete, fictional clinic for `make run`."""

import tomllib

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.images import get_image_model

from clinic.models import ClinicSettings
from education import starter
from education.models import (
    ArticleIndexPage,
    HomePage,
    LocationIndexPage,
    LocationPage,
    PersonIndexPage,
    PersonPage,
    StandardPage,
    TopicIndexPage,
)

FOLDER = starter.FOLDER / "demo"
DEMO = tomllib.loads((FOLDER / "clinic.toml").read_text(encoding="utf-8"))
SLUGS_IN_HEADER = {"new-patients"}


class Command(BaseCommand):
    help = "Extends the starter site into a complete, fictional clinic for `make run`, never a real one."

    @transaction.atomic
    def handle(self, **options):
        is_new = not HomePage.objects.exists()
        if is_new:
            _set_clinic()  # before the pages, which are filled with its facts
        call_command("load_starter_site", verbosity=0)
        if is_new:
            _add_content(HomePage.objects.get())


def _set_clinic():
    clinic = ClinicSettings.current()
    for name, value in DEMO["clinic"].items():
        setattr(clinic, name, value)
    clinic.opening_hours = [("hours", hours) for hours in DEMO["hours"]]
    clinic.logo, clinic.logo_dark = _create_image("logo", "Logo"), _create_image("logo-dark", "Logo on dark")
    clinic.full_clean()
    clinic.save()


def _add_content(home):
    home.introduction = "We help people whose back, neck or nerves hurt."
    home.save_revision().publish()
    for page in StandardPage.objects.not_live():
        page.show_in_menus = page.slug in SLUGS_IN_HEADER
        page.save_revision().publish()
    _add_questions(home)
    _add_people(home)
    _add_locations(home)
    _add_articles_and_topics()


def _create_image(name, title):
    content = (FOLDER / "pictures" / f"{name}.png").read_bytes()
    return get_image_model().objects.create(title=title, file=ContentFile(content, f"{name}.png"))


def _add_questions(home):
    page = StandardPage(title="Questions patients ask", introduction="Made up, as this clinic is.")
    content = [("questions", DEMO["questions"])]
    page.body = [("section", {"heading": "Your visit", "content": content})]
    starter.publish(page, home)


def _add_people(home):
    index = PersonIndexPage(title="Our people", slug="people", show_in_menus=True)
    index.introduction = "The people you'd meet, if this clinic existed. They are all made up."
    starter.publish(index, home)
    reviewer = get_user_model().objects.filter(username="reviewer").first()
    for facts in DEMO["people"]:
        person = PersonPage(**facts, account=reviewer if "reviews_articles" in facts else None)
        person.photo = _create_image(person.title.lower().replace(" ", "-"), f"Portrait of {person.title}")
        starter.publish(person, index)


def _add_locations(home):
    index = LocationIndexPage(title="Locations", slug="locations", show_in_menus=True)
    starter.publish(index, home)
    for facts in DEMO["locations"]:
        photo = _create_image(facts["photo"], facts["title"]) if "photo" in facts else None
        hours = [("hours", hours) for hours in facts.get("opening_hours", [])]
        starter.publish(LocationPage(**{**facts, "photo": photo, "opening_hours": hours}), index)


def _add_articles_and_topics():
    index, topics = ArticleIndexPage.objects.get(), TopicIndexPage.objects.get()
    articles = {file.stem: starter.add_article(file, index) for file in sorted(FOLDER.glob("*.md"))}
    for topic in DEMO["topics"]:
        starter.add_topic(topics, **{**topic, "articles": [articles[name] for name in topic["articles"]]})
