from __future__ import annotations

import sqlite3
from pathlib import Path

import keyring
import pytest

from plentymsg.messenger.access import os_login
from tests.desk import Desk
from tests.journeys.vault import Vault

IN = ("--incoming-host", "mail.holzweg.example", "--incoming-username", "shop@holzweg.example")
OUT = ("--outgoing-host", "mail.holzweg.example", "--sender-email", "shop@holzweg.example")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with what channels refer to."""
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("user", "add", "jan.kiefer")
    desk.do("role", "add", "Bearbeitung", "--en", "Handling")
    desk.do("role", "add", "Werkstatt", "--en", "Workshop")
    desk.do("tag", "add", "Urgent", "--colour", "#f00", "--availabilities", "messenger")
    desk.do("tag", "add", "Lager, innen", "--colour", "#f00", "--availabilities", "messenger,order")
    desk.do("tag", "add", "Order only", "--colour", "#f00", "--availabilities", "order")
    for system in ("amazon", "ebay", "kaufland", "otto"):
        desk.do("group", "set", system, "--visible")
    return desk


def test_show_has_the_keys_of_the_configuration_file(shop: Desk) -> None:
    shop.do(
        *("channel", "add", "Amazon DE", "--marketplace", "Amazon", "--default"),
        *("--type", "complaint", "--status", "new", "--tags", "urgent", "--tags", "Lager\\, innen"),
        *("--owners", "handling=eva.berg", "--subscribers", "jan.kiefer,eva.berg", "--since", "2026-11-01"),
        *(*IN, "--incoming-password", "env:AMAZON"),
        *(*OUT, "--outgoing-encryption", "starttls", "--outgoing-username", "shop"),
        *("--outgoing-password", "command:pass show 'a b'", "--sender-name", "Holzweg"),
    )
    assert shop.json("channel", "show", "amazon de") == {
        "id": 1,
        "name": "Amazon DE",
        "marketplace": "amazon",
        "active": True,
        "default": True,
        "group": "Amazon",
        "type": "Reklamation",
        "status": "Neu",
        "tags": ["Lager, innen", "Urgent"],
        "owners": [{"role": "Bearbeitung", "user": "eva.berg"}],
        "subscribers": ["eva.berg", "jan.kiefer"],
        "target_address": None,
        "notifications": False,
        "match_orders": False,
        "allowed_senders": [],
        "since": "2026-11-01",
        "incoming": {
            "protocol": "imap",
            "host": "mail.holzweg.example",
            "port": 993,
            "encryption": "ssl",
            "username": "shop@holzweg.example",
            "password": {"env": "AMAZON"},
            "allow_plain": False,
            "folder": "INBOX",
        },
        "outgoing": {
            "protocol": "smtp",
            "host": "mail.holzweg.example",
            "port": 587,
            "encryption": "starttls",
            "username": "shop",
            "password": {"command": ["pass", "show", "a b"]},
            "allow_plain": False,
            "sender_email": "shop@holzweg.example",
            "sender_name": "Holzweg",
        },
        "skip": {"orders": False, "contacts": False, "emails": ""},
        "templates": {"new": "Messenger default NEW", "reply": None},
    }


def test_a_channel_may_begin_with_its_name_alone(shop: Desk) -> None:
    channel = shop.json("channel", "add", "Laden")
    assert (channel["group"], channel["active"], channel["default"]) == ("Allgemein", True, False)
    assert (channel["incoming"], channel["outgoing"], channel["type"]) == (None, None, None)


@pytest.mark.parametrize("marketplace", ["Amazon", "eBay", "Kaufland", "OTTO"])
def test_a_marketplace_with_a_group_of_its_own_gets_it_and_takes_no_other(
    shop: Desk, marketplace: str
) -> None:
    """M-016, whichever of the two is set."""
    assert shop.json("channel", "add", "Eins", "--marketplace", marketplace)["group"] == marketplace
    for call in (
        ("add", "Zwei", "--marketplace", marketplace, "--group", "General"),
        ("set", "Eins", "--group", "General"),
    ):
        error = shop.refused("channel", *call, code=2)
        assert f"{marketplace!r}, not 'Allgemein'" in error["message"]
    shop.do("channel", "add", "Drei")
    error = shop.refused("channel", "set", "Drei", "--marketplace", marketplace, code=2)
    assert repr(marketplace) in error["hint"]
    shop.do("channel", "set", "Drei", "--marketplace", marketplace, "--group", marketplace)
    shop.do("group", "set", marketplace, "--name", "Umbenannt")
    assert shop.json("channel", "set", "Eins", "--inactive")["group"] == "Umbenannt"


@pytest.mark.parametrize("marketplace", ["bol", "limango", "Netto", "Shopify", "WooCommerce", "Zalando"])
def test_any_other_marketplace_goes_into_general_or_any_group(shop: Desk, marketplace: str) -> None:
    channel = shop.json("channel", "add", "Eins", "--marketplace", marketplace)
    assert (channel["marketplace"], channel["group"]) == (marketplace.lower(), "Allgemein")
    shop.do("group", "add", "Sonstige")
    shop.do("channel", "set", "Eins", "--group", "Sonstige")


def test_an_unknown_marketplace_gets_the_nearest_name(shop: Desk) -> None:
    error = shop.refused("channel", "add", "Eins", "--marketplace", "amazn", code=3)
    assert "Amazon" in error["hint"]


@pytest.mark.parametrize(
    ("options", "code", "part"),
    [
        (("--group", "Genral"), 3, "General"),
        (("--type", "Complait"), 3, "Reklamation"),
        (("--type", "Complaint", "--status", "Nwe"), 3, "Neu"),
        (("--status", "New"), 2, "type as well"),
        (("--tags", "Urgnt"), 3, "Urgent"),
        (("--owners", "Handlin=eva.berg"), 3, "Handling"),
        (("--owners", "Handling=eva.brg"), 3, "eva.berg"),
        (("--owners", "eva.berg"), 2, "Handling=eva.berg"),
        (("--subscribers", "jan.kifer"), 3, "jan.kiefer"),
        (("--template-reply", "Messenger default NE"), 3, "Messenger default NEW"),
    ],
)
def test_what_it_refers_to_must_exist(shop: Desk, options: tuple[str, ...], code: int, part: str) -> None:
    error = shop.refused("channel", "add", "Laden", *options, code=code)
    assert part in error["hint"]
    assert shop.json("channel") == []


def test_type_and_status_follow_the_group_by_their_names(shop: Desk) -> None:
    shop.do("channel", "add", "Laden", "--type", "Complaint", "--status", "Done")
    shop.do("group", "add", "Maßarbeit")
    error = shop.refused("channel", "set", "Laden", "--group", "Maßarbeit", code=2)
    assert "'Reklamation'" in error["message"]
    shop.do("type", "add", "Maßarbeit/reklamation")
    error = shop.refused("channel", "set", "Laden", "--group", "Maßarbeit", code=2)
    assert "'Erledigt'" in error["message"]
    shop.do("status", "add", "Maßarbeit/reklamation/Erledigt", "--progress", "100", "--colour", "#000")
    moved = shop.json("channel", "set", "Laden", "--group", "Maßarbeit")
    assert (moved["group"], moved["type"], moved["status"]) == ("Maßarbeit", "reklamation", "Erledigt")
    cleared = shop.json("channel", "set", "Laden", "--type", "")
    assert (cleared["type"], cleared["status"]) == (None, None)


def test_there_is_one_default_channel_at_most(shop: Desk) -> None:
    shop.do("channel", "add", "Eins", "--default")
    done = shop.run("channel", "add", "Zwei", "--default")
    assert "The channel Eins is no longer the default." in done.err
    assert [c["name"] for c in shop.json("channel") if c["default"]] == ["Zwei"]
    lost = [line for line in shop.history() if line["thing_id"] == 1 and line["action"] == "changed"]
    assert [(line["before"]["default"], line["after"]["default"]) for line in lost] == [(True, False)]
    shop.do("channel", "delete", "Zwei", "--yes")
    shop.do("channel", "set", "Eins", "--default")
    shop.do("channel", "set", "Eins", "--no-default")
    assert not any(channel["default"] for channel in shop.json("channel"))


def test_only_active_admins_become_owners_and_they_stay_owners(shop: Desk) -> None:
    error = shop.refused("channel", "add", "Laden", "--owners", "Handling=jan.kiefer", code=2)
    assert "Ownership" in error["message"]
    shop.do("channel", "add", "Laden", "--owners", "Handling=eva.berg")
    shop.do("user", "set", "eva.berg", "--no-admin")
    shop.do("channel", "set", "Laden", "--owners", f"Handling=eva.berg,Workshop={os_login()}")
    assert len(shop.json("channel", "show", "Laden")["owners"]) == 2
    shop.do("channel", "set", "Laden", "--owners", "")
    shop.refused("channel", "set", "Laden", "--owners", "Handling=eva.berg", code=2)
    twice = f"Handling={os_login()},Bearbeitung={os_login()}"
    assert "two owners" in shop.refused("channel", "set", "Laden", "--owners", twice, code=2)["message"]


def test_only_active_users_become_subscribers(shop: Desk) -> None:
    shop.do("user", "set", "jan.kiefer", "--inactive")
    error = shop.refused("channel", "add", "Laden", "--subscribers", "jan.kiefer", code=2)
    assert "not active" in error["message"]


def test_only_messenger_tags_are_put_on_conversations(shop: Desk) -> None:
    error = shop.refused("channel", "add", "Laden", "--tags", "Order only", code=2)
    assert "--availabilities order,messenger" in error["hint"]


@pytest.mark.parametrize(
    ("options", "port"),
    [
        ((*IN, "--incoming-encryption", "ssl"), 993),
        ((*IN, "--incoming-encryption", "starttls"), 143),
        ((*IN, "--incoming-encryption", "none", "--incoming-allow-plain"), 143),
        ((*IN, "--incoming-port", "1993"), 1993),
        ((*OUT, "--outgoing-encryption", "ssl"), 465),
        ((*OUT, "--outgoing-encryption", "starttls"), 587),
        ((*OUT, "--outgoing-encryption", "none", "--outgoing-allow-plain"), 25),
    ],
)
def test_a_port_follows_the_encryption(shop: Desk, options: tuple[str, ...], port: int) -> None:
    """Each side of a channel is encrypted by SSL, by STARTTLS or not at all, and its port follows that.

    M-125 `plentymsg channel set CHANNEL --outgoing-encryption ssl|starttls|none`
    """
    channel = shop.json("channel", "add", "Laden", *options)
    assert (channel["incoming"] or channel["outgoing"])["port"] == port


def test_a_port_that_was_chosen_on_purpose_stays(shop: Desk) -> None:
    shop.do("channel", "add", "Laden", *IN)
    starttls = ("--incoming-encryption", "starttls")
    assert shop.json("channel", "set", "Laden", *starttls)["incoming"]["port"] == 143
    shop.do("channel", "set", "Laden", "--incoming-port", "1143")
    assert shop.json("channel", "set", "Laden", "--incoming-encryption", "ssl")["incoming"]["port"] == 1143


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (("--incoming-host", "h"), "incoming.username"),
        (("--incoming-username", "u"), "incoming"),
        ((*IN, "--incoming-path", "x"), "incoming.path"),
        ((*IN, "--incoming-port", "70000"), "incoming.port"),
        ((*IN, "--incoming-port", "0"), "incoming.port"),
        ((*IN, "--incoming-encryption", "tls"), "incoming.encryption"),
        ((*IN, "--incoming-encryption", "none"), "incoming"),
        ((*IN, "--incoming-protocol", "pop3"), "incoming.protocol"),
        ((*IN, "--incoming-folder", ""), "incoming.folder"),
        (("--incoming-protocol", "maildir"), "incoming"),
        ((*IN, "--incoming-protocol", "maildir", "--incoming-path", "x"), "incoming.host"),
        (("--outgoing-host", "h"), "outgoing.sender_email"),
        (("--outgoing-protocol", "maildir", "--outgoing-path", "x"), "outgoing.sender_email"),
        (("--outgoing-host", "h", "--sender-email", "Eva <eva@x.example>"), "outgoing.sender_email"),
        ((*OUT, "--sender-name", "Eva\nBcc: x"), "outgoing.sender_name"),
        (("--since", "1.11.2026"), "since"),
        (("--since", "2026-02-30"), "since"),
    ],
)
def test_a_server_that_can_never_work_is_refused_naming_the_key(
    shop: Desk, options: tuple[str, ...], key: str
) -> None:
    error = shop.refused("channel", "add", "Laden", *options, code=2)
    assert key in [problem["key"] for problem in error["problems"]]
    assert shop.json("channel") == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_without_encryption_only_this_machine_is_reached(shop: Desk, host: str) -> None:
    options = ("--incoming-host", host, "--incoming-username", "u", "--incoming-encryption", "none")
    shop.do("channel", "add", "Laden", *options)
    assert shop.json("channel", "show", "Laden")["incoming"]["encryption"] == "none"


def test_another_protocol_starts_afresh_but_for_the_sender(shop: Desk, tmp_path: Path) -> None:
    shop.do("channel", "add", "Laden", *IN, *OUT, "--outgoing-password", "env:X", "--sender-name", "Holzweg")
    path = str(tmp_path / "out")
    moved = shop.json("channel", "set", "Laden", "--outgoing-protocol", "maildir", "--outgoing-path", path)
    assert moved["outgoing"] == {
        "protocol": "maildir",
        "path": path,
        "sender_email": "shop@holzweg.example",
        "sender_name": "Holzweg",
    }
    assert moved["incoming"]["host"] == "mail.holzweg.example"


def test_a_relative_path_starts_where_the_user_is(
    shop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    maildir = ("--incoming-protocol", "maildir", "--incoming-path", "a/../mail")
    channel = shop.json("channel", "add", "Laden", *maildir)
    assert channel["incoming"] == {"protocol": "maildir", "path": str(tmp_path / "mail")}
    shop.do("channel", "add", "Zwei", *IN, "--incoming-password", "file:secret")
    password = shop.json("channel", "show", "Zwei")["incoming"]["password"]
    assert password == {"file": str(tmp_path / "secret")}


@pytest.mark.parametrize(
    "password", ["hunter2", "hunter2:x", "env:hunter 2", "env:", "file:", "command:", "command:'hunter2", ":"]
)
def test_a_password_as_an_argument_is_refused_without_being_shown(shop: Desk, password: str) -> None:
    done = shop.run("channel", "add", "Laden", *IN, "--incoming-password", password)
    assert done.code == 2
    assert "env:NAME" in done.err
    assert "hunter" not in done.err
    assert shop.json("channel") == []


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("VAULT_FILE", str(tmp_path / "vault.json"))
    held = Vault()
    monkeypatch.setattr(keyring, "get_keyring", lambda: held)
    return held


def test_a_password_from_standard_input_goes_into_the_keyring_for_both_sides(
    shop: Desk, vault: Vault
) -> None:
    channel = shop.json("channel", "add", "Laden", *IN, *OUT, "--password-stdin", stdin=b"hunter2\n")
    assert channel["incoming"]["password"] == channel["outgoing"]["password"] == {"keyring": "Laden"}
    assert vault.get_password("plentymsg", "Laden") == "hunter2"
    shop.do("channel", "set", "Laden", "--password-stdin", stdin=b"correct horse\n")
    assert vault.get_password("plentymsg", "Laden") == "correct horse"
    for file in shop.store.parent.glob("store.db*"):
        assert b"hunter2" not in file.read_bytes()
        assert b"correct horse" not in file.read_bytes()


def test_without_a_keyring_nothing_is_changed(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    keyring.core.init_backend()
    error = shop.refused("channel", "add", "Laden", *IN, "--password-stdin", code=5, stdin=b"hunter2\n")
    assert "hunter2" not in str(error)
    assert shop.json("channel") == []


def test_a_password_for_no_server_is_refused(shop: Desk, vault: Vault) -> None:
    error = shop.refused("channel", "add", "Laden", "--password-stdin", code=2, stdin=b"hunter2\n")
    assert "--incoming-host" in error["hint"]
    assert vault.get_password("plentymsg", "Laden") is None


def test_a_password_is_not_kept_in_a_dry_run(shop: Desk, vault: Vault) -> None:
    shop.do("channel", "add", "Laden", *IN, "--password-stdin", "--dry-run", stdin=b"hunter2\n")
    assert vault.get_password("plentymsg", "Laden") is None


def test_a_new_reference_takes_the_place_of_the_old_one(shop: Desk) -> None:
    shop.do("channel", "add", "Laden", *IN, "--incoming-password", "env:X")
    changed = shop.json("channel", "set", "Laden", "--incoming-password", "keyring:laden")
    assert changed["incoming"]["password"] == {"keyring": "laden"}


def _warnings(desk: Desk, *args: str) -> list[str]:
    """The warnings of a command that must succeed."""
    done = desk.run(*args)
    assert done.code == 0
    return [line for line in done.err.splitlines() if line.startswith("Warning: ")]


def test_a_mailbox_for_two_marketplaces_is_warned_of(shop: Desk) -> None:
    """It is warned of, and done, that two channels share a mailbox or a sender: one for each is better.

    M-019 `plentymsg channel add NAME --incoming-username LOGIN --sender-email ADDRESS`
    """
    assert _warnings(shop, "channel", "add", "Eins", "--marketplace", "ebay", *IN, *OUT) == []
    mailbox, sender = _warnings(shop, "channel", "add", "Zwei", "--marketplace", "amazon", *IN, *OUT)
    assert "Eins reads the same mailbox" in mailbox
    assert "Eins sends from shop@holzweg.example too" in sender
    assert _warnings(shop, "channel", "set", "Zwei") == []


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (("--outgoing-encryption", "starttls"), "587 with starttls"),
        (("--outgoing-port", "25"), "25 with ssl"),
        (("--outgoing-encryption", "ssl"), None),
    ],
)
def test_mailbox_org_wants_its_port_and_encryption(
    shop: Desk, chosen: tuple[str, ...], told: str | None
) -> None:
    """It is warned of, and done, that mail goes to mailbox.org by another port than 465 with SSL.

    M-127 `plentymsg channel add NAME --outgoing-host smtp.mailbox.org --outgoing-port 465`
    """
    at = OUT.index("--outgoing-host")
    outgoing = (*OUT[:at], *OUT[at + 2 :], "--outgoing-host", "smtp.MAILBOX.org", *chosen)
    warnings = _warnings(shop, "channel", "add", "Laden", *IN, *outgoing)
    expected = f"Warning: smtp.MAILBOX.org sends on port 465 with ssl, not on {told}."
    assert warnings == ([expected] if told else [])


def test_a_hidden_group_is_warned_of(shop: Desk) -> None:
    shop.do("group", "set", "Amazon", "--hidden")
    (warning,) = _warnings(shop, "channel", "add", "Zwei", "--marketplace", "amazon", *IN, *OUT)
    assert "plentymsg group set 'Amazon' --visible" in warning


def test_what_an_active_channel_lacks_is_warned_of(shop: Desk) -> None:
    (both,) = _warnings(shop, "channel", "add", "Laden")
    assert "no incoming and no outgoing server; give it --incoming-host and --outgoing-host" in both
    (outgoing,) = _warnings(shop, "channel", "set", "Laden", *IN)
    assert "no outgoing server; give it --outgoing-host" in outgoing
    assert _warnings(shop, "channel", "set", "Laden", "--inactive") == []
    assert _warnings(shop, "channel", "set", "Laden", "--active", *OUT) == []


def test_a_channel_with_a_target_address_may_have_no_incoming_server(shop: Desk) -> None:
    shop.do("settings", "set", "--target-domain", "in.holzweg.example")
    assert _warnings(shop, "channel", "add", "Laden", *OUT) == []


def test_channels_without_servers_share_nothing(shop: Desk) -> None:
    shop.do("channel", "add", "Eins")
    told = shop.run("channel", "add", "Zwei").err
    assert "same mailbox" not in told
    assert "sends from" not in told


def test_the_default_template_may_be_left_out(shop: Desk) -> None:
    shop.do("channel", "add", "Laden", "--template-new", "")
    assert shop.json("channel", "show", "Laden")["templates"] == {"new": None, "reply": None}
    shop.do("channel", "set", "Laden", "--template-reply", "messenger default new")
    assert shop.json("channel", "show", "Laden")["templates"]["reply"] == "Messenger default NEW"


def test_a_channel_whose_messages_wait_stays(shop: Desk) -> None:
    shop.do("channel", "add", "Laden")
    with sqlite3.connect(shop.store) as connection:
        connection.executescript(
            "INSERT INTO conversation (id, subject, group_id, created_at, updated_at)"
            " VALUES (1, 's', 1, '2026', '2026');"
            "INSERT INTO message (id, conversation_id, channel_id, direction, header_id, subject, from_name,"
            " from_email, date, text, html, marks, evidence, created_at)"
            " VALUES (1, 1, 1, 'out', '', 's', '', '', '2026', 't', '', '[]', '', '2026');"
            "INSERT INTO delivery (message_id, recipient, kind, state, attempts, live, response, updated_at)"
            " VALUES (1, 'a@x.example', 'address', 'queued', 0, 0, '', '2026');"
        )
    connection.close()
    error = shop.refused("channel", "delete", "Laden", "--yes", code=1)
    assert "1 message" in error["message"]
    assert "outbox" in error["hint"]


def test_one_mailbox_is_told_once_for_both_servers(desk: Desk) -> None:
    """What a side is given of its own comes before what is given for both."""
    desk.do(
        *("channel", "add", "Laden", "--host", "mail.holzweg.example", "--username", "shop@holzweg.example"),
        *("--password", "env:MAIL_PASSWORD", "--outgoing-host", "smtp.holzweg.example"),
        *("--sender-email", "shop@holzweg.example", "--sender-name", "Holzweg"),
    )
    shown = desk.json("channel", "show", "Laden")
    for side, host in (("incoming", "mail.holzweg.example"), ("outgoing", "smtp.holzweg.example")):
        server = shown[side]
        assert (server["host"], server["username"], server["password"]) == (
            host,
            "shop@holzweg.example",
            {"env": "MAIL_PASSWORD"},
        )
