"""Write the message that will leave: text, template and subject come together here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.mail.message import Attachment
from plentymsg.messenger import account, templates
from plentymsg.messenger.languages import ANY, Wish
from plentymsg.messenger.passages import NOTHING, Derived, Original, Passages, as_html, as_text
from plentymsg.messenger.plain import require_plain
from plentymsg.rules.legible import is_visible
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_GIVE_TEXT = "Give it with --text, --text-file or --template."


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives for a message. None means: not given."""

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    """A whole HTML part, in place of the one that the template or the text would give."""
    template: str | None = None
    language: str | None = None
    """Of the template, in place of the recipient's."""
    attachments: tuple[Attachment, ...] = ()


class Written(NamedTuple):
    """A message as it will leave, before it is judged."""

    parts: Passages
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...] = ()
    signer: str = ""
    """Whose signature is under it: a login, or empty."""
    template_id: int | None = None
    """The template that it was made with."""
    language: str = ""
    """In which its template has it; empty if it has none, or one for every language."""

    @property
    def subject(self) -> str:
        """The subject."""
        return self.parts.subject.text

    @property
    def text(self) -> str:
        """The text."""
        return self.parts.text.text

    @property
    def html(self) -> str:
        """The HTML."""
        return self.parts.html.text


def template_named(connection: Connection, name: str) -> Row:
    """The template that `name` names, by ID or name, as a row of `v_template`.

    Raises NotFound with the nearest names, InvalidInput for a header, footer or text block.
    """
    return _template(connection, templates.find(connection, name, "template"))


def _template(connection: Connection, template_id: int) -> Row:
    row = views.first(connection, "v_template", {"id": template_id})
    assert row is not None, "a template in use is not deleted"
    return row


def write(
    connection: Connection,
    given: Given,
    *,
    template_id: int | None,
    usual_subject: str = "",
    variables: Mapping[str, object],
    wish: Wish = ANY,
) -> Written:
    """Put a message together.

    The text goes into the template as `{{ text }}`; without a template it is the message. The subject is
    the one given, else the template's, else `usual_subject`. `variables` are flat: `contact.fullName` …
    `wish` is what is known of the language that it is to have.
    Raises TemplateFault, InvalidInput if there is nothing to say, NotFound for an unknown template.
    """
    parts = Passages(NOTHING, Original("given", "text", given.text or ""), NOTHING)
    warnings: tuple[str, ...] = ()
    language = ""
    if given.template is not None:
        template_id = templates.find(connection, given.template, "template")
    elif not is_visible(given.text or "") and given.html is None:
        raise InvalidInput("The message has no text.", hint=_GIVE_TEXT)
    if template_id is not None:
        from plentymsg.messenger.composing import compose

        wish = wish._replace(asked=given.language or "")
        composed = compose(connection, _template(connection, template_id), variables, given.text or "", wish)
        parts, warnings, language = composed.passages, composed.warnings, composed.spoken
    subject, text, html = parts
    if given.html is not None:
        html = Original("given", "html", given.html)
    if not text.text and html.text:
        text = as_text(html)
    if given.subject is not None:
        subject = Original("given", "subject", given.subject)
    line = one_line(subject.text or (usual_subject if given.subject is None else ""))
    return Written(
        Passages(Derived(line, subject), text, html if html.text else as_html(text)),
        given.attachments,
        warnings,
        signer=getattr(variables.get("globals.account.signatureText"), "owner", ""),
        template_id=template_id,
        language=language,
    )


def require_sendable(written: Written) -> None:
    """Raise InvalidInput if a message has no subject or no text: it could be judged, but not sent."""
    if not is_visible(written.subject):
        raise InvalidInput("The message has no subject.", hint="Give it with --subject, or in the template.")
    if not is_visible(written.text):
        raise InvalidInput("The message has no text.", hint=_GIVE_TEXT)
    for part in ("subject", "text", "html"):
        require_plain(part, getattr(written, part))


def require_said(given: Given) -> None:
    """Raise InvalidInput if a text is given that says nothing, and no HTML that does."""
    if (given.text is not None or given.html is not None) and not is_said(given.text or "", given.html or ""):
        raise InvalidInput("The message has no text.", hint=_GIVE_TEXT)


def is_said(text: str, html: str) -> bool:
    """Whether there is anything to be judged: a sign that can be seen, a picture or a link."""
    if is_visible(text) or not html:
        return is_visible(text)
    from plentymsg.rules.markup.document import read_html

    document = read_html(html)
    has_things = any(True for _ in chain(document.images, document.references))
    return has_things or is_visible(document.text.text)


def variables_of(
    connection: Connection,
    channel: Row | None,
    *,
    user_id: int | None = None,
    full_name: str = "",
    title: str = "",
) -> dict[str, object]:
    """What templates may say of the shop, of who writes (`user_id`), and of a customer known by name only."""
    settings = views.select(connection, "v_settings")[0]
    signature = account.signature_of(connection, user_id)
    return {
        "globals.clientName": settings["client_name"],
        "globals.emailSender": channel["sender_email"] if channel else "",
        "globals.account.signatureHTML": signature.html,
        "globals.account.signatureText": signature.text,
        "contact.fullName": full_name,
        "messenger.title": title,
    }


def one_line(subject: str) -> str:
    """A subject as it is sent: without line breaks and needless blanks."""
    return " ".join(subject.split())
