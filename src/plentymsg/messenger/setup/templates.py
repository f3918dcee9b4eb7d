"""Adding, changing and deleting templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from sqlmodel import Session, col, or_, select

from plentymsg.errors import TemplateFault
from plentymsg.messenger import access, naming, templates
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Fields, Line, Name, Problem, Text, refused, wrong
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Template, TemplateVersion
from plentymsg.store.views import Row
from plentymsg.templates.render import check

NOUN = Noun("template", templates.read)
PARTS = ("subject", "text", "html")

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


class TemplateFields(Fields):
    """What a template has. Versions in languages that are left out stay."""

    name: Name
    folder: Line = ""
    versions: Annotated[list[VersionFields], AfterValidator(_one_of_each_language)] = Field(default=[])


def add(session: Session, actor: Actor, fields: TemplateFields) -> Change:
    """Add a template with its versions. The same again is `unchanged`.

    Raises Conflict if its name is taken by one with other values, TemplateFault if its Twig cannot work.
    """
    access.require(actor, access.TEMPLATE_CREATE)
    existing = naming.id_of(templates.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(_write(session, actor, existing, fields.given()))
    fields.require("versions")
    row = Template(name=fields.name, folder=fields.folder)
    session.add(row)
    session.flush()
    assert row.id is not None
    _put_versions(session, row.id, (), fields.versions)
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, template_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a template; `versions` may hold new ones, and of old ones what changes.

    Raises Conflict if the new name is taken, TemplateFault if the Twig cannot work.
    """
    access.require(actor, access.TEMPLATE_UPDATE)
    return _write(session, actor, template_id, changes)


def delete(session: Session, actor: Actor, template_id: int) -> Change:
    """Delete a template with its versions. Raises Conflict while a channel uses it."""
    access.require(actor, access.TEMPLATE_DELETE)
    before = templates.read(driver_of(session), template_id)
    using = or_(col(Channel.template_new_id) == template_id, col(Channel.template_reply_id) == template_id)
    change.require_unused(session, using, f"The template {before['name']!r} is used by")
    for channel in session.exec(select(Channel).where(using)):  # deleted channels
        channel.template_new_id = channel.template_reply_id = None
    session.flush()
    session.delete(session.get_one(Template, template_id))
    return change.deleted(session, actor, NOUN, template_id, before)


def _write(session: Session, actor: Actor, template_id: int, changes: Mapping[str, Any]) -> Change:
    connection = driver_of(session)
    before = templates.read(connection, template_id)
    held = {version["language"]: _without_id(version) for version in before["versions"]}
    given = changes.get("versions", ())
    merged = [{**held.get(version["language"], {}), **version} for version in given]
    target = change.target(TemplateFields, before, {**changes, "versions": merged})
    naming.require_free(templates.every(connection), target.name, NOUN.kind, but=template_id)
    row = session.get_one(Template, template_id)
    row.name, row.folder = target.name, target.folder
    _put_versions(session, template_id, before["versions"], target.versions)
    return change.changed(session, actor, NOUN, template_id, before)


def _put_versions(
    session: Session, template_id: int, held: Iterable[Row], versions: Iterable[VersionFields]
) -> None:
    """Write these versions, new or changed; what is as it was is not judged again."""
    before = {version["language"]: version for version in held}
    new = {
        index: version
        for index, version in enumerate(versions)
        if version.model_dump() != _without_id(before.get(version.language, {}))
    }
    _require_sound(new)
    for version in new.values():
        if version.language in before:
            row = session.get_one(TemplateVersion, before[version.language]["id"])
            row.subject, row.text, row.html = version.subject, version.text, version.html
        else:
            session.add(TemplateVersion(template_id=template_id, **version.model_dump()))


def _require_sound(versions: Mapping[int, VersionFields]) -> None:
    empty = [
        Problem(("versions", index), f"it has neither text nor HTML in {version.language}")
        for index, version in versions.items()
        if not version.text.strip() and not version.html.strip()
    ]
    if empty:
        raise refused(empty)
    faults = [
        (index, part, fault)
        for index, version in versions.items()
        for part in PARTS
        for fault in check(getattr(version, part), part)
    ]
    if faults:
        raise TemplateFault(
            " ".join(f"In {versions[index].language}: {fault.message}" for index, _, fault in faults),
            hint=faults[0][2].hint,
            details={
                "problems": [
                    {
                        "key": f"versions.{index}.{part}",
                        "message": f"{fault.message} {fault.hint}".strip().removesuffix("."),
                    }
                    for index, part, fault in faults
                ]
            },
        )


def _without_id(version: Row) -> Row:
    return {key: value for key, value in version.items() if key != "id"}
