"""How each operation of the table of rights is tried: see test_operations.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.desk import Desk


class Case(NamedTuple):
    """How a command is typed, what it reads from stdin, and what must be so before for who acts."""

    argv: tuple[str, ...]
    stdin: bytes = b""
    set_up: Callable[[Desk, str], Any] = lambda desk, login: None
    refusal: int = 5


def typed(command: str, *words: str, **more: Any) -> Case:
    """A case of a command whose words have no spaces in them; `words` may."""
    return Case((*command.split(), *words), **more)


def uncertain(desk: Desk, _login: str) -> None:
    desk.rows("UPDATE delivery SET state = 'uncertain'")


def with_a_notification(desk: Desk, login: str) -> None:
    desk.rows(
        "INSERT INTO notification (id, user_id, message_id, created_at)"
        " SELECT 1, id, 1, '2026-11-25T10:00:00+00:00' FROM user_account WHERE login = ?",
        login,
    )


def with_a_filter(desk: Desk, login: str) -> None:
    desk.rows(
        "INSERT INTO saved_filter (id, noun, name, user_id, for_all, position, query)"
        " SELECT 1, 'tag', 'Meine', id, 0, 1, '{}' FROM user_account WHERE login = ?",
        login,
    )


CASES = {
    "fetch": typed("fetch"),
    "send": typed("send"),
    "send --to": typed("send --to a@example.com --subject x --text y"),
    "sync": typed("sync"),
    "check --channel": typed("check --channel Shop --subject x --text y"),
    "check --template": typed("check --all-templates"),
    "conversation list": typed("conversation list"),
    "conversation show": typed("conversation show 1"),
    "conversation reply": typed("conversation reply 1 --text y"),
    "outbox list": typed("outbox list"),
    "outbox show": typed("outbox show 1"),
    "outbox retry": typed("outbox retry 1 --yes", set_up=uncertain),
    "outbox settle": typed("outbox settle 1 --sent", set_up=uncertain),
    "outbox cancel": typed("outbox cancel 1 --yes"),
    "store info": typed("store info"),
    "settings show": typed("settings show"),
    "settings set": typed("settings set --client-name x"),
    "channel list": typed("channel list"),
    "channel show": typed("channel show Shop"),
    "channel add": typed("channel add Neu"),
    "channel set": typed("channel set Shop --inactive"),
    "channel delete": typed("channel delete Leer --yes"),
    "channel test": typed("channel test Shop"),
    "group list": typed("group list"),
    "group show": typed("group show Amazon"),
    "group add": typed("group add Neu"),
    "group set": typed("group set Eigene --hidden"),
    "group delete": typed("group delete Eigene --yes"),
    "type list": typed("type list"),
    "type show": typed("type show Eigene/Art"),
    "type add": typed("type add Eigene/Neu"),
    "type set": typed("type set Eigene/Art --en x"),
    "type delete": typed("type delete Eigene/Art --yes"),
    "status list": typed("status list"),
    "status show": typed("status show Eigene/Art/Neu"),
    "status add": typed("status add Eigene/Art/Alt --progress 10 --colour #ff0000"),
    "status set": typed("status set Eigene/Art/Neu --en x"),
    "status delete": typed("status delete Eigene/Art/Neu --yes"),
    "tag list": typed("tag list"),
    "tag show": typed("tag show Urgent"),
    "tag add": typed("tag add Neu --colour #ff0000 --availabilities messenger"),
    "tag set": typed("tag set Urgent --colour #00ff00"),
    "tag delete": typed("tag delete Urgent --yes"),
    "role list": typed("role list"),
    "role show": typed("role show Bearbeitung"),
    "role add": typed("role add Neu"),
    "role set": typed("role set Bearbeitung --en x"),
    "role delete": typed("role delete Bearbeitung --yes"),
    "template list": typed("template list"),
    "template show": typed("template show", "Messenger default NEW"),
    "template add": typed("template add Neu --language de --text-file -", stdin=b"{{ text }}"),
    "template set": typed("template set", "Messenger default NEW", "--folder", "x"),
    "template delete": typed("template delete Kurz --yes"),
    "user add": typed("user add someone"),
    "user set": typed("user set eva.berg --name Eva"),
    "user delete": typed("user delete eva.berg --yes"),
    "ingest": typed("ingest --to shop@in.holzweg.example", stdin=b"From: a@example.com\n\nx", refusal=75),
    "conversation assign": typed("conversation assign 1 --role Bearbeitung --owner eva.berg"),
    "conversation history": typed("conversation history 1"),
    "conversation set": typed("conversation set 1 --group Amazon"),
    "conversation tag": typed("conversation tag 1 --add Urgent"),
    "conversation whisper": typed("conversation whisper 1 --text x"),
    "notification list": typed("notification list"),
    "notification open": typed("notification open 1", set_up=with_a_notification),
    "notification close": typed("notification close 1", set_up=with_a_notification),
    "contact list": typed("contact list"),
    "contact show": typed("contact show 1"),
    "contact import": typed("contact import -", stdin=b"id,first_name\n2,Eva\n"),
    "order list": typed("order list"),
    "order show": typed("order show 1"),
    "order import": typed("order import -", stdin=b"id,currency\n2,EUR\n"),
    "history": typed("history"),
    "history tag": typed("history tag"),
    "channel trust": typed("channel trust env:MAIL imap.holzweg.example --yes"),
    "group defaults": typed("group defaults Eigene"),
    "group move": typed("group move Eigene --before Amazon"),
    "group switch": typed("group switch Eigene"),
    "type move": typed("type move Eigene/Art --after Zwei"),
    "status move": typed("status move Eigene/Art/Neu --after Zwei"),
    "role move": typed("role move Bearbeitung --after Zwei"),
    "tag export": typed("tag export"),
    "tag link list": typed("tag link list"),
    "tag link import": typed("tag link import -", stdin=b"kind,record_id,tag_id\norder,1,1\n"),
    "tag filter list": typed("tag filter list"),
    "tag filter save": typed("tag filter save Neu --name x"),
    "tag filter apply": typed("tag filter apply Meine", set_up=with_a_filter),
    "tag filter set": typed("tag filter set Meine --name x", set_up=with_a_filter),
    "tag filter move": typed("tag filter move Meine 1", set_up=with_a_filter),
    "tag filter delete": typed("tag filter delete Meine --yes", set_up=with_a_filter),
    "template copy": typed("template copy Kurz"),
    "template favourite": typed("template favourite Kurz"),
    "template move": typed("template move Kurz Service"),
    "template preview": typed("template preview Kurz"),
    "template preview --contact": typed("template preview Kurz --contact 1"),
    "template usage": typed("template usage Kurz"),
    "rights role add": typed("rights role add Neu"),
    "rights role set": typed("rights role set Lager --name Neu"),
    "rights role copy": typed("rights role copy Lager"),
    "rights role grant": typed("rights role grant Lager Comments"),
    "rights role revoke": typed("rights role revoke Lager", "Setup > Tag"),
    "rights role delete": typed("rights role delete Lager --yes"),
}
