"""Who acts, and that every use case asks."""

from __future__ import annotations

import pytest

from plentymsg.errors import Forbidden
from plentymsg.messenger import access
from plentymsg.store.driver import Connection, transaction


@pytest.fixture
def with_accounts(connection: Connection) -> Connection:
    with transaction(connection):
        connection.executemany(
            "INSERT INTO user_account (login, name, email, admin, active) VALUES (?, ?, '', ?, ?)",
            [("eva.berg", "Eva", 1, 1), ("jan.kiefer", "Jan", 0, 1), ("gone.away", "Gone", 1, 0)],
        )
    return connection


def test_the_operating_systems_user_acts(with_accounts: Connection) -> None:
    actor = access.identify(with_accounts)
    assert (actor.login, actor.admin) == (access.os_login(), True)


def test_a_name_from_the_environment_is_not_believed(
    with_accounts: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "eva.berg")
    assert access.identify(with_accounts).login != "eva.berg"


def test_an_admin_may_act_as_somebody_else(with_accounts: Connection) -> None:
    assert access.identify(with_accounts, "jan.kiefer").login == "jan.kiefer"


@pytest.mark.parametrize(
    ("os_user", "on_behalf_of", "reason"),
    [
        ("jan.kiefer", "eva.berg", "Only an admin may act as eva.berg"),
        ("stranger", None, "has no active account"),
        ("stranger", "eva.berg", "Only an admin may act as eva.berg"),
        ("gone.away", None, "has no active account"),
        ("eva.berg", "gone.away", "no active account gone.away"),
        ("eva.berg", "nobody.here", "no active account nobody.here"),
    ],
)
def test_others_may_not(
    with_accounts: Connection,
    monkeypatch: pytest.MonkeyPatch,
    os_user: str,
    on_behalf_of: str | None,
    reason: str,
) -> None:
    monkeypatch.setattr(access, "os_login", lambda: os_user)
    with pytest.raises(Forbidden, match=reason):
        access.identify(with_accounts, on_behalf_of)


def test_a_refusal_names_what_is_missing(with_accounts: Connection) -> None:
    actor = access.identify(with_accounts, "jan.kiefer")
    with pytest.raises(Forbidden, match=r"jan\.kiefer lacks the right CRM > Messenger > Read") as caught:
        access.require(actor, access.MESSENGER_READ)
    assert caught.value.details == {"missing": ["CRM > Messenger > Read"]}
    assert caught.value.exit_code == 5


def test_who_acts_is_asked_of_the_store_once(with_accounts: Connection) -> None:
    """Every command waits for it."""
    statements: list[str] = []
    with_accounts.set_trace_callback(statements.append)
    assert access.identify(with_accounts).admin
    with_accounts.set_trace_callback(None)
    assert len(statements) == 1


def test_bytes_that_are_no_text_are_nobodys_login(with_accounts: Connection) -> None:
    with pytest.raises(Forbidden, match="no active account"):
        access.identify(with_accounts, "jan\udcff")
