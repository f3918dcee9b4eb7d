"""Write the message that will leave: text, template and subject come together here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.mail.html import html_of_text, text_of_html
from plentymsg.mail.message import Attachment
from plentymsg.messenger import account, naming
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives for a message. None means: not given."""

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    """A whole HTML part, in place of the one that the template or the text would give."""
    template: str | None = None
    attachments: tuple[Attachment, ...] = ()


class Written(NamedTuple):
    """A message as it will leave, before it is judged."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]


def template_named(connection: Connection, name: str) -> Row:
    """The template that `name` names, by ID or name. Raises NotFound with the nearest names."""
    rows = views.select(connection, "v_template", order_by="name")
    wanted = naming.find(name, naming.candidates(rows, shown="name"), "template")
    return next(row for row in rows if row["id"] == wanted)


def write(
    connection: Connection,
    given: Given,
    *,
    template_id: int | None,
    usual_subject: str = "",
    variables: Mapping[str, object],
) -> Written:
    """Put a message together.

    The text goes into the template as `{{ text }}`; without a template it is the message. The subject is
    the one given, else the template's, else `usual_subject`. `variables` are flat: `contact.fullName` …
    Raises TemplateFault, InvalidInput if there is nothing to say, NotFound for an unknown template.
    """
    subject, text, html = "", given.text or "", ""
    warnings: tuple[str, ...] = ()
    if given.template is not None:
        template_id = template_named(connection, given.template)["id"]
    elif not (given.text or "").strip() and given.html is None:
        raise InvalidInput("The message has no text.", hint="Give it with --text, --text-file or --template.")
    if template_id is not None:
        subject, text, html, warnings = _rendered(connection, template_id, text, variables)
    html = given.html if given.html is not None else html
    if not text and html:
        text = text_of_html(html)
    return Written(
        subject=_one_line(given.subject if given.subject is not None else subject or usual_subject),
        text=text,
        html=html or html_of_text(text),
        attachments=given.attachments,
        warnings=warnings,
    )


def require_sendable(written: Written) -> None:
    """Raise InvalidInput if a message has no subject or no text: it could be judged, but not sent."""
    if not written.subject.strip():
        raise InvalidInput("The message has no subject.", hint="Give it with --subject, or in the template.")
    if not written.text.strip():
        raise InvalidInput("The message has no text.", hint="Give it with --text, --text-file or --template.")
    for part in ("subject", "text", "html"):
        found = _CONTROL.search(getattr(written, part))
        if found:
            raise InvalidInput(
                f"The {part} has a control character (U+{ord(found.group()):04X}).",
                hint="Take it out: a mail program shows nothing for it, or obeys it.",
            )


def variables_of(
    connection: Connection,
    channel: Row | None,
    *,
    user_id: int | None = None,
    full_name: str = "",
    title: str = "",
    short_id: int | None = None,
) -> dict[str, object]:
    """What templates may say of the shop, of who writes (`user_id`), the customer and the conversation."""
    settings = views.select(connection, "v_settings")[0]
    signature = account.signature_of(connection, user_id)
    return {
        "globals.clientName": settings["client_name"],
        "globals.emailSender": channel["sender_email"] if channel else "",
        "globals.account.signatureHTML": signature.html,
        "globals.account.signatureText": signature.text,
        "contact.fullName": full_name,
        "messenger.title": title,
        "messenger.shortId": short_id if short_id is not None else "",
    }


def _rendered(
    connection: Connection, template_id: int, text: str, variables: Mapping[str, object]
) -> tuple[str, str, str, tuple[str, ...]]:
    from plentymsg.templates.render import Version, render
    from plentymsg.templates.variables import PlainText, build

    versions = views.select(connection, "v_template_version", {"template_id": template_id}, order_by="id")
    if not versions:
        raise NotFound(
            f"The template {template_id} has no language version.",
            hint="Add one with: plentymsg template set NAME --language de --text-file FILE",
        )
    version = Version(versions[0]["subject"], versions[0]["text"], versions[0]["html"])
    rendered = render(version, build({**variables, "text": PlainText(text)}))
    return rendered.subject, rendered.text, rendered.html, rendered.warnings


def _one_line(subject: str) -> str:
    return " ".join(subject.split())
