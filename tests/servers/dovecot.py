"""A real IMAP server for the tests: Dovecot, from a generated configuration, on free loopback ports."""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from plentymsg.mail.server import Encryption, Server
from tests.servers.certificates import Certificates, make_certificates

PASSWORD = "correct-horse"
"""Every user has it. A user exists as soon as a name is used."""
UMLAUT_USER, UMLAUT_PASSWORD = "umlaut@example.com", "Grüße„7“"

_COMMON = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
auth_failure_delay = 0
mailbox_list_index = no
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {ssl_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""

_SINCE_2_0 = """
disable_plaintext_auth = no
auth_mechanisms = plain login
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
mail_location = maildir:{folder}/mail/%u/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""

_SINCE_2_4 = """
auth_allow_cleartext = yes
auth_mechanisms {{
  plain = yes
  login = yes
}}
ssl_server_cert_file = {certificates.certificate}
ssl_server_key_file = {certificates.key}
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}/Maildir
passdb passwd-file {{
  passwd_file_path = {folder}/users
  default_password_scheme = PLAIN
}}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/mail/%{{user}}
  }}
}}
"""


class Dovecot:
    """A running server. Mail is put straight into the Maildirs that it serves."""

    def __init__(self, folder: Path, certificates: Certificates, port: int, ssl_port: int) -> None:
        self.folder = folder
        self.certificates = certificates
        self.port = port
        self.ssl_port = ssl_port
        self._numbers = itertools.count(1)
        # Dovecot opens no mail as root: then the mail belongs to somebody else.
        owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.uid, self.gid = owner.pw_uid, owner.pw_gid
        self._make(folder / "mail")

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to trust this server."""
        return {"SSL_CERT_FILE": str(self.certificates.ca)}

    def new_user(self, name: str = "user") -> str:
        """The login of a user who has no mail yet."""
        return f"{name}{next(self._numbers)}@example.com"

    def server(self, user: str, encryption: Encryption = "ssl", **other: Any) -> Server:
        """What a channel needs to fetch this user's mail."""
        values: dict[str, Any] = {
            "host": "localhost",
            "port": self.ssl_port if encryption == "ssl" else self.port,
            "encryption": encryption,
            "username": user,
            "password": PASSWORD,
        }
        return Server("imap", **(values | other))

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Where a folder's mail lies; it is made if need be."""
        path = self.folder / "mail" / user / "Maildir"
        if folder != "INBOX":
            path /= "." + folder.replace("/", ".")
        home = self.folder / "mail" / user
        for each in (home, home / "Maildir", path, path / "new", path / "cur", path / "tmp"):
            self._make(each)
        return path

    def _make(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, self.uid, self.gid)

    def append(
        self, user: str, raw: bytes, folder: str = "INBOX", received_at: datetime | None = None
    ) -> Path:
        """Deliver one mail, as an MTA does; it gets the next UID."""
        maildir = self.maildir(user, folder)
        name = f"{1_700_000_000 + next(self._numbers)}.M1P{os.getpid()}.tests"
        (maildir / "tmp" / name).write_bytes(raw)
        os.chown(maildir / "tmp" / name, self.uid, self.gid)
        if received_at is not None:
            os.utime(maildir / "tmp" / name, (received_at.timestamp(),) * 2)
        return (maildir / "tmp" / name).rename(maildir / "new" / name)

    def kick(self, user: str) -> None:
        """End the user's connections. They are gone when this returns: the server takes its time."""
        self._doveadm("kick", user)
        until = time.monotonic() + 20
        while user in self._doveadm("who", "-1", user):
            assert time.monotonic() < until, f"{user} is still there"

    def _doveadm(self, *words: str) -> str:
        program = ["doveadm", "-c", str(self.folder / "dovecot.conf"), *words]
        return subprocess.run(program, check=True, capture_output=True, text=True).stdout

    def log(self) -> str:
        """What the server wrote, for a test that fails."""
        path = self.folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else "(nothing)"


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """Start a server, and stop it by its own process id."""
    # Its sockets lie in the folder, and their paths must be short: not in pytest's temporary folder.
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name, _free_ports(2) as ports:
        folder = Path(name)
        folder.chmod(0o755)
        dovecot = Dovecot(folder, make_certificates(folder), *ports)
        configuration = folder / "dovecot.conf"
        configuration.write_text(_configuration(dovecot))
        (folder / "users").write_text(f"{UMLAUT_USER}:{{PLAIN}}{UMLAUT_PASSWORD}\n")
        process = subprocess.Popen([_program(), "-F", "-c", configuration])
        try:
            _wait_until_it_answers(dovecot, process)
            yield dovecot
        finally:
            process.terminate()
            process.wait(timeout=20)


def _program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        install = Path(__file__).with_name("install.sh")
        reason = subprocess.run(["sh", install], capture_output=True, text=True, check=False).stderr
        found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if found is None:
            raise RuntimeError(reason.strip() or "dovecot could not be installed")
    return found


def _configuration(dovecot: Dovecot) -> str:
    version = subprocess.run([_program(), "--version"], capture_output=True, text=True, check=True).stdout
    modern = tuple(int(part) for part in version.split()[0].split(".")[:2]) >= (2, 4)
    first = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n" if modern else ""
    me = pwd.getpwuid(os.getuid()).pw_name
    group = grp.getgrgid(os.getgid()).gr_name
    as_root = os.getuid() == 0
    return first + (_COMMON + (_SINCE_2_4 if modern else _SINCE_2_0)).format(
        folder=dovecot.folder,
        certificates=dovecot.certificates,
        port=dovecot.port,
        ssl_port=dovecot.ssl_port,
        password=PASSWORD,
        uid=dovecot.uid,
        gid=dovecot.gid,
        # As root, every login dies unless the processes that talk to strangers run as somebody else.
        internal_user=_first_user("dovecot", "_dovecot", "nobody") if as_root else me,
        internal_group=_first_group("dovecot", "_dovecot", "nogroup", "nobody") if as_root else group,
        login_user=_first_user("dovenull", "_dovenull", "nobody") if as_root else me,
    )


def _first_user(*names: str) -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in names if name in known)


def _first_group(*names: str) -> str:
    known = {entry.gr_name for entry in grp.getgrall()}
    return next(name for name in names if name in known)


@contextmanager
def _free_ports(count: int) -> Iterator[list[int]]:
    """Ports that nobody has; they are given back before the server takes them."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        ports = [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
    yield ports


def _wait_until_it_answers(dovecot: Dovecot, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", dovecot.port), timeout=5) as connection:
                if connection.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"Dovecot did not start:\n{dovecot.log()}")
