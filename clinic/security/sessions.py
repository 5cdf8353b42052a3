"""Database sessions that merge the changes of concurrent requests."""

from copy import deepcopy
from typing import Any

from django.contrib.sessions.backends import db
from django.db import transaction


class SessionStore(db.SessionStore):
    """Saves only the keys that this request changed.

    Django's store saves the whole session, which reverts what concurrent requests have saved: recording the
    user's activity could remove a message. Don't rename the class: its name is part of session signatures.
    """

    loaded: dict[str, Any] = {}

    def load(self) -> dict[str, Any]:
        data = super().load()
        self.loaded = deepcopy(data)
        return data

    def create(self) -> None:
        self.loaded = {}
        super().create()

    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            return super().save(must_create)
        with transaction.atomic():
            if row := self.model.objects.select_for_update().filter(pk=self.session_key).first():
                current, stored = dict(self.items()), self.decode(row.session_data)
                changed = {key: current[key] for key in current if current[key] != self.loaded.get(key, self)}
                unchanged = {key: stored[key] for key in stored if key in current or key not in self.loaded}
                self._session_cache = unchanged | changed
            return super().save()
