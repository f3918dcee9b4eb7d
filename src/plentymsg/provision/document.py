"""The configuration file: what may stand in it, and every problem of it at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, Field, ValidationError, model_validator

from plentymsg.messenger.setup.access_roles import AccessRoleFields
from plentymsg.messenger.setup.account import AccountFields
from plentymsg.messenger.setup.channels import ChannelFields
from plentymsg.messenger.setup.collecting import CollectFields
from plentymsg.messenger.setup.defaults import SYSTEM_GROUPS
from plentymsg.messenger.setup.fields import (
    F,
    Fields,
    Line,
    Names,
    Position,
    Problem,
    problems_of,
    quoted,
    wrong,
)
from plentymsg.messenger.setup.pack_fields import PackFields
from plentymsg.messenger.setup.pack_fields import problems as problems_of_pack
from plentymsg.messenger.setup.roles import RoleFields
from plentymsg.messenger.setup.settings import SettingsFields
from plentymsg.messenger.setup.statuses import StatusFields
from plentymsg.messenger.setup.tags import TagFields
from plentymsg.messenger.setup.template_fields import TemplateHead, VersionFields
from plentymsg.messenger.setup.typed_variables import VariableFields
from plentymsg.messenger.setup.types import TypeFields
from plentymsg.messenger.setup.users import UserFields
from plentymsg.provision.files import read_text
from plentymsg.provision.tree import Finding, Tree, ValuePath, read_tree, refused

_MADE = {"target_address": "it is made by plentymsg, once, and cannot be set; leave it out"}
"""Keys that are shown but not taken, with the reason."""

_SYSTEM_KEYS = [group.system for group in SYSTEM_GROUPS]


class TypeEntry(TypeFields):
    """A type with its statuses."""

    statuses: list[StatusFields] = Field(default=[])


class GroupEntry(Fields):
    """A group with its types: a given one by its `system` key, or one's own by its German name."""

    system: Line | None = None
    name: Names | None = None
    position: Position = 0
    visible: bool = True
    types: list[TypeEntry] = Field(default=[])

    @model_validator(mode="after")
    def _is_named(self) -> GroupEntry:
        if self.system is None and self.name is None:
            raise wrong("it has no name; give it one, or `system` for a group that is given")
        if self.system is not None and self.system not in _SYSTEM_KEYS:
            near = get_close_matches(self.system, _SYSTEM_KEYS, n=1) or _SYSTEM_KEYS
            raise wrong(f"there is no system group {quoted(self.system)}; there is {', '.join(near)}")
        return self


class VersionEntry(VersionFields):
    """A language version, whose bodies may stand in files beside the configuration."""

    text_file: Line | None = None
    html_file: Line | None = None


class TemplateEntry(TemplateHead):
    """A template, header, footer or text block with its versions."""

    versions: list[VersionEntry] = Field(default=[])


class AccountEntry(AccountFields):
    """The e-mail account, whose signature may stand in files beside the configuration."""

    signature_text_file: Line | None = None
    signature_html_file: Line | None = None


class UserEntry(UserFields):
    """An account, whose HTML signature may stand in a file beside the configuration."""

    signature_html_file: Line | None = None


class Contents(Fields):
    """A whole file. What is left out is left alone."""

    version: Literal[1]
    configuration: Line = ""
    settings: SettingsFields = SettingsFields()
    groups: list[GroupEntry] = Field(default=[])
    tags: list[TagFields] = Field(default=[])
    roles: list[RoleFields] = Field(default=[])
    access_roles: list[AccessRoleFields] = Field(default=[])
    users: list[UserEntry] = Field(default=[])
    variables: list[VariableFields] = Field(default=[])
    templates: list[TemplateEntry] = Field(default=[])
    packs: list[PackFields] = Field(default=[], max_length=100)
    channels: list[ChannelFields] = Field(default=[])
    account: AccountEntry = AccountEntry()
    collect: CollectFields = CollectFields()


class Document(NamedTuple):
    """A configuration file that has been read, and knows where all of it stands."""

    contents: Contents
    tree: Tree

    def finding(self, problem: Problem) -> Finding:
        """A problem at the place where its value stands."""
        return Finding(self.tree.place(problem.path), problem)


def read_document(content: bytes, *, file: str, folder: Path) -> Document:
    """Read a configuration file. Paths in it start at `folder`; `file` is its name in messages.

    Raises InvalidInput with every problem, each with line, column, key and the way out.
    """
    tree = read_tree(content, file=file, folder=folder, least="version: 1")
    contents = validated(Contents, tree)
    document = Document(contents, tree)
    problems = [*_with_files(document), *_second_defaults(contents), *_of_packs(contents)]
    if problems:
        raise refused(file, [document.finding(problem) for problem in problems])
    _start_paths(contents, folder)
    return document


def validated(model: type[F], tree: Tree) -> F:
    """The data of a file as `model`. Raises InvalidInput with every problem at its place."""
    try:
        return model.model_validate(tree.data)
    except ValidationError as fault:
        raise refused(tree.file, [_finding(model, tree, problem) for problem in problems_of(fault)]) from None


def _finding(model: type[Fields], tree: Tree, problem: Problem) -> Finding:
    unknown = problem.message == "there is no such key"
    if unknown and problem.path[-1] in _MADE:
        problem = problem._replace(message=_MADE[str(problem.path[-1])])
    elif unknown:
        keys = _keys_at(model, problem.path[:-1])
        near = get_close_matches(str(problem.path[-1]), keys, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(keys)}"
        problem = problem._replace(message=f"{problem.message}; {hint}")
    return Finding(tree.place(problem.path, key=unknown), problem)


def _keys_at(model: Any, path: ValuePath) -> list[str]:
    """The keys that a mapping at `path` in a file of this `model` may have."""
    for part in path:
        if isinstance(part, str):
            model = _model_in(_fields_of(model)[part].annotation)
    return list(_fields_of(model))


def _fields_of(model: Any) -> dict[str, Any]:
    """The fields of a model by the keys that they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as `list[Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_model_in, get_args(annotation)) if found), None)


def _with_files(document: Document) -> Iterator[Problem]:
    """Put the contents of the files that are named in place of a text into the text."""
    for place, holder, part in _texts(document.contents):
        key = f"{part}_file"
        name = getattr(holder, key)
        path = (*place, key)
        if name is None:
            continue
        if part in holder.model_fields_set:
            yield Problem(path, f"there is {part} as well; give only one of them")
            continue
        body = read_text(document.tree.folder, name)
        if isinstance(body, Problem):
            yield body._replace(path=path)
        else:
            setattr(holder, part, body)


def _texts(contents: Contents) -> Iterator[tuple[ValuePath, Any, str]]:
    """What may stand in a file of its own: the place of its holder, the holder, and the key of the text."""
    for part in ("signature_text", "signature_html"):
        yield ("account",), contents.account, part
    for index, template in enumerate(contents.templates):
        for place, version in enumerate(template.versions):
            for part in ("text", "html"):
                yield ("templates", index, "versions", place), version, part
    for index, user in enumerate(contents.users):
        yield ("users", index), user, "signature_html"


def _second_defaults(contents: Contents) -> Iterator[Problem]:
    defaults = [index for index, channel in enumerate(contents.channels) if channel.default]
    for index in defaults[1:]:
        first = contents.channels[defaults[0]].name
        yield Problem(("channels", index, "default"), f"{first!r} is the default channel; there is only one")


def _of_packs(contents: Contents) -> Iterator[Problem]:
    for index, pack in enumerate(contents.packs):
        for problem in problems_of_pack(pack):
            yield problem._replace(path=("packs", index, *problem.path))


def _start_paths(contents: Contents, folder: Path) -> None:
    """Let the paths of Maildirs and password files start at the folder of the configuration."""
    for channel in contents.channels:
        for server in (channel.incoming, channel.outgoing):
            if server is None:
                continue
            if server.path:
                server.path = _from(folder, os.path.expanduser(server.path))
            file = (server.password or {}).get("file")
            if isinstance(server.password, Mapping) and file and not file.startswith("~"):
                server.password = {"file": _from(folder, file)}


def _from(folder: Path, path: str) -> str:
    return os.path.abspath(folder / path)
