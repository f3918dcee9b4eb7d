"""Where a template is used: by channels, and by other templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plentymsg.errors import TemplateFault
from plentymsg.messenger import access, templates
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row
from plentymsg.templates.names import References, references

_PARTS = ("subject", "text", "html")
_AT_MOST = 5
"""Uses that a sentence names."""


def listed(connection: Connection, actor: Actor, template_id: int) -> list[Row]:
    """Where a template is used: by which thing (`kind`, `id`, `name`), how (`as`), in which `language`."""
    access.require(actor, access.TEMPLATE_READ)
    templates.read(connection, template_id)
    return every(connection, template_id)


def every(connection: Connection, template_id: int) -> list[Row]:
    """The same for use cases that have asked for their own right."""
    return [*_channels(connection, template_id), *_templates(connection, template_id)]


def of_version(connection: Connection, language_id: int) -> list[Row]:
    """Which templates name a language version by its language ID."""
    found = []
    for version, row in _versions(connection):
        named = named_by(version)
        for how, numbers in (("extends", named.extends), ("include", named.includes)):
            if language_id in numbers and version["id"] != language_id:
                found.append(_use(row["kind"], row, how, version["language"]))
    return found


def require_no_circle(connection: Connection, block: Row) -> None:
    """Raise TemplateFault if a text block (a row of `v_template`) contains itself, also by others."""
    names: dict[int, set[str]] = {}
    rows: dict[str, Row] = {}
    for version, row in _versions(connection):
        names.setdefault(row["id"], set()).update(named_by(version).blocks)
        rows[row["name"]] = row
    pending: list[tuple[str, ...]] = [(block["name"],)]
    seen: set[str] = set()
    while pending:
        path = pending.pop()
        for name in sorted(names[rows[path[-1]]["id"]] & rows.keys()):
            if name == block["name"]:
                raise TemplateFault(
                    f"The text block {name!r} would contain itself: {' > '.join([*path, name])}.",
                    hint="Take one of them out of the other.",
                )
            if name not in seen:
                seen.add(name)
                pending.append((*path, name))


def told(uses: Iterable[Row]) -> list[str]:
    """Each use in words: `the channel Laden`, `the template 'Kurz' (header)`."""
    return list(dict.fromkeys(_in_words(use) for use in uses))


def in_words(told: list[str]) -> str:
    """Uses, as `told` gives them, as a part of a sentence; of many only the first."""
    more = f" and {len(told) - _AT_MOST} more" if len(told) > _AT_MOST else ""
    return ", ".join(told[:_AT_MOST]) + more


def named_by(version: Row) -> References:
    """What a language version names in its Twig: templates by language ID, text blocks by name."""
    found = [references(version[part], part) for part in _PARTS]
    return References(
        frozenset().union(*(each.extends for each in found)),
        frozenset().union(*(each.includes for each in found)),
        frozenset().union(*(each.blocks for each in found)),
    )


def _in_words(use: Row) -> str:
    if use["kind"] == "channel":
        return f"the channel {use['name']}"
    return f"the {templates.KINDS[use['kind']]} {use['name']!r} ({use['as'].replace('_', ' ')})"


def _channels(connection: Connection, template_id: int) -> Iterator[Row]:
    for channel in views.select(connection, "v_channel", order_by="name"):
        for when in ("new", "reply"):
            if channel[f"template_{when}_id"] == template_id:
                yield _use("channel", channel, when)


def _templates(connection: Connection, template_id: int) -> Iterator[Row]:
    rows = views.select(connection, "v_template", order_by=templates.ORDER)
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        for side in ("header", "footer"):
            if row[f"{side}_id"] == template_id:
                yield _use(row["kind"], row, side)
    language_ids = set(views.parsed(by_id[template_id]["language_ids"]))
    name = by_id[template_id]["name"] if by_id[template_id]["kind"] == "text_block" else None
    for version, row in _versions(connection):
        named = named_by(version)
        used = {
            "extends": not language_ids.isdisjoint(named.extends),
            "include": not language_ids.isdisjoint(named.includes),
            "text_block": name in named.blocks,
        }
        for how in (how for how, is_so in used.items() if is_so and row["id"] != template_id):
            yield _use(row["kind"], row, how, version["language"])


def _versions(connection: Connection) -> Iterator[tuple[Row, Row]]:
    """Every language version with its template."""
    rows = {row["id"]: row for row in views.select(connection, "v_template")}
    for version in views.select(connection, "v_template_version", order_by="template_id, language"):
        yield version, rows[version["template_id"]]


def _use(kind: str, row: Row, how: str, language: str | None = None) -> Row:
    return {"kind": kind, "id": row["id"], "name": row["name"], "as": how, "language": language}
