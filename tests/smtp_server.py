"""A mail server on loopback that takes, refuses or drops what is sent to it, as real ones do (RFC 5321)."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP


@dataclass
class Mailbox:
    """What has arrived, and which recipients are refused.

    raw: each mail as it came over the line. hangs_up: the command at which the line is dropped, such as "DATA".
    """

    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hangs_up: str = ""

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=SMTP) for each in self.raw]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 loopback ESMTP")
        for line in iter(self.rfile.readline, b""):
            command = line[:4].decode("ascii").upper()
            if command == self.mailbox.hangs_up:
                return
            if command == "DATA":
                self._say("354 go on")
                self.mailbox.raw.append(self._data())
            if command == "RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode("ascii")
                if recipient in self.mailbox.refused:
                    self._say("550 5.1.1 no such mailbox")
                    continue
                self.mailbox.recipients.append(recipient)
            self._say("221 bye" if command == "QUIT" else "250 ok")
            if command == "QUIT":
                return

    def _data(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            # A line that begins with a full stop is sent with a second one.
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def smtp_server(**options):
    """Runs a server. Gives its mailbox and the setting MAILERS that leads to it."""
    mailbox = Mailbox(**options)
    handler = type("Handler", (_Conversation,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        host, port = server.server_address
        backend = "django.core.mail.backends.smtp.EmailBackend"
        yield mailbox, {"default": {"BACKEND": backend, "OPTIONS": {"host": host, "port": port, "timeout": 5}}}
        server.shutdown()
        running.join()
