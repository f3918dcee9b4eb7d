"""Make the store as a configuration file wants it: everything of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session

from plentymsg.errors import Conflict, InvalidInput, NotFound, PlentymsgError, TemplateFault
from plentymsg.messenger import (
    access_roles,
    channels,
    clients,
    groups,
    naming,
    roles,
    statuses,
    tags,
    templates,
    typed_variables,
    types,
    users,
)
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import access_roles as access_role_setup
from plentymsg.messenger.setup import account as account_setup
from plentymsg.messenger.setup import channels as channel_setup
from plentymsg.messenger.setup import collecting as collecting_setup
from plentymsg.messenger.setup import groups as group_setup
from plentymsg.messenger.setup import packs as pack_setup
from plentymsg.messenger.setup import roles as role_setup
from plentymsg.messenger.setup import settings as settings_setup
from plentymsg.messenger.setup import statuses as status_setup
from plentymsg.messenger.setup import tags as tag_setup
from plentymsg.messenger.setup import templates as template_setup
from plentymsg.messenger.setup import typed_variables as variable_setup
from plentymsg.messenger.setup import types as type_setup
from plentymsg.messenger.setup import users as user_setup
from plentymsg.messenger.setup.change import Change
from plentymsg.messenger.setup.fields import Fields, Problem, checked
from plentymsg.messenger.setup.template_fields import TemplateFields
from plentymsg.provision.document import Document, GroupEntry, TypeEntry
from plentymsg.provision.template_order import in_order
from plentymsg.provision.tree import ValuePath, refused
from plentymsg.store.engine import driver_of
from plentymsg.store.views import Row


def apply(session: Session, actor: Actor, document: Document) -> list[Change]:
    """Add or alter each thing of the file; what it leaves out is left alone. The caller commits.

    Returns a change for each thing, `unchanged` for what is so already. Raises InvalidInput with every
    problem at its place (TemplateFault if templates are all that is wrong), Forbidden for a right that
    `actor` lacks: then nothing is to be committed.
    """
    run = _Run(session, actor, document)
    leaving = run.leaving_clients()
    run.settings(keeping=leaving)
    run.groups()
    contents = document.contents
    run.things("tags", contents.tags, tag_setup, tags.every)
    if leaving:
        run.settings()
    run.things("roles", contents.roles, role_setup, roles.every)
    run.things("access_roles", contents.access_roles, access_role_setup, access_roles.every)
    run.users()
    run.things("variables", contents.variables, variable_setup, typed_variables.every)
    run.templates()
    run.packs()
    run.things("channels", contents.channels, channel_setup, channels.every)
    run.packs_together()
    run.the_one("account", account_setup, but={"signature_text_file", "signature_html_file"})
    run.the_one("collect", collecting_setup)
    run.finish()
    return run.changes


class _Run:
    def __init__(self, session: Session, actor: Actor, document: Document) -> None:
        self.changes: list[Change] = []
        self._session = session
        self._actor = actor
        self._document = document
        self._faults: list[tuple[Problem, PlentymsgError]] = []
        self._failed: set[tuple[str, str]] = set()
        self._written: dict[tuple[str, int], ValuePath] = {}

    def the_one(self, section: str, setup: Any, but: Collection[str] = ()) -> None:
        """Alter what there is only one of; `but` are keys of the section that are dealt with already."""
        with self._thing((section,), setup.NOUN.kind):
            given = getattr(self._document.contents, section).given()
            given = {key: value for key, value in given.items() if key not in but}
            if given:
                self._done((section,), setup.alter(self._session, self._actor, given))

    def leaving_clients(self) -> list[str]:
        """The clients that the file has no more: they can go only once its tags have let go of them."""
        given = self._document.contents.settings
        if "clients" not in given.model_fields_set:
            return []
        wanted = {naming.fold(name) for name in given.clients}
        held = [client["name"] for client in clients.every(driver_of(self._session))]
        return [name for name in held if naming.fold(name) not in wanted]

    def settings(self, keeping: Collection[str] = ()) -> None:
        """Alter the settings; `keeping` are clients that stay for now besides those of the file."""
        with self._thing(("settings",), "settings"):
            given = self._document.contents.settings.given()
            if keeping:
                given["clients"] = [*given["clients"], *keeping]
            if given:
                self._done(("settings",), settings_setup.alter(self._session, self._actor, given))

    def groups(self) -> None:
        for index, entry in enumerate(self._document.contents.groups):
            path = ("groups", index)
            with self._thing(path, "group", entry.name):
                group_id = self._put_group(path, entry)
                for place, type_ in enumerate(entry.types):
                    self._put_type((*path, "types", place), type_, group_id)

    def users(self) -> None:
        # Admins first: the last one may hand over to another within one file.
        entries = enumerate(self._document.contents.users)
        for index, entry in sorted(entries, key=lambda each: not (each[1].admin and each[1].active)):
            values = {key: value for key, value in entry.given().items() if not key.endswith("_file")}
            with self._thing(("users", index), "user", entry):
                fields = checked(user_setup.UserFields, values)
                self._put(("users", index), fields, user_setup, users.every(driver_of(self._session)))

    def templates(self) -> None:
        entries = []
        for index, entry in in_order(self._document.contents.templates):
            values = entry.given()
            for version in values.get("versions", ()):
                for key in ("text_file", "html_file"):
                    version.pop(key, None)
            with self._thing(("templates", index), "template", entry):
                entries.append((index, checked(TemplateFields, values)))
        for index, fields in entries:
            self._put_one(("templates", index), fields, template_setup, templates.every)

    def packs(self) -> None:
        """Add or alter the packs: before the channels, which may be of a marketplace of theirs."""
        for index, fields in enumerate(self._document.contents.packs):
            path = ("packs", index)
            with self._thing(path, "pack", fields):
                self._done(path, pack_setup.put(self._session, self._actor, fields))
            if ("pack", naming.fold(fields.name)) in self._failed:
                self._failed.update(("marketplace", naming.fold(each.key)) for each in fields.marketplaces)

    def packs_together(self) -> None:
        """See that the packs go together: after the channels, which may have left a marketplace of theirs."""
        entries = self._document.contents.packs
        if not entries:
            return
        paths = {naming.fold(fields.name): ("packs", index) for index, fields in enumerate(entries)}
        connection = driver_of(self._session)
        for fault in pack_setup.faults(connection):
            path = paths.get(naming.fold(fault.pack))
            message = fault.message if path else f"the pack {fault.pack}: {fault.message}"
            problem = Problem((*path, *fault.path) if path else ("packs",), message)
            self._faults.append((problem, InvalidInput(message)))
        with self._thing(("packs",), "pack"):
            pack_setup.require_marketplaces(connection)

    def things(self, section: str, entries: list[Any], setup: Any, every: Callable[[Any], list[Row]]) -> None:
        """Add or alter the things of a section that is a plain list."""
        for index, fields in enumerate(entries):
            self._put_one((section, index), fields, setup, every)

    def finish(self) -> None:
        """Raise what went wrong, all of it."""
        if not self._faults:
            return
        error = refused(
            self._document.tree.file, [self._document.finding(problem) for problem, _ in self._faults]
        )
        if all(isinstance(fault, TemplateFault) for _, fault in self._faults):
            raise TemplateFault(error.message, hint=error.hint, details=error.details)
        raise error

    def _put_one(self, path: ValuePath, fields: Any, setup: Any, every: Callable[[Any], list[Row]]) -> None:
        with self._thing(path, setup.NOUN.kind, fields):
            self._put(path, fields, setup, every(driver_of(self._session)))

    def _put_group(self, path: ValuePath, entry: GroupEntry) -> int:
        values = entry.model_dump(exclude_unset=True, exclude={"types", "system"})
        if entry.system is None:
            fields = checked(group_setup.GroupFields, values)
            return self._put(path, fields, group_setup, groups.every(driver_of(self._session)))
        group_id = group_setup.system_group_id(self._session, entry.system)
        return self._done(path, group_setup.alter(self._session, self._actor, group_id, values))

    def _put_type(self, path: ValuePath, entry: TypeEntry, group_id: int) -> None:
        with self._thing(path, "type", entry.name):
            values = entry.model_dump(exclude_unset=True, exclude={"statuses"})
            held = types.every(driver_of(self._session), group_id)
            type_id = self._put(
                path, checked(type_setup.TypeFields, values), type_setup, held, group_id=group_id
            )
            for place, status in enumerate(entry.statuses):
                inner = (*path, "statuses", place)
                with self._thing(inner, "status", status.name):
                    held = statuses.every(driver_of(self._session), type_id)
                    self._put(inner, status, status_setup, held, type_id=type_id)

    def _put(self, path: ValuePath, fields: Fields, setup: Any, held: list[Row], **parent: int) -> int:
        """Add the thing, or alter the one of `held` that has its name; return its ID."""
        values = fields.given()
        name = naming.identity(values)
        existing = naming.id_of(held, name)
        if existing is None:
            return self._done(path, setup.add(self._session, self._actor, fields, **parent))
        return self._done(path, setup.alter(self._session, self._actor, existing, values))

    def _done(self, path: ValuePath, change: Change) -> int:
        """Note what was done. Raises InvalidInput if the file has the same thing twice."""
        before = self._written.setdefault((change.kind, change.thing_id), path)
        if before != path:
            line = self._document.tree.place(before).line
            raise InvalidInput(f"The {change.kind} {change.name!r} stands in line {line} already.")
        self.changes.append(change)
        return change.thing_id

    @contextmanager
    def _thing(self, path: ValuePath, kind: str, named: Any = None) -> Iterator[None]:
        """Undo what was begun with the thing at `path` if it cannot be done, and go on with the next."""
        try:
            with self._session.begin_nested():
                yield
        except (InvalidInput, NotFound, Conflict, TemplateFault) as fault:
            # What was read of rows that are gone again must not stand for the next ones with their IDs.
            self._session.expire_all()
            self._failed.update((kind, naming.fold(name)) for name in _names(named))
            self._faults.extend((problem, fault) for problem in _problems(path, fault, self._failed))


def _problems(path: ValuePath, fault: PlentymsgError, failed: Collection[tuple[str, str]]) -> list[Problem]:
    """A fault of the thing at `path`, as problems of the values in it.

    That something is missing which stands in the file, but failed, is no problem of its own.
    """
    whole = {**fault.details, "message": f"{fault.message} {fault.hint}".strip().removesuffix(".")}
    return [
        Problem((*path, *_parts(str(problem.get("key", "")))), problem["message"])
        for problem in fault.details.get("problems") or [whole]
        if (problem.get("kind"), naming.fold(str(problem.get("name", "")))) not in failed
    ]


def _parts(key: str) -> list[str | int]:
    return [int(part) if part.isdecimal() else part for part in key.split(".") if part]


def _names(named: Any) -> list[str]:
    """What a thing of the file may be called by elsewhere in it."""
    found = [getattr(named, key, None) for key in ("de", "en", "login", "name")]
    found += [getattr(found[3], key, None) for key in ("de", "en")]
    return [name for name in found if isinstance(name, str)]
