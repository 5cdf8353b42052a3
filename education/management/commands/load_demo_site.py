"""Adds to the starter site what `make run` shows: a whole clinic that is made up, and says so."""

from datetime import time

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
CLINIC = {
    "name": "Sample Valley Pain and Spine Clinic",
    "street_address": "100 Sample Street",
    "city": "Sample Valley",
    "notice_level": "note",
    "notice_text": "A sample notice: flu shots are free for our patients this month.",
}
IN_HEADER = {"new-patients"}
QUESTIONS = [
    ("Where do I park?", "Behind the building. It's free."),
    ("May somebody come with me?", "Yes. Four ears hear more than two."),
    ("What if I'm late?", "Call us. We'll see you if we can, or find another time."),
]
HOURS = [
    ("hours", {"days": ["0", "1", "2", "3"], "opens": time(8), "closes": time(17)}),
    ("hours", {"days": ["4"], "opens": time(8), "closes": time(15)}),
]
# name, credentials, role, languages, whether they review articles, text
PEOPLE = [
    (
        *("Ada Sample", "MD", "Interventional pain physician", "English, Spanish", True),
        "Ada Sample is made up. A real page says in a few lines what a doctor is good at, and why patients"
        " come back.",
    ),
    (
        *("Ben Placeholder", "DO", "Spine specialist", "English", False),
        "Ben Placeholder is made up too. He'd tell you how he explains an MRI, and how long a visit takes.",
    ),
    (
        *("Carmen Madeup", "NP", "Nurse practitioner", "English, Spanish", False),
        "Carmen Madeup doesn't exist either. You'd meet her at your first visit and after a procedure.",
    ),
]
# title, introduction, drawing, articles
TOPICS = [
    (
        "My back hurts",
        "From a pulled muscle to a worn disk: what helps, and when to call.",
        "back",
        ["back-pain"],
    ),
    (
        *("Pain down my leg", "A pressed nerve can hurt from your back to your foot.", "leg"),
        ["sciatica", "spinal-stenosis"],
    ),
    ("Walking is hard", "Your legs feel heavy or numb until you sit down.", "nerve", ["spinal-stenosis"]),
    ("My bones are thin", "Osteoporosis, and how to keep bones from breaking.", "spine", ["osteoporosis"]),
    ("Before a procedure", "What to tell us, what to bring, and who drives.", "joint", ["blood-thinners"]),
]


class Command(BaseCommand):
    help = "Makes the starter site a complete, made-up clinic, once. For `make run`; never for a real clinic."

    @transaction.atomic
    def handle(self, **options):
        is_new = not HomePage.objects.exists()
        if is_new:
            _set_clinic()  # the pages are filled with its facts
        call_command("load_starter_site", verbosity=0)
        if is_new:
            _add_the_rest(HomePage.objects.get())


def _add_the_rest(home):
    home.introduction = "We help people whose back, neck or nerves hurt."
    home.save_revision().publish()
    for page in StandardPage.objects.not_live():
        page.show_in_menus = page.slug in IN_HEADER
        page.save_revision().publish()
    _add_questions(home)
    _add_people(home)
    _add_locations(home)
    _add_articles_and_topics()


def _add_questions(home):
    content = [("questions", [{"question": asked, "answer": f"<p>{text}</p>"} for asked, text in QUESTIONS])]
    page = StandardPage(title="Questions patients ask", introduction="Made up, as this clinic is.")
    page.body = [("section", {"heading": "Your visit", "content": content})]
    starter.publish(page, home)


def _set_clinic():
    clinic = ClinicSettings.current()
    for name, value in CLINIC.items():
        setattr(clinic, name, value)
    clinic.opening_hours = HOURS
    clinic.logo, clinic.logo_dark = _picture("logo", "Logo"), _picture("logo-dark", "Logo on dark")
    clinic.full_clean()
    clinic.save()


def _picture(name, title):
    content = (FOLDER / "pictures" / f"{name}.png").read_bytes()
    return get_image_model().objects.create(title=title, file=ContentFile(content, f"{name}.png"))


def _add_articles_and_topics():
    index, topics = ArticleIndexPage.objects.get(), TopicIndexPage.objects.get()
    articles = {file.stem: starter.add_article(file, index) for file in sorted(FOLDER.glob("*.md"))}
    for title, introduction, drawing, names in TOPICS:
        starter.add_topic(topics, title, introduction, drawing, [articles[name] for name in names])


def _add_people(home):
    index = PersonIndexPage(title="Our people", slug="people", show_in_menus=True)
    index.introduction = "The people you'd meet, if this clinic existed. They are all made up."
    starter.publish(index, home)
    reviewer = get_user_model().objects.filter(username="reviewer").first()
    for name, credentials, role, languages, reviews, text in PEOPLE:
        slug = name.lower().replace(" ", "-")
        person = PersonPage(
            title=name,
            credentials=credentials,
            role=role,
            languages=languages,
            reviews_articles=reviews,
            account=reviewer if reviews else None,
            biography=f"<p>{text}</p>",
            photo=_picture(slug, f"Portrait of {name}"),
        )
        starter.publish(person, index)


def _add_locations(home):
    index = LocationIndexPage(title="Locations", slug="locations", show_in_menus=True)
    starter.publish(index, home)
    main = LocationPage(
        title="Main office",
        parking="Free parking behind the building, two spaces next to the ramp.",
        directions="<p>Made up: two blocks from Sample Valley station. Take the ramp to the front door.</p>",
        photo=_picture("main-office", "Main office"),
        photo_alt="Drawing of a low building with wide doors and a ramp.",
    )
    north = LocationPage(
        title="North office",
        street_address="7 Example Avenue",
        city="North Sample",
        state="ST",
        postal_code="00000",
        phone="(202) 555-0101",
        fax="(202) 555-0102",
        opening_hours=[("hours", {"days": ["1", "3"], "opens": time(9), "closes": time(16)})],
        parking="Street parking. Ring the bell, and we'll open the wide door.",
    )
    for location in (main, north):
        starter.publish(location, index)
