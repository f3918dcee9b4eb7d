"""Adding, changing, copying and deleting templates, headers, footers and text blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, or_, select

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.messenger import access, naming, template_usage, templates, users
from plentymsg.messenger.access import Actor
from plentymsg.messenger.composing import require_sides
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import checked, concerning, each_of
from plentymsg.messenger.setup.template_fields import TemplateFields, VersionFields
from plentymsg.messenger.setup.twig import require_sound
from plentymsg.store import filing, views
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Template, TemplateFavourite, TemplateVersion
from plentymsg.store.views import Row

NOUN = Noun("template", templates.read)


def add(session: Session, actor: Actor, fields: TemplateFields) -> Change:
    """Add a template with its versions. The same again is `unchanged`.

    Raises Conflict if its name is taken by one with other values, TemplateFault if its Twig cannot work, or
    its header or footer lacks one of its languages.
    """
    access.require(actor, access.TEMPLATE_CREATE)
    existing = naming.id_of(templates.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(_write(session, existing, fields.given(), actor))
    fields.require("versions")
    row = Template(name=fields.name)
    session.add(row)
    _put_head(session, row, fields)
    assert row.id is not None
    _put_versions(session, row.id, (), fields.versions)
    _require_whole(session, row.id)
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, template_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a template; `versions` may hold new ones, and of old ones what changes.

    Raises Conflict if the new name is taken, or name or kind cannot change because of its uses, and
    TemplateFault as `add` does.
    """
    access.require(actor, access.TEMPLATE_UPDATE)
    return _write(session, template_id, changes, actor)


def copy(session: Session, actor: Actor, template_id: int, name: str | None) -> Change:
    """Add a template with the values of another; without a name it is called `Copy of …`. Raises as `add`."""
    access.require(actor, access.TEMPLATE_READ, access.TEMPLATE_CREATE)
    held = templates.read(driver_of(session), template_id)
    values = {key: value for key, value in held.items() if key in TemplateFields.model_fields}
    versions = [_without_id(version) for version in held["versions"]]
    named = f"Copy of {held['name']}" if name is None else name
    return add(session, actor, checked(TemplateFields, {**values, "name": named, "versions": versions}))


def delete(session: Session, actor: Actor, template_id: int) -> Change:
    """Delete a template with its versions; its header, footer and text blocks stay, and so do the messages.

    Raises Conflict while a channel or another template uses it.
    """
    access.require(actor, access.TEMPLATE_DELETE)
    connection = driver_of(session)
    before = templates.read(connection, template_id)
    _require_unused(
        f"The {templates.KINDS[before['kind']]} {before['name']!r} is used by",
        template_usage.every(connection, template_id),
        before,
    )
    _forget_deleted_channels(session, template_id)
    filing.forget_template(connection, template_id)
    session.delete(session.get_one(Template, template_id))
    return change.deleted(session, actor, NOUN, template_id, before)


def delete_version(session: Session, actor: Actor, template_id: int, language: str) -> Change:
    """Delete one language version.

    Raises NotFound if there is none, Conflict if it is the last one, or something needs it.
    """
    access.require(actor, access.TEMPLATE_DELETE)
    connection = driver_of(session)
    before = templates.read(connection, template_id)
    version = templates.version_in(before, language)
    if len(before["versions"]) == 1:
        raise Conflict(
            f"The version in {language} is the only one of {before['name']!r}.",
            hint="Delete the template itself instead.",
        )
    _require_unused(
        f"The version in {language} ({version['id']}) of {before['name']!r} is used by",
        template_usage.of_version(connection, version["id"]),
        before,
    )
    session.delete(session.get_one(TemplateVersion, version["id"]))
    session.flush()
    for use in template_usage.every(connection, template_id):
        if use["as"] in ("header", "footer"):
            require_sides(connection, views.select(connection, "v_template", {"id": use["id"]})[0])
    return change.changed(session, actor, NOUN, template_id, before)


def favour(session: Session, actor: Actor, template_id: int, *, keep: bool) -> Change:
    """Keep a template at hand for the actor, or no more. It is theirs alone, so it has no history."""
    access.require(actor, access.TEMPLATE_READ)
    connection = driver_of(session)
    held = session.get(TemplateFavourite, (actor.id, template_id))
    if keep and held is None:
        session.add(TemplateFavourite(user_id=actor.id, template_id=template_id))
    elif held is not None and not keep:
        session.delete(held)
    session.flush()
    thing = templates.shown(connection, actor, template_id)
    changed = keep == (held is None)
    fields = {"favourite": (not keep, keep)} if changed else {}
    action = "changed" if changed else "unchanged"
    return Change(NOUN.kind, action, template_id, thing["name"], thing, fields)  # type: ignore[arg-type]


def _write(session: Session, template_id: int, changes: Mapping[str, Any], actor: Actor) -> Change:
    connection = driver_of(session)
    before = templates.read(connection, template_id)
    held = {version["language"]: _without_id(version) for version in before["versions"]}
    given = changes.get("versions", ())
    # Those that are given come first, so that a problem's place is that in what was given.
    merged = [{**held.pop(version["language"], {}), **version} for version in given] + list(held.values())
    target = change.target(TemplateFields, before, {**changes, "versions": merged})
    naming.require_free(templates.every(connection), target.name, NOUN.kind, but=template_id)
    _require_free_to_change(connection, before, target)
    _put_head(session, session.get_one(Template, template_id), target)
    _put_versions(session, template_id, before["versions"], target.versions)
    _require_whole(session, template_id)
    return change.changed(session, actor, NOUN, template_id, before)


def _put_head(session: Session, row: Template, fields: TemplateFields) -> None:
    connection = driver_of(session)
    row.name, row.folder, row.kind = fields.name, fields.folder, fields.kind

    def put_owner() -> None:
        with concerning("owner"):
            row.owner_id = None if not fields.owner else _owner(connection, fields.owner, row.owner_id)

    def put_part(side: str, name: str | None) -> None:
        with concerning(side):
            setattr(row, f"{side}_id", None if name is None else templates.find(connection, name, side))

    each_of(
        put_owner,
        lambda: put_part("header", fields.header),
        lambda: put_part("footer", fields.footer),
    )
    session.flush()


def _owner(connection: Connection, name: str, held: int | None) -> int:
    user_id = users.find(connection, name)
    user = users.read(connection, user_id)
    if user_id != held and not user["active"]:
        raise InvalidInput(
            f"{user['login']} is not active and cannot be an owner.",
            hint="See who is with: plentymsg user list",
        )
    return user_id


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
    require_sound(driver_of(session), new)
    for version in new.values():
        if version.language in before:
            row = session.get_one(TemplateVersion, before[version.language]["id"])
            row.subject, row.text, row.html = version.subject, version.text, version.html
        else:
            session.add(TemplateVersion(template_id=template_id, **version.model_dump()))
    session.flush()


def _require_whole(session: Session, template_id: int) -> None:
    """Raise TemplateFault if header or footer lack a language, or a text block would contain itself."""
    connection = driver_of(session)
    row = views.select(connection, "v_template", {"id": template_id})[0]
    require_sides(connection, row)
    if row["kind"] == "text_block":
        template_usage.require_no_circle(connection, row)


def _require_free_to_change(connection: Connection, before: Row, target: TemplateFields) -> None:
    """A kind is relied on by all that use it, and the name of a text block is its variable."""
    renamed = before["kind"] == "text_block" and target.name != before["name"]
    if target.kind == before["kind"] and not renamed:
        return
    uses = template_usage.every(connection, before["id"])
    if target.kind == before["kind"]:
        uses = [use for use in uses if use["as"] == "text_block"]
    what = "name" if target.kind == before["kind"] else "kind"
    _require_unused(f"The {what} of {before['name']!r} cannot change while it is used by", uses, before)


def _require_unused(sentence: str, uses: list[Row], template: Row) -> None:
    """Raise Conflict, `sentence` continued with the uses, if there are any."""
    if uses:
        told = template_usage.told(uses)
        raise Conflict(
            f"{sentence} {template_usage.in_words(told)}.",
            hint=f"Give those another one first; see: plentymsg template usage {template['name']!r}",
            details={"used_by": told},
        )


def _forget_deleted_channels(session: Session, template_id: int) -> None:
    using = or_(col(Channel.template_new_id) == template_id, col(Channel.template_reply_id) == template_id)
    for channel in session.exec(select(Channel).where(using)):
        for key in ("template_new_id", "template_reply_id"):
            if getattr(channel, key) == template_id:
                setattr(channel, key, None)
    session.flush()


def _without_id(version: Row) -> Row:
    return {key: value for key, value in version.items() if key != "id"}
