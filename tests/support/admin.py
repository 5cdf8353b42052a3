"""The addresses of the admin, for tests that walk all of them."""

from contextlib import contextmanager

import pytest
from django.contrib import auth
from django.db import connection
from django.urls import URLPattern, get_resolver, resolve
from wagtail.admin.menu import admin_menu

from tests.support import writes


def admin_addresses():
    """Every address under /admin/, with 1 where it wants a number and x where it wants a word."""

    def walk(patterns, prefix):
        for pattern in patterns:
            address = prefix + _filled_in(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield address
            else:
                yield from walk(pattern.url_patterns, address)

    admin = next(p for p in get_resolver().url_patterns if str(p.pattern) == "admin/")
    # Signing out would make the rest of the walk meaningless.
    return sorted(set(walk(admin.url_patterns, "/admin/")) - {"/admin/logout/"})


def _filled_in(pattern):
    text = str(pattern)
    for name, converter in pattern.converters.items():
        value = "1" if type(converter).__name__ in {"IntConverter", "StringConverter"} else "x"
        for kind in ("int:", "str:", "slug:", "path:", "uuid:", ""):
            text = text.replace(f"<{kind}{name}>", value)
    return text.replace("^", "").replace("$", "").replace("\\", "")


def view_of(address):
    view = resolve(address).func
    return getattr(view, "view_class", view)


def number_from_one(model):
    """The next one of its kind is the one whose addresses `admin_addresses` has. Rolled back like its row."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE {model._meta.db_table}_id_seq RESTART")


@contextmanager
def without_menu():
    """For walks through the admin: its menu is the same on each page, and a third of the work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admin_menu, "render_component", lambda request: [])
        yield


@contextmanager
def users_read_once():
    """Whose a session is, and what they may do: four queries that each request asks before all else."""
    get_user, known = auth.get_user, {}

    def read(request):
        key = request.session.session_key
        return known[key] if key in known else known.setdefault(key, get_user(request))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_user", read)
        yield


@contextmanager
def crawling():
    with without_menu(), writes.facts_read_once():
        yield


def is_open(response):
    return response.status_code == 200
