"""Reading templates: texts for messages, in language versions."""

from __future__ import annotations

from plentymsg.errors import NotFound
from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "folder COLLATE NOCASE, name COLLATE NOCASE, id"


def listed(connection: Connection, actor: Actor) -> list[Row]:
    """All templates with their languages but without texts, by folder and name."""
    access.require(actor, access.TEMPLATE_READ)
    return every(connection)


def shown(connection: Connection, actor: Actor, template_id: int, language: str | None = None) -> Row:
    """One template with its versions, or only that in one language. Raises NotFound if it has none in it."""
    access.require(actor, access.TEMPLATE_READ)
    template = read(connection, template_id)
    if language is None:
        return template
    versions = [version for version in template["versions"] if version["language"] == language]
    if not versions:
        has = ", ".join(version["language"] for version in template["versions"])
        raise NotFound(
            f"The template {template['name']!r} has no version in {language!r}.",
            hint=f"It has: {has}." if has else "It has none at all.",
        )
    return {**template, "versions": versions}


def every(connection: Connection) -> list[Row]:
    """All templates without texts, for use cases that have asked for their own right."""
    return [
        {**_shaped(row), "languages": views.parsed(row["languages"])}
        for row in views.select(connection, "v_template", order_by=ORDER)
    ]


def find(connection: Connection, reference: str) -> int:
    """The ID of the template that `reference` names: an ID or a name. Raises NotFound."""
    rows = views.select(connection, "v_template", order_by=ORDER)
    return naming.find(reference, naming.candidates(rows, shown="name"), "template")


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


def _shaped(row: Row) -> Row:
    return {"id": row["id"], "name": row["name"], "folder": row["folder"]}


def _version(row: Row) -> Row:
    return {key: row[key] for key in ("id", "language", "subject", "text", "html")}
