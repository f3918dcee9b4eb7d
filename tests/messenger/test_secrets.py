"""Passwords come from where their references point, and every fault names the place and not the secret."""

from __future__ import annotations

import sys
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from plentymsg.errors import SecretMissing
from plentymsg.messenger import secrets
from tests.journeys.vault import Vault


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_PASSWORD", "s3cret")
    assert secrets.resolve({"env": "SHOP_PASSWORD"}) == "s3cret"


def test_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("grün äöü \r\nsecond line\n", encoding="utf-8")
    assert secrets.resolve({"file": str(tmp_path / "secret")}) == "grün äöü "


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ({"env": "NOT_SET_ANYWHERE"}, "NOT_SET_ANYWHERE"),
        ({"file": "/nowhere/secret"}, "/nowhere/secret"),
        ({"file": "/"}, "/"),
        ({"command": ["pass", "show", "shop"]}, "'pass'"),
    ],
)
def test_a_missing_secret_is_named(reference: dict[str, object], named: str, tmp_path: Path) -> None:
    with pytest.raises(SecretMissing) as caught:
        secrets.resolve(reference)
    assert named in caught.value.message
    assert caught.value.exit_code == 5


def test_an_empty_or_binary_file_holds_no_secret(tmp_path: Path) -> None:
    for content in (b"", b"\n", b"\xff\xfe\x00\n"):
        (tmp_path / "secret").write_bytes(content)
        with pytest.raises(SecretMissing):
            secrets.resolve({"file": str(tmp_path / "secret")})


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine's own settings."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    path = secrets._machine_settings()
    path.parent.mkdir(parents=True)
    return path


def _command(code: str) -> dict[str, object]:
    return {"command": [sys.executable, "-c", code]}


def test_a_command_runs_only_where_the_machine_allows_it(machine: Path, tmp_path: Path) -> None:
    reference = _command(f"open({str(tmp_path / 'ran')!r}, 'w'); print('s3cret'); print('more')")
    for settings in ("", "allow_secret_commands = false", "allow_secret_commands = 'true'", "broken ="):
        machine.write_text(settings)
        with pytest.raises(SecretMissing, match="does not allow"):
            secrets.resolve(reference)
        assert not (tmp_path / "ran").exists()
    machine.write_text("allow_secret_commands = true")
    assert secrets.resolve(reference) == "s3cret"


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print()", ""])
def test_a_command_that_gives_nothing_is_told(machine: Path, code: str) -> None:
    machine.write_text("allow_secret_commands = true")
    with pytest.raises(SecretMissing, match="gave no password"):
        secrets.resolve(_command(code))


def test_a_command_that_does_not_exist_is_told(machine: Path) -> None:
    machine.write_text("allow_secret_commands = true")
    with pytest.raises(SecretMissing, match="failed"):
        secrets.resolve({"command": ["/no/such/program"]})


def test_the_keyring_keeps_and_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_FILE", str(tmp_path / "vault.json"))
    monkeypatch.setattr(keyring, "get_keyring", Vault)
    secrets.keep("amazon-de", "s3cret")
    assert secrets.resolve({"keyring": "amazon-de"}) == "s3cret"
    with pytest.raises(SecretMissing, match="no password named ebay"):
        secrets.resolve({"keyring": "ebay"})


class PlaintextKeyring(Vault):
    """As keyrings.alt names the one that writes passwords into a readable file."""

    priority = 1  # type: ignore[assignment]


@pytest.mark.parametrize(
    "backend", [keyring.backends.null.Keyring, keyring.backends.fail.Keyring, PlaintextKeyring]
)
def test_a_keyring_that_forgets_or_does_not_encrypt_is_not_used(
    backend: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_FILE", str(tmp_path / "vault.json"))
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(SecretMissing, match="cannot be used") as caught:
        secrets.keep("amazon-de", "s3cret")
    assert "s3cret" not in caught.value.message
    assert not (tmp_path / "vault.json").exists()


def test_a_keyring_that_swallows_what_it_is_given_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_FILE", str(tmp_path / "vault.json"))
    monkeypatch.setattr(keyring, "get_keyring", Vault)
    monkeypatch.setattr(Vault, "set_password", lambda *_: None)
    with pytest.raises(SecretMissing, match="did not keep"):
        secrets.keep("amazon-de", "s3cret")
