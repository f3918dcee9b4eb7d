"""Mails built of parts."""

from __future__ import annotations

HEAD = b"To: a@example.com\r\nSubject: Regal\r\n"
INLINE = b"Content-Disposition: inline; filename=x.txt"
ATTACHED = b"Content-Disposition: attachment; filename=x.txt"


def part(kind: bytes, content: bytes, *fields: bytes) -> bytes:
    """A leaf of a mail, with its fields."""
    return b"".join(line + b"\r\n" for line in (b"Content-Type: " + kind, *fields, b"")) + content


def multipart(kind: bytes, *parts: bytes, boundary: bytes = b"B") -> bytes:
    """Parts in one, each behind the other."""
    lines = b"".join(b"--" + boundary + b"\r\n" + each + b"\r\n" for each in parts)
    return part(b"multipart/" + kind + b"; boundary=" + boundary, lines + b"--" + boundary + b"--\r\n")


TEXT, HTML = part(b"text/plain", b"Hallo"), part(b"text/html", b"<p>Hallo</p>")
