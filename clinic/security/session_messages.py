"""Encrypted storage of django.contrib.messages in the session: some contain a reading code or an address.

With Django's cookie storage, messages outlive a sign-out and appear to the next user of the browser.
"""

from base64 import b64decode, b64encode
from uuid import uuid4

from django.contrib.messages.storage.session import SessionStorage

from clinic.security.encryption import UnreadableText, seal, unseal

CONTEXT = "messages of a session"


class EncryptedMessages(SessionStorage):
    """Stores each request's messages under a separate key, so concurrent requests don't overwrite them."""

    def _get(self, *args, **kwargs):
        stored = {key: data for key, data in self.request.session.items() if key.startswith(self.session_key)}
        self.read = list(stored)
        return [message for data in stored.values() for message in self.deserialize_messages(data)], True

    def _store(self, messages, response, *args, **kwargs):
        for key in self.read if self.used else ():
            self.request.session.pop(key, None)
        if self._queued_messages:
            key = f"{self.session_key}.{uuid4().hex}"
            self.request.session[key] = self.serialize_messages(self._queued_messages)
        return []

    def discard_new(self):
        """Discard the messages of a failed request, whose transaction was rolled back."""
        self._queued_messages, self.added_new = [], False

    def serialize_messages(self, messages):
        return b64encode(seal(super().serialize_messages(messages), CONTEXT)).decode()

    def deserialize_messages(self, data):
        try:
            return super().deserialize_messages(unseal(b64decode(data), CONTEXT)) if data else []
        except (UnreadableText, ValueError):  # the encryption key was rotated
            return []
