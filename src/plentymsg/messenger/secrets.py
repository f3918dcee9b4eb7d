"""Passwords, from where their references point. They are read when they are needed, and kept nowhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plentymsg.errors import SecretMissing

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "plentymsg"
"""Under which service the keyring keeps our passwords."""

COMMAND_SECONDS = 30
LONGEST_SECRET = 64_000


def resolve(reference: Mapping[str, Any]) -> str:
    """The secret that `reference` points at.

    It is {"env": NAME}, {"file": PATH}, {"keyring": NAME} or {"command": [PROGRAM, ARGUMENT …]}.

    Raises SecretMissing, naming the place but never what is in it.
    """
    if "env" in reference:
        return _from_environment(str(reference["env"]))
    if "file" in reference:
        return _from_file(Path(str(reference["file"])).expanduser())
    if "keyring" in reference:
        return _from_keyring(str(reference["keyring"]))
    return _from_command([str(part) for part in reference["command"]])


def keep(name: str, secret: str) -> None:
    """Keep a secret in this machine's keyring under `name`.

    Raises SecretMissing if there is no keyring that encrypts, or if it swallows what it is given.
    """
    from keyring.errors import KeyringError

    vault = _vault(name)
    try:
        vault.set_password(SERVICE, name, secret)
        kept = vault.get_password(SERVICE, name)
    except KeyringError as fault:
        raise _no_keyring(name, str(fault)) from fault
    if kept != secret:
        raise _no_keyring(name, "it did not keep the password")


def commands_allowed() -> bool:
    """Whether this machine's own settings let a reference run a command.

    A configuration file from elsewhere must not be able to: so this is `allow_secret_commands = true`
    in `settings.toml` in plentymsg's configuration folder of this user.
    """
    import tomllib

    try:
        with _machine_settings().open("rb") as file:
            return tomllib.load(file).get("allow_secret_commands") is True
    except (OSError, tomllib.TOMLDecodeError):
        return False


def _machine_settings() -> Path:
    from platformdirs import user_config_path

    return user_config_path("plentymsg", appauthor=False) / "settings.toml"


def _from_environment(name: str) -> str:
    secret = os.environ.get(name, "")
    if not secret:
        raise SecretMissing(
            f"The environment variable {name}, which should hold a password, is not set.",
            hint=f"Set {name} and repeat the command.",
        )
    return secret


def _from_file(path: Path) -> str:
    hint = "Write the password into its first line, and let only yourself read it: chmod 600."
    try:
        with path.open("rb") as file:
            line = file.readline(LONGEST_SECRET)
        secret = line.decode().rstrip("\r\n")
    except OSError as fault:
        reason = fault.strerror or "not readable"
        raise SecretMissing(f"The password file {path} cannot be read: {reason}.", hint=hint) from fault
    except UnicodeDecodeError:
        raise SecretMissing(f"The password file {path} is not UTF-8 text.", hint=hint) from None
    if not secret:
        raise SecretMissing(f"The password file {path} is empty.", hint=hint)
    return secret


def _from_keyring(name: str) -> str:
    from keyring.errors import KeyringError

    try:
        secret = _vault(name).get_password(SERVICE, name)
    except KeyringError as fault:
        raise _no_keyring(name, str(fault)) from fault
    if not secret:
        raise SecretMissing(
            f"The keyring holds no password named {name}.",
            hint="Store it with: plentymsg channel set CHANNEL --password-stdin",
        )
    return secret


def _vault(name: str) -> KeyringBackend:
    """The first keyring that encrypts: not the null one, nor keyrings.alt, which writes plain text."""
    import keyring
    from keyring.errors import InitError, NoKeyringError

    try:
        chosen = keyring.get_keyring()
    except (ValueError, InitError, NoKeyringError, ImportError) as fault:
        # An empty PYTHON_KEYRING_BACKEND is a ValueError.
        raise _no_keyring(name, str(fault)) from fault
    for backend in getattr(chosen, "backends", [chosen]):
        if _encrypts(backend):
            found: KeyringBackend = backend
            return found
    raise _no_keyring(name, "there is none, or only one that does not encrypt")


def _encrypts(backend: object) -> bool:
    kind = type(backend)
    unsafe_modules = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")
    return not kind.__module__.startswith(unsafe_modules) and "plain" not in kind.__name__.lower()


def _no_keyring(name: str, reason: str) -> SecretMissing:
    return SecretMissing(
        f"The keyring of this machine cannot be used for the password {name}: {reason}.",
        hint="Use a password from the environment (env:NAME) or from a file (file:PATH) instead.",
    )


def _from_command(command: list[str]) -> str:
    import subprocess

    if not commands_allowed():
        raise SecretMissing(
            f"This machine does not allow passwords from commands, such as {command[0]!r}.",
            hint=f"Allow them with `allow_secret_commands = true` in {_machine_settings()}.",
        )
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,  # our own standard input may be a message
            stdout=subprocess.PIPE,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        reason = "it took too long" if isinstance(fault, subprocess.TimeoutExpired) else str(fault.strerror)
        raise SecretMissing(
            f"The password command {command[0]!r} failed: {reason}.", hint="Try the command by hand."
        ) from fault
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode != 0 or not lines or not lines[0]:
        raise SecretMissing(
            f"The password command {command[0]!r} gave no password (exit code {done.returncode}).",
            hint="Try the command by hand: it must print the password as its first line.",
        )
    return lines[0]
