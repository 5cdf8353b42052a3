"""The version of all that readers see, and what need not be read again while it stands.

A change to a page or to the clinic's facts raises the version in the same transaction, by triggers
(clinic's migrations 0003 and 0006, education's 0003); a draft does not. Every process asks for it once a
second.
"""

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

import psycopg
from django.db import connection

CHECK_EVERY = 1.0  # seconds
PAUSE_WITHOUT_DATABASE = 5.0  # seconds
PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 3000}  # seconds; ms, for a host that has vanished
MOST_REMEMBERED = 100  # answers; one for each name that the site is asked by, and a few more

# What this request may take for current: None outside of clinic.caching.page_cache.
standing = ContextVar("standing", default=None)


class SiteVersion:
    """Asked for at most once a second, on a connection of its own."""

    def __init__(self):
        self.value = None  # unknown: nothing is taken for current until the database has been asked
        self.asked_at = 0.0
        self.lock = threading.Lock()
        self.connection = None
        self.remembered = (None, {})

    def current(self):
        if time.monotonic() - self.asked_at > CHECK_EVERY and self.lock.acquire(blocking=False):
            try:
                version = self._ask()
                if version != self.value:
                    forget_addresses_of_sites()
                self.value, self.asked_at = version, time.monotonic()
            except psycopg.Error:
                # The last known version stands until the database is back; readers do not wait for it.
                self.connection = None
                self.asked_at = time.monotonic() + PAUSE_WITHOUT_DATABASE
            finally:
                self.lock.release()
        return self.value

    def _ask(self):
        if self.connection is None:
            parameters = connection.get_connection_params()
            parameters = {k: v for k, v in parameters.items() if k not in {"context", "cursor_factory"}}
            self.connection = psycopg.connect(**{**parameters, "autocommit": True, **PATIENCE})
        return self.connection.execute("SELECT version FROM clinic_siteversion").fetchone()[0]

    @contextmanager
    def stands(self, version):
        """For what is drawn as of `version`, which `current` gave: what was read since then is as new."""
        if self.remembered[0] != version:
            self.remembered = (version, {})
        of, remembered = self.remembered
        token = standing.set(remembered if of == version is not None else None)
        try:
            yield
        finally:
            standing.reset(token)


def forget_addresses_of_sites():
    """Wagtail keeps them for an hour in each process, and clears them only in the one that changes one."""
    from wagtail.models import Site  # there are no models yet when this module is first wanted

    Site.clear_site_root_paths_cache()


def while_it_stands(read):
    """`read(*args)`, remembered for as long as the version stands; read anew outside of the page cache.

    What it gives is shared by all threads: nobody may change it.
    """

    @wraps(read)
    def read_or_remembered(*args):
        remembered = standing.get()
        if remembered is None:
            return read(*args)
        key = (read, *args)
        if key in remembered:
            return remembered[key]
        value = read(*args)
        if len(remembered) < MOST_REMEMBERED:
            remembered[key] = value
        return value

    return read_or_remembered
