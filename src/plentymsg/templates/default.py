"""The templates that every store begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FILES = Path(__file__).parent / "defaults"


@dataclass(frozen=True)
class LanguageVersion:
    """A template in one language, an ISO 639-1 code; subject, text and HTML are Twig."""

    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class DefaultTemplate:
    """A template as it is shipped."""

    name: str
    folder: str
    versions: tuple[LanguageVersion, ...]


def default_templates() -> tuple[DefaultTemplate, ...]:
    """The shipped templates: PlentyONE's `Messenger default NEW`, in German and English.

    It greets the contact by name where that is known, and shows the text that is being sent, and the
    account's signature where there is one.
    """
    versions = tuple(_version("messenger_default_new", language) for language in ("de", "en"))
    return (DefaultTemplate("Messenger default NEW", "Default templates", versions),)


def _version(stem: str, language: str) -> LanguageVersion:
    text, html = (
        (_FILES / f"{stem}.{language}.{part}.twig").read_text(encoding="utf-8") for part in ("text", "html")
    )
    return LanguageVersion(language, "{{globals.clientName}}", text, html)
