"""Reading templates: texts for messages, in language versions, and the headers, footers and text blocks."""

from __future__ import annotations

from contextlib import suppress
from typing import Final, NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "folder COLLATE NOCASE, name COLLATE NOCASE, id"

EVERY_LANGUAGE: Final = "all"
"""The language of a version that is for every one."""

KINDS: Final = {"template": "template", "header": "header", "footer": "footer", "text_block": "text block"}
"""The kinds, each with its word in a sentence."""


class Wanted(NamedTuple):
    """Which templates are looked for. None means any."""

    id: int | None = None
    name: str | None = None
    """A part of it, in any case."""
    kind: str | None = None
    language: str | None = None
    """One that it has a version in."""
    owner: str | None = None
    """A login."""
    folder: str | None = None
    """The folder itself, or one below it."""
    search: str | None = None
    """Words that all stand in the name, the folder, a subject, a text or HTML."""
    favourites: bool = False


ANY: Final = Wanted()


def listed(connection: Connection, actor: Actor, wanted: Wanted = ANY) -> list[Row]:
    """The templates with their languages, without texts: the actor's favourites, then by folder and name."""
    access.require(actor, access.TEMPLATE_READ)
    favourites = favourites_of(connection, actor)
    rows = [{**row, "favourite": row["id"] in favourites} for row in every(connection)]
    texts = _texts(connection) if wanted.search is not None else {}
    found = [row for row in rows if _meets(row, wanted, texts.get(row["id"], ""))]
    return sorted(found, key=lambda row: not row["favourite"])


def shown(connection: Connection, actor: Actor, template_id: int, language: str | None = None) -> Row:
    """One template with its versions, or only that in one language. Raises NotFound if it has none in it."""
    access.require(actor, access.TEMPLATE_READ)
    template = read(connection, template_id)
    template["favourite"] = template_id in favourites_of(connection, actor)
    if template["kind"] == "text_block":
        template["variable"] = variable_of(template["name"])
    if language is not None:
        template["versions"] = [version_in(template, language)]
    return template


def every(connection: Connection) -> list[Row]:
    """All templates without texts, for use cases that have asked for their own right."""
    return [
        {
            **_shaped(row),
            "languages": views.parsed(row["languages"]),
            "language_ids": views.parsed(row["language_ids"]),
        }
        for row in views.select(connection, "v_template", order_by=ORDER)
    ]


def find(connection: Connection, reference: str, kind: str | None = None) -> int:
    """The ID of the template that `reference` names: an ID or a name.

    Raises NotFound, or InvalidInput if it is of another kind than `kind`.
    """
    rows = views.select(connection, "v_template", order_by=ORDER)
    if kind is None:
        return naming.find(reference, naming.candidates(rows, shown="name"), "template")
    known = naming.candidates((row for row in rows if row["kind"] == kind), shown="name")
    try:
        return naming.find(reference, known, "template")
    except NotFound as fault:
        with suppress(NotFound):
            other = read(connection, find(connection, reference))
            raise InvalidInput(
                f"{other['name']!r} is a {KINDS[other['kind']]}, not a {KINDS[kind]}.",
                hint=f"See which there are with: plentymsg template list --kind {kind}",
            ) from None
        message = f"There is no {KINDS[kind]} {reference!r}."
        raise NotFound(message, hint=fault.hint, details=fault.details) from None


def read(connection: Connection, template_id: int) -> Row:
    """The template with this ID, as a configuration file would write it.

    A version's ID is its language ID, by which `extends` and `include` name it.
    """
    row = views.first(connection, "v_template", {"id": template_id})
    if row is None:
        raise naming.unknown("template", template_id)
    versions = views.select(
        connection, "v_template_version", {"template_id": template_id}, order_by="language"
    )
    return {**_shaped(row), "versions": [_version(version) for version in versions]}


def version_in(template: Row, language: str) -> Row:
    """The version that a template (as `read` gives it) has in a language. Raises NotFound."""
    for version in template["versions"]:
        if version["language"] == language:
            found: Row = version
            return found
    raise no_version(template["name"], language, [version["language"] for version in template["versions"]])


def no_version(name: str, language: str, languages: list[str]) -> NotFound:
    """The error for a language that a template lacks."""
    return NotFound(
        f"The template {name!r} has no version in {language!r}.",
        hint=f"It has: {', '.join(languages)}." if languages else "It has none at all.",
    )


def variable_of(name: str) -> str:
    """How a template shows the text block of this name: `textBlocks['Opening hours']`."""
    from plentymsg.templates.source import spelled
    from plentymsg.templates.variables import BLOCKS

    return spelled(f"{BLOCKS}.", name)


def favourites_of(connection: Connection, actor: Actor) -> set[int]:
    """The IDs of the templates that the actor keeps at hand."""
    rows = views.select(connection, "v_template_favourite", {"user_id": actor.id})
    return {row["template_id"] for row in rows}


def _meets(row: Row, wanted: Wanted, texts: str) -> bool:
    folder, below = naming.fold(row["folder"]), naming.fold(wanted.folder or "")
    words = naming.fold(wanted.search or "").split()
    told = naming.fold(f"{row['name']} {row['folder']} {texts}") if words else ""
    return (
        wanted.id in (None, row["id"])
        and wanted.kind in (None, row["kind"])
        and (wanted.language is None or wanted.language in row["languages"])
        and (wanted.owner is None or wanted.owner == row["owner"])
        and naming.fold(wanted.name or "") in naming.fold(row["name"])
        and (wanted.folder is None or folder == below or folder.startswith(f"{below}/"))
        and all(word in told for word in words)
        and (row["favourite"] or not wanted.favourites)
    )


def _texts(connection: Connection) -> dict[int, str]:
    """All that the versions of each template say."""
    texts: dict[int, str] = {}
    for version in views.select(connection, "v_template_version", order_by="id"):
        said = " ".join(version[part] for part in ("subject", "text", "html"))
        texts[version["template_id"]] = f"{texts.get(version['template_id'], '')} {said}"
    return texts


def _shaped(row: Row) -> Row:
    keys = ("id", "name", "kind", "folder", "owner", "header", "footer")
    return {key: row[key] for key in keys}


def _version(row: Row) -> Row:
    return {key: row[key] for key in ("id", "language", "subject", "text", "html")}
