"""URLs of the admin, for tests that open all of them."""

from contextlib import contextmanager

import pytest
from django.contrib import auth
from django.db import connection
from django.urls import URLPattern, get_resolver, resolve
from wagtail.admin.menu import admin_menu

from tests.support import writes

CHEAPEST_ADDRESS = "/admin/tag-autocomplete/"  # in time


def admin_addresses():
    """Return all paths under /admin/, with 1 for numeric and x for other parameters."""

    def walk(patterns, prefix):
        for pattern in patterns:
            address = prefix + _with_sample_values(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield address
            else:
                yield from walk(pattern.url_patterns, address)

    admin = next(p for p in get_resolver().url_patterns if str(p.pattern) == "admin/")
    # Signing out would affect the rest.
    return sorted(set(walk(admin.url_patterns, "/admin/")) - {"/admin/logout/"})


def _with_sample_values(pattern):
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
    """Restart a model's IDs at 1, as used in `admin_addresses`, until the transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE {model._meta.db_table}_id_seq RESTART")


@contextmanager
def without_menu():
    """Skip rendering the admin's menu, which takes a third of a page's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admin_menu, "render_component", lambda request: [])
        yield


@contextmanager
def users_read_once():
    """Cache each session's user and permissions, which saves four queries per request."""
    get_user, cache = auth.get_user, {}

    def read(request):
        key = request.session.session_key
        return cache[key] if key in cache else cache.setdefault(key, get_user(request))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_user", read)
        yield


@contextmanager
def crawling():
    with without_menu(), writes.facts_read_once():
        yield


def is_open(response):
    return response.status_code == 200
