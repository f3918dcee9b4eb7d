"""Every command asks for the rights that the table of operations names, before it does anything.

A new command needs a row in `plentymsg.messenger.operations` and one in CASES below: how it is typed, and
what it takes to work on the store of the fixture `filled`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from plentymsg.cli.app import COMMANDS, root
from plentymsg.messenger import access
from plentymsg.messenger.operations import OPERATIONS
from plentymsg.messenger.permissions import TREE
from tests.desk import Desk


class Case(NamedTuple):
    """How a command is typed, what it reads from stdin, and what must be so before."""

    argv: tuple[str, ...]
    stdin: bytes = b""
    set_up: Callable[[Desk], Any] = lambda desk: None


def typed(command: str, *words: str, **more: Any) -> Case:
    """A case of a command whose words have no spaces in them; `words` may."""
    return Case((*command.split(), *words), **more)


def uncertain(desk: Desk) -> None:
    desk.rows("UPDATE delivery SET state = 'uncertain'")


def told_of_something(desk: Desk) -> None:
    desk.rows("INSERT INTO notification (user_id, message_id, created_at) VALUES (1, 1, 'now')")


def with_target(desk: Desk) -> None:
    desk.rows("UPDATE channel SET target_address = 'x@in.example' WHERE name = 'Shop'")


def collecting(desk: Desk) -> None:
    desk.rows("UPDATE collecting SET active = 1, channel_id = 1")


MAIL = b"From: a@example.com\nSubject: x\n\ny\n"


def linked(desk: Desk) -> None:
    desk.rows("INSERT INTO conversation_relation (conversation_id, kind, value) VALUES (1, 'contact', '1')")


def own_pack(desk: Desk) -> None:
    asked = '[{"marketplace": "otto", "rule": "PM204"}]'
    definition = f'{{"summary": "", "source": "", "marketplaces": [], "requirements": {asked}}}'
    desk.rows("INSERT INTO pack (name, enabled, definition) VALUES ('own', 1, ?)", definition)


def own_filters(desk: Desk) -> None:
    """The filters of the fixture are jan.kiefer's, and that is why he may change them."""
    desk.rows("UPDATE saved_filter SET user_id = (SELECT id FROM user_account WHERE login = 'jan.kiefer')")


def with_type(desk: Desk) -> None:
    desk.rows(
        "INSERT INTO template_variable (name, type, allowed) VALUES ('contact.fullName', 'no_links', '[]')"
    )


CASES = {
    "fetch": typed("fetch"),
    "ingest": typed("ingest --to x@in.example", stdin=MAIL, set_up=with_target),
    "collect file": typed("collect --source orders", stdin=MAIL, set_up=collecting),
    "collect show": typed("collect show"),
    "collect set": typed("collect set --attachments"),
    "account show": typed("account show"),
    "account set": typed("account set --signature-text x"),
    "message quarantine": typed("message quarantine"),
    "notification list": typed("notification list"),
    "notification open": typed("notification open 1", set_up=told_of_something),
    "notification close": typed("notification close 1", set_up=told_of_something),
    "send": typed("send"),
    "send --to": typed("send --to a@example.com --subject x --text y"),
    "sync": typed("sync"),
    "check --channel": typed("check --channel Shop --subject x --text y"),
    "check --outbox": typed("check --outbox 1"),
    "check --template": typed("check --all-templates"),
    "conversation list": typed("conversation list"),
    "conversation show": typed("conversation show 1"),
    "conversation reply": typed("conversation reply 1 --text y"),
    "conversation whisper": typed("conversation whisper 1 --text y"),
    "conversation whisper --new": typed("conversation whisper --new --subject x --text y"),
    "conversation assign": typed("conversation assign 1 --remove Bearbeitung"),
    "conversation tag": typed("conversation tag 1 --add Urgent"),
    "conversation set": typed("conversation set 1 --group Eigene"),
    "conversation history": typed("conversation history 1"),
    "history": typed("history conversation:1"),
    "history tag": typed("history tag"),
    "conversation link": typed("conversation link 1 contact:1"),
    "conversation unlink": typed("conversation unlink 1 contact:1", set_up=linked),
    "contact list": typed("contact list"),
    "contact show": typed("contact show 1"),
    "contact import": typed("contact import -", stdin=b"id,first_name\n2,Eva\n"),
    "contact note list": typed("contact note list 1"),
    "contact note add": typed("contact note add 1 --text x"),
    "order list": typed("order list"),
    "order show": typed("order show 1"),
    "order import": typed("order import -", stdin=b"id,currency\n2,EUR\n"),
    "outbox list": typed("outbox list"),
    "outbox show": typed("outbox show 1"),
    "outbox retry": typed("outbox retry 1 --yes", set_up=uncertain),
    "outbox settle": typed("outbox settle 1 --sent", set_up=uncertain),
    "rules replay": typed("rules replay"),
    "outbox cancel": typed("outbox cancel 1 --yes"),
    "store info": typed("store info"),
    "rules pack add": typed(
        "rules pack add -", stdin=b"name: own\nrequirements: [{marketplace: otto, rule: PM204}]"
    ),
    "rules pack set": typed("rules pack set own --no-enabled", set_up=own_pack),
    "rules pack delete": typed("rules pack delete own --yes", set_up=own_pack),
    "settings show": typed("settings show"),
    "settings set": typed("settings set --client-name x"),
    "channel list": typed("channel list"),
    "channel show": typed("channel show Shop"),
    "channel add": typed("channel add Neu"),
    "channel set": typed("channel set Shop --inactive"),
    "channel delete": typed("channel delete Leer --yes"),
    "channel test": typed("channel test Shop"),
    "channel trust": typed("channel trust env:SHOP new.example --yes"),
    "group list": typed("group list"),
    "group show": typed("group show Amazon"),
    "group switch": typed("group switch General"),
    "group add": typed("group add Neu"),
    "group set": typed("group set Eigene --hidden"),
    "group move": typed("group move Eigene --before Amazon"),
    "group defaults": typed("group defaults Eigene"),
    "group delete": typed("group delete Eigene --yes"),
    "type list": typed("type list"),
    "type show": typed("type show Eigene/Art"),
    "type add": typed("type add Eigene/Neu"),
    "type set": typed("type set Eigene/Art --en x"),
    "type move": typed("type move Amazon/Return --before Complaint"),
    "type delete": typed("type delete Eigene/Art --yes"),
    "status list": typed("status list"),
    "status show": typed("status show Eigene/Art/Neu"),
    "status add": typed("status add Eigene/Art/Alt --progress 10 --colour #ff0000"),
    "status set": typed("status set Eigene/Art/Neu --en x"),
    "status move": typed("status move Amazon/Return/Done --before New"),
    "status delete": typed("status delete Eigene/Art/Neu --yes"),
    "tag list": typed("tag list"),
    "tag show": typed("tag show Urgent"),
    "tag add": typed("tag add Neu --colour #ff0000 --availabilities messenger"),
    "tag set": typed("tag set Urgent --colour #00ff00"),
    "tag delete": typed("tag delete Urgent --yes"),
    "tag export": typed("tag export --selected Urgent"),
    "tag link list": typed("tag link list"),
    "tag link import": typed("tag link import -", stdin=b"variation,1,2"),
    "tag filter list": typed("tag filter list"),
    "tag filter save": typed("tag filter save Neu --name x"),
    "tag filter apply": typed("tag filter apply Eilig"),
    "tag filter set": typed("tag filter set Eilig --default"),
    "tag filter move": typed("tag filter move Eilig --after Lager", set_up=own_filters),
    "tag filter delete": typed("tag filter delete Eilig --yes", set_up=own_filters),
    "role list": typed("role list"),
    "role show": typed("role show Bearbeitung"),
    "role add": typed("role add Neu"),
    "role set": typed("role set Bearbeitung --en x"),
    "role move": typed("role move Bearbeitung --after Vertretung"),
    "role delete": typed("role delete Bearbeitung --yes"),
    "template list": typed("template list"),
    "template show": typed("template show", "Messenger default NEW"),
    "template add": typed("template add Neu --language de --text-file -", stdin=b"{{ text }}"),
    "template set": typed("template set", "Messenger default NEW", "--folder", "x"),
    "template preview": typed("template preview", "Messenger default NEW"),
    "template preview --contact": typed("template preview Kurz --contact 1"),
    "template usage": typed("template usage Kurz"),
    "template favourite": typed("template favourite Kurz"),
    "template copy": typed("template copy Kurz"),
    "template move": typed("template move Kurz Service"),
    "template lint": typed("template lint"),
    "template delete": typed("template delete Kurz --yes"),
    "template variable list": typed("template variable list"),
    "template variable set": typed("template variable set contact.fullName --type no_links"),
    "template variable delete": typed("template variable delete contact.fullName --yes", set_up=with_type),
    "user add": typed("user add someone"),
    "user set": typed("user set eva.berg --admin"),
    "user delete": typed("user delete eva.berg --yes"),
    "rights role add": typed("rights role add Neu"),
    "rights role set": typed("rights role set Lager --name Neu"),
    "rights role copy": typed("rights role copy Lager"),
    "rights role grant": typed("rights role grant Lager Comments"),
    "rights role revoke": typed("rights role revoke Lager", "Setup > Tag"),
    "rights role delete": typed("rights role delete Lager --yes"),
}

CODES = {"ingest": 75}
"""Where a refusal has another exit code than 5: a mail server is to keep the mail until then."""

NO_RIGHT_NEEDED = {
    "init": "what makes the store has nobody to ask in it yet",
    "store migrate": "no account can be read before it",
    "apply": "each change in the file asks for its own right",
    "check": "without a channel or template nothing of the store is read",
    "marketplace list": "the marketplaces' rules are public",
    "marketplace show": "the marketplaces' rules are public",
    "rules list": "the marketplaces' rules are public",
    "rules explain": "the marketplaces' rules are public",
    "rules diff": "the marketplaces' rules are public",
    "rules pack list": "the marketplaces' rules are public",
    "rules pack show": "the marketplaces' rules are public",
    "rights list": "which rights there are is public",
    "user list": "who is refused something must see whom to ask",
    "user show": "who is refused something must see whom to ask",
    "rights check": "who is refused something must see why",
    "rights who": "who is refused something must see whom to ask",
    "rights matrix": "who is refused something must see why",
    "rights role list": "who is refused something must see what would give it",
    "rights role show": "who is refused something must see what would give it",
}


@cache
def commands() -> frozenset[str]:
    """Every command of the program, as it is typed."""
    context = root().make_context("plentymsg", [], resilient_parsing=True)

    def below(name: str, command: Any) -> Iterator[str]:
        verbs = getattr(command, "commands", None)
        if verbs is None:
            yield name
        else:
            for verb in verbs:
                yield from below(f"{name} {verb}", verbs[verb])

    return frozenset(found for name in COMMANDS for found in below(name, root().get_command(context, name)))


def command_of(operation: str) -> str:
    """The command of a row, which may say more than that: `check --channel`; empty if there is none yet."""
    words = operation.split()
    starts = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((start for start in starts if start in commands()), "")


@pytest.fixture(scope="module")
def prepared(first_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with at least one thing of each kind, and the account jan.kiefer, who has no role yet."""
    folder = tmp_path_factory.mktemp("operations")
    store = folder / "store.db"
    shutil.copy(first_store, store)
    for name in ("cur", "new", "tmp"):
        (folder / "in" / name).mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        desk = Desk(store, patch, _NoOutput())  # type: ignore[arg-type]
        for words in (
            "user add jan.kiefer",
            "user add eva.berg",
            "group add Eigene",
            "type add Eigene/Art",
            "status add Eigene/Art/Neu --progress 0 --colour #0084ff",
            "role add Vertretung",
            "role add Bearbeitung",
            "tag add Urgent --colour #ff0000 --availabilities messenger",
            "tag add Vintage --colour #ff0000 --availabilities variation",
            "tag filter save Eilig --name urgent --for-all",
            "tag filter save Lager --name vintage --for-all",
            "rights role add Lager --presets tags",
            f"channel add Shop --default --sender-email shop@holzweg.example"
            f" --outgoing-protocol maildir --outgoing-path {folder / 'out'}"
            f" --incoming-protocol maildir --incoming-path {folder / 'in'}",
            "channel add Leer",
            "send --to a@example.com --subject x --text y --queue",
        ):
            desk.do(*words.split())
        desk.do("contact", "import", "-", stdin=b"id,first_name\n1,Petra\n")
        desk.do("order", "import", "-", stdin=b"id,currency\n1,EUR\n")
        desk.do("template", "add", "Kurz", "--language", "de", "--text-file", "-", stdin=b"{{ text }}")
    return store


class _NoOutput:
    """Stands in for capsys, which no fixture of a module may have."""

    def readouterr(self) -> tuple[str, str]:
        return "", ""


@pytest.fixture
def filled(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """The program on a copy of the prepared store."""
    shutil.copy(prepared, tmp_path / "store.db")
    return Desk(tmp_path / "store.db", monkeypatch, capsys)


def contents(desk: Desk) -> list[str]:
    """All that is in the store."""
    with sqlite3.connect(desk.store) as connection:
        found = list(connection.iterdump())
    connection.close()
    return found


def be_jan_with(desk: Desk, rights: tuple[str, ...]) -> None:
    """Go on as jan.kiefer, who has exactly these rights."""
    desk.do("user", "set", "jan.kiefer", "--admin" if access.ADMIN in rights else "--no-admin")
    given = ",".join(right for right in rights if right != access.ADMIN)
    desk.do("rights", "role", "add", "Exactly", "--rights", given)
    desk.do("user", "set", "jan.kiefer", "--access-roles", "Exactly")
    desk.rows("UPDATE notification SET user_id = (SELECT id FROM user_account WHERE login = 'jan.kiefer')")
    desk.become("jan.kiefer")


IMPLEMENTED = [name for name in CASES if command_of(name)]
every_operation = pytest.mark.parametrize("name", IMPLEMENTED)


@every_operation
def test_who_lacks_a_right_is_refused_and_nothing_is_changed(filled: Desk, name: str) -> None:
    """Without its rights no command does anything, and each refusal names what is missing, with exit code 5.

    M-028 `plentymsg rights check USER OPERATION`
    """
    case, rights = CASES[name], OPERATIONS[name]
    case.set_up(filled)
    filled.become("jan.kiefer")
    before = contents(filled)
    error = filled.refused(*case.argv, stdin=case.stdin, code=CODES.get(name, 5))
    assert error["code"] == "forbidden"
    assert set() < set(error["missing"]) <= set(rights)
    assert all(right in error["message"] for right in error["missing"])
    assert "plentymsg user list" in error["hint"]
    assert contents(filled) == before
    assert not (filled.store.parent / f"{filled.store.name}.captured").exists()


@pytest.mark.parametrize(
    ("name", "withheld"), [(name, right) for name in CASES for right in OPERATIONS[name]]
)
def test_each_of_its_rights_is_needed(filled: Desk, name: str, withheld: str) -> None:
    case = CASES[name]
    case.set_up(filled)
    be_jan_with(filled, tuple(right for right in OPERATIONS[name] if right != withheld))
    before = contents(filled)
    assert filled.refused(*case.argv, stdin=case.stdin, code=CODES.get(name, 5))["missing"] == [withheld]
    assert contents(filled) == before


@every_operation
def test_its_rights_are_enough(filled: Desk, name: str) -> None:
    case = CASES[name]
    case.set_up(filled)
    be_jan_with(filled, OPERATIONS[name])
    filled.do(*case.argv, stdin=case.stdin)


@every_operation
def test_an_admin_may_do_everything(filled: Desk, name: str) -> None:
    """An admin needs no access role for anything.

    M-029 `plentymsg user set USER --admin`
    """
    case = CASES[name]
    case.set_up(filled)
    filled.do(*case.argv, stdin=case.stdin)


def test_the_table_has_every_command_and_no_other() -> None:
    """A command is in the table of operations, or in the list of those that need no right."""
    assert {command_of(name) for name in OPERATIONS} | NO_RIGHT_NEEDED.keys() == commands()


def test_every_row_of_the_table_is_tried() -> None:
    assert OPERATIONS.keys() == CASES.keys()


def test_the_table_names_rights_that_there_are() -> None:
    known = {entry.path for entry in TREE.entries if not entry.is_section} | {access.ADMIN}
    assert {right for rights in OPERATIONS.values() for right in rights} <= known


def test_no_account_no_entry(filled: Desk) -> None:
    filled.become("stranger")
    for name in ("group list", "user list", "user show jan.kiefer", "rights matrix", "rights role list"):
        assert "no active account" in filled.refused(*name.split(), code=5)["message"]


def test_applying_a_file_needs_the_right_of_each_change(filled: Desk) -> None:
    tags = b"version: 1\ntags: [{name: Neu, colour: '#ff0000', availabilities: [messenger]}]\n"
    be_jan_with(filled, (access.TAG_CREATE,))
    assert filled.json("apply", "-f", "-", stdin=tags)["changed"] is True
    error = filled.refused("apply", "-f", "-", stdin=tags + b"settings: {client_name: x}\n", code=5)
    assert error["missing"] == [access.ADMIN]
