"""The options of commands that write a message, and the message that they give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.input import read_bytes, read_text
from plentymsg.errors import InvalidInput

if TYPE_CHECKING:
    from plentymsg.mail.message import Attachment
    from plentymsg.messenger.writing import Given

ChannelName = Annotated[
    str | None, typer.Option("--channel", metavar="NAME", help="The channel; without it, the default one.")
]
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="RECIPIENT", help="An address, contact:ID or order:ID; may be repeated."),
]
Subject = Annotated[str | None, typer.Option("--subject", help="The subject, in place of the template's.")]
Text = Annotated[str | None, typer.Option("--text", help="The text.")]
TextFile = Annotated[
    str | None, typer.Option("--text-file", metavar="FILE", help="The text, from a file; - is stdin.")
]
HtmlFile = Annotated[
    str | None,
    typer.Option("--html-file", metavar="FILE", help="The whole HTML part, from a file; - is stdin."),
]
Attach = Annotated[
    list[str] | None, typer.Option("--attach", metavar="FILE", help="A file to attach; may be repeated.")
]
TemplateName = Annotated[
    str | None,
    typer.Option("--template", metavar="NAME", help="The template, in place of the channel's."),
]
TemplateLanguage = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="The template's language, in place of the recipient's: de, en …"
    ),
]
Fix = Annotated[
    bool, typer.Option("--fix", help="Mend first what can be mended without changing the meaning.")
]

LARGEST_ATTACHMENT = 25_000_000
"""Bytes; larger mails are refused by nearly every server, once they are encoded for the wire."""


def given(
    *,
    subject: str | None,
    text: str | None,
    text_file: str | None,
    html_file: str | None,
    attach: list[str] | None,
    template: str | None,
    language: str | None,
) -> Given:
    """The message that the options give. Raises InvalidInput for files that cannot be read."""
    from plentymsg.messenger.writing import Given

    if [text_file, html_file, *(attach or [])].count("-") > 1:
        raise InvalidInput("Standard input can be only one of the files.", hint="Give - only once.")
    return Given(
        subject=subject,
        text=text_of(text, text_file),
        html=read_text(html_file) if html_file is not None else None,
        template=template,
        language=language,
        attachments=tuple(_attachment(name) for name in attach or []),
    )


def text_of(text: str | None, text_file: str | None) -> str | None:
    """The text that `--text` or `--text-file` gives; None without both. Raises InvalidInput."""
    if text is not None and text_file is not None:
        raise InvalidInput("--text and --text-file both give the text.", hint="Give only one of them.")
    return read_text(text_file) if text_file is not None else text


def _attachment(name: str) -> Attachment:
    from mimetypes import guess_type
    from pathlib import PurePath

    from plentymsg.mail.message import Attachment

    content = read_bytes(name, limit=LARGEST_ATTACHMENT)
    kind, encoding = guess_type(name)
    # A compressed file is of its outer kind: `list.csv.gz` is no text.
    content_type = kind if kind and not encoding else "application/octet-stream"
    return Attachment("attachment" if name == "-" else PurePath(name).name, content_type, content)
