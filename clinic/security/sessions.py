"""Sessions in the database, where two requests at once each keep what the other has changed."""

from copy import deepcopy
from typing import Any

from django.contrib.sessions.backends import db
from django.db import transaction


class SessionStore(db.SessionStore):
    """Django's writes all of a session again, and with it undoes what another request wrote meanwhile.

    A note of activity, once a minute, could so remove the message of an action. Its name is part of what
    sessions are signed with.
    """

    loaded: dict[str, Any] = {}

    def load(self) -> dict[str, Any]:
        found = super().load()
        self.loaded = deepcopy(found)
        return found

    def create(self) -> None:
        self.loaded = {}
        super().create()

    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            return super().save(must_create)
        with transaction.atomic():
            if row := self.model.objects.select_for_update().filter(pk=self.session_key).first():
                own, stored = dict(self.items()), self.decode(row.session_data)
                changed = {key: own[key] for key in own if own[key] != self.loaded.get(key, self)}
                kept = {key: stored[key] for key in stored if key in own or key not in self.loaded}
                self._session_cache = kept | changed
            return super().save()
