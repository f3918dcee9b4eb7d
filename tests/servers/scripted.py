"""A server that says what a test wants, for answers that no good server gives."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from plentymsg.mail.server import Server

_IMAP_ANSWERS = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1",
    "STATUS": "* STATUS INBOX (UIDNEXT 4 UIDVALIDITY 7)",
    "EXAMINE": "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok",
    "SEARCH": "* SEARCH 1 2 3",
    "LOGOUT": "* BYE",
}


@contextmanager
def scripted_imap(answers: Mapping[str, str]) -> Iterator[Server]:
    """An IMAP server with three mails that answers some commands otherwise, e.g. `{"SEARCH": "* SEARCH x"}`.

    What is given are the lines before the final OK, or all if they begin with "BAD" or "NO". A FETCH
    of sizes is called SIZES. `{line}` stands for what the client sent.
    """
    script = _IMAP_ANSWERS | dict(answers)

    def answer(line: str) -> str:
        tag, _, command = line.partition(" ")
        words = command.split()
        name = words[1] if words[0] == "UID" else words[0]
        if name == "FETCH":
            name, default = ("SIZES", "") if "RFC822.SIZE" in command else (name, _mails(words[2]))
        else:
            default = ""
        said = script.get(name, default).replace("{line}", command)
        if said.startswith(("BAD", "NO")):
            return f"{tag} {said}\r\n"
        return f"{said}\r\n{tag} OK done\r\n" if said else f"{tag} OK done\r\n"

    with _listening("* OK ready\r\n", answer) as port:
        yield Server("imap", "localhost", port, "none", "shop@example.com", "secret")


@contextmanager
def scripted_smtp(answers: Mapping[str, str], greeting: str = "220 ready") -> Iterator[Server]:
    """An SMTP server that wants no login, and answers some commands otherwise, e.g. `{"RCPT": "what?"}`.

    It understands no message but one of a single empty line, to which it says nothing.
    """
    script = {"EHLO": "250 hello", "DATA": "354 go on"} | dict(answers)

    def answer(line: str) -> str:
        return script.get(line.split(maxsplit=1)[0].upper(), "250 ok") + "\r\n" if line else ""

    with _listening(f"{greeting}\r\n", answer) as port:
        yield Server("smtp", "localhost", port, "none")


def _mails(uids: str) -> str:
    first, _, last = uids.partition(":")
    found = []
    for uid in range(int(first), int(last or first) + 1):
        body = f"Subject: {uid}\r\n\r\n"
        found.append(f"* {uid} FETCH (UID {uid} BODY[] {{{len(body)}}}\r\n{body})")
    return "\r\n".join(found)


@contextmanager
def _listening(greeting: str, answer: Callable[[str], str]) -> Iterator[int]:
    """Answer line by line on a free port, until the test is over."""

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                self.wfile.write(greeting.encode())
                for line in self.rfile:
                    self.wfile.write(answer(line.decode().strip()).encode())
            except ConnectionError:
                return  # the client had enough

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
