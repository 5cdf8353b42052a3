"""Shared fixtures: a database with the starter site, users, a live server and a browser."""

import gc
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import hypothesis
import pytest
from django.contrib.auth.models import Group, User
from django.db import connections
from django.template import Template
from django.test.signals import template_rendered
from playwright.sync_api import sync_playwright
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicRegistry
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import blocking_manager_key

from clinic.accounts import roles
from education.management.commands import load_demo_site
from education.models import ArticlePage, HomePage
from tests.support import databases, indexing, install_browser, writes
from tests.support.admin import crawling
from tests.support.browsing import Browsing, Tabs
from tests.support.signing_in import Client

# Deterministic, so failures are reproducible.
hypothesis.settings.register_profile(
    "stable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("stable")

writes.start()
indexing.start()

TEST_DATABASE = f"test_clinic_{os.getpid()}"
CHROMIUM_FLAGS = ["no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-background-networking"]
# Run first, so the other processes don't wait for them at the end.
SLOWEST = ["test_admin_addresses.py", "test_crash_drill.py", "test_demo.py"]


def pytest_xdist_auto_num_workers():
    """Use one more process than cores (`-n auto`), as tests often wait for a server or a browser."""
    return os.cpu_count() + 1


def pytest_configure(config):
    """With several processes, create the template database while they collect tests."""
    if hasattr(config, "workerinput"):
        os.nice(5)  # the template takes longer than the collection
    elif config.getoption("numprocesses", None):
        config.stash[blocking_manager_key].unblock()
        multiprocessing.get_context("fork").Process(target=databases.template).start()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.name in SLOWEST and -SLOWEST.index(item.path.name) - 1)


def pytest_collection_finish():
    """Exclude long-lived objects from garbage collection, which saves an eighth of the time."""
    gc.freeze()
    gc.set_threshold(20_000)  # objects
    gc.enable()  # disabled in tests.settings


def pytest_runtest_setup():
    writes.clock.tick()
    indexing.waiting.clear()


@pytest.fixture(scope="session", autouse=True)
def record_top_level_contexts_only(django_test_environment):
    """Don't copy the contexts of included templates into `response.context`."""

    def render(template, context):
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session")
def database_template(django_db_blocker):
    with django_db_blocker.unblock():
        return databases.template()


@pytest.fixture(scope="session")
def test_database(django_db_blocker, database_template):
    with django_db_blocker.unblock():
        copy = databases.Copy(database_template, TEST_DATABASE)
        databases.use(TEST_DATABASE)
        yield copy
        databases.use(TEST_DATABASE)
        databases.drop(TEST_DATABASE)


@pytest.fixture(scope="session")
def django_db_setup(test_database):
    """Override pytest-django's fixture: the test database is a copy of the template."""


@pytest.fixture
def committed_db(test_database, django_db_blocker):
    """Commit for real, for tests with several connections, and restore the database afterwards."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        test_database.restore()


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """Share data between a file's tests, each of which (with `db`) rolls back only its own writes."""
    with django_db_blocker.unblock(), databases.shared_transaction():
        yield


@pytest.fixture
def within_a_second(monkeypatch):
    """Keep values of clinic.caching.per_second cached despite writes."""
    monkeypatch.setattr(writes.clock, "tick", lambda: None)


@pytest.fixture
def facts_read_once():
    """Cache the clinic's facts, for tests with many requests that change nothing."""
    with writes.facts_read_once():
        yield


@pytest.fixture
def crawl():
    """Speed up tests that open the whole admin."""
    with crawling():
        yield


@pytest.fixture
def run_worker(monkeypatch):
    """Return a function that runs all due jobs, except scheduled ones."""
    monkeypatch.setattr(app, "periodic_registry", PeriodicRegistry())

    def work():
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    def run():
        # In a separate thread, as the tests' thread can have Playwright's event loop.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(work).result()
        writes.clock.tick()  # the worker's connections aren't watched

    return run


def make_user(username, first_name, last_name, group):
    user = User.objects.create_user(
        username, f"{username}@clinic.example", "correct horse", first_name=first_name, last_name=last_name
    )
    user.groups.add(Group.objects.get(name=group))
    return user


# Users. All have the password "correct horse".


@pytest.fixture
def front_desk(db_or_committed):
    """Amara answers the phone and inquiries."""
    return make_user("amara", "Amara", "Okafor", roles.FRONT_DESK)


@pytest.fixture
def colleague(db_or_committed):
    """Ben shares the queue with Amara."""
    return make_user("ben", "Ben", "Lindqvist", roles.FRONT_DESK)


@pytest.fixture
def editor(db_or_committed):
    """Chiara writes articles, and must never see an inquiry."""
    return make_user("chiara", "Chiara", "Rossi", roles.EDITORS)


@pytest.fixture
def reviewer(db_or_committed):
    """Dan is a clinician who reviews articles, and must never see an inquiry."""
    return make_user("dan", "Dan", "Hashimoto", roles.REVIEWERS)


@pytest.fixture
def manager(db_or_committed):
    """Elif runs the clinic, including its accounts."""
    return make_user("elif", "Elif", "Demir", roles.MANAGERS)


@pytest.fixture
def clinician(db_or_committed):
    """Goran answers the front desk's questions, and sees only those inquiries."""
    return make_user("goran", "Goran", "Petrov", roles.CLINICIANS)


@pytest.fixture
def superuser(db_or_committed):
    """Root is a superuser created on the server, and bound by the same rules as everyone."""
    return User.objects.create_superuser("root", "root@clinic.example", "correct horse")


@pytest.fixture
def db_or_committed(request):
    """Request `db`, unless the test uses `committed_db`."""
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
    return None


@pytest.fixture
def article(db_or_committed):
    """The starter article, published."""
    return ArticlePage.objects.get(slug="kyphoplasty")


@pytest.fixture
def demo(article, settings, tmp_path):
    """The demo content of `make run`."""
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True
    load_demo_site._set_clinic()
    load_demo_site._add_content(HomePage.objects.get())


@pytest.fixture
def client():
    """A client whose `force_login` includes the second factor."""
    return Client()


@pytest.fixture
def as_user():
    """Return a function that signs in a client: `as_user(front_desk).get(…)`."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def answers():
    """A valid inquiry form."""
    return {
        "topic": "condition",
        "message": "My back has hurt since I lifted a box on Sunday.",
        "asker": "patient",
        "name": "Maria Example",
        "phone": "(202) 555-0143",
        "email": "maria@patient.example",
        "preferred_contact": "either",
        "best_time": "",
    }


@pytest.fixture(scope="session")
def tabs():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=install_browser.path(),
            args=[f"--{flag}" for flag in CHROMIUM_FLAGS],
        )
        yield Tabs(browser)
        browser.close()


@pytest.fixture(scope="session")
def site_server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()


@pytest.fixture
def site(site_server, committed_db, tabs):
    """The site in a browser: `site.open("/contact/")`; see tests.support.browsing."""
    browsing = Browsing(tabs, site_server.url)
    yield browsing
    browsing.close()
