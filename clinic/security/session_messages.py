"""Messages after an action, kept with the session and encrypted: some hold a reading code or an address.

Django's keep them in a cookie, which outlives a sign-out: the next person's sign-in page showed them.
"""

from base64 import b64decode, b64encode

from django.contrib.messages.storage.session import SessionStorage

from clinic.security.encryption import UnreadableText, seal, unseal

CONTEXT = "messages of a session"


class EncryptedMessages(SessionStorage):
    def serialize_messages(self, messages):
        return b64encode(seal(super().serialize_messages(messages), CONTEXT)).decode()

    def deserialize_messages(self, data):
        try:
            return super().deserialize_messages(unseal(b64decode(data), CONTEXT)) if data else []
        except (UnreadableText, ValueError):  # its key was renewed meanwhile
            return []
