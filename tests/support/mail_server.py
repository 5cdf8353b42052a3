"""A real SMTP server that can accept or refuse emails, stall, or drop connections."""

import asyncio
import email
from email import policy

from aiosmtpd.controller import Controller

from tests.support.ports import free_port


class MailServer:
    """`behavior` is accept, refuse, refuse_recipient, stall or drop; it can be changed at any time."""

    def __init__(self):
        self.behavior = "accept"
        self.emails = []
        self.attempts = 0
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def recipients(self):
        return sorted(message["To"] for message in self.emails)

    def stop(self):
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.behavior == "refuse_recipient":
            return f"550 no such person: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.attempts += 1
        if self.behavior == "refuse":
            return "451 come back later"
        if self.behavior == "stall":
            await asyncio.Event().wait()
        if self.behavior == "drop":
            server.transport.abort()
            return "421 gone"
        self.emails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"
