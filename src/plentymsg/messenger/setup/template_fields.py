"""What may be given for a template, header, footer or text block."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from plentymsg.messenger.setup.fields import Fields, Line, Name, Text, wrong
from plentymsg.messenger.templates import KINDS

Kind = Literal["template", "header", "footer", "text_block"]

Language = Literal[
    "all", "de", "en", "bg", "fr", "it", "es", "tr", "nl", "pl", "pt", "nn", "ro", "da", "se", "cz", "ru",
    "sk", "cn", "vn",
]  # fmt: skip
"""PlentyONE's codes: `se`, `cz`, `cn` and `vn` are countries."""


class VersionFields(Fields):
    """What a template has in one language; subject, text and HTML are Twig."""

    language: Language
    subject: Line = ""
    text: Text = ""
    html: Text = ""


def _one_of_each_language(versions: list[VersionFields]) -> list[VersionFields]:
    languages = [version.language for version in versions]
    for language in languages:
        if languages.count(language) > 1:
            raise wrong(f"the language {language} comes twice")
    return versions


class TemplateHead(Fields):
    """What a template has besides its versions. Only one of the kind `template` has header and footer."""

    name: Name
    kind: Kind = "template"
    folder: Line = ""
    owner: Line | None = None
    header: Line | None = None
    footer: Line | None = None

    @field_validator("versions", check_fields=False)
    @classmethod
    def _have_a_subject_only_in_a_template(
        cls, versions: list[VersionFields], info: ValidationInfo
    ) -> list[VersionFields]:
        kind = info.data.get("kind", "template")
        if kind != "template" and any(version.subject for version in versions):
            raise wrong(f"a {KINDS[kind]} has no subject")
        return _one_of_each_language(versions)

    @field_validator("header", "footer")
    @classmethod
    def _is_for_a_template(cls, side: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind", "template")
        if side and kind != "template":
            raise wrong(f"a {KINDS[kind]} has no {info.field_name} of its own")
        return side or None


class TemplateFields(TemplateHead):
    """A template. Versions in languages that are left out stay."""

    versions: list[VersionFields] = Field(default=[])
