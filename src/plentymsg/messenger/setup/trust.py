"""To which hosts the password behind a reference may be given.

A configuration comes from git, and whoever can write there could let a channel log in at a host of their
own, with a password that lies on this machine. So the hosts that a reference is first used with are
remembered, and another one is refused until somebody on this machine confirms it.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session, select

from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.messenger import access, channels, references
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup.fields import Fields, Name, checked, concerning
from plentymsg.store import history
from plentymsg.store.clock import now, stamp
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import TrustedHost

KIND = "trusted_host"
_SIDES = ("incoming", "outgoing")


class Given(NamedTuple):
    """A side of a channel that gives the password behind a reference to a host."""

    side: str
    reference: Mapping[str, Any]
    host: str


class Confirmed(NamedTuple):
    """What was confirmed: the host and its references, as users and scripts see it."""

    thing: dict[str, Any]
    changed: bool


class _Host(Fields):
    host: Name


def require_trusted(session: Session, given: Sequence[Given], *, new_secret: bool) -> None:
    """Raise Conflict if a reference that is in use would give its password to another host than before.

    A reference that is used for the first time is remembered with all of its hosts, and so is one whose
    password was handed in together with them (`new_secret`).
    """
    known = {_key(each.reference): _hosts(session, each.reference) for each in given}
    for side, reference, host in given:
        held = known[_key(reference)]
        if _folded(host) in held:
            continue
        if held and not new_secret:
            spelled = shlex.quote(references.as_argument(reference))
            with concerning(f"{side}.host"):
                raise Conflict(
                    f"The password {references.as_argument(reference)} belongs to {', '.join(sorted(held))},"
                    f" and would be given to {host}.",
                    hint=f"If that is right, confirm it: plentymsg channel trust {spelled}"
                    f" {shlex.quote(_folded(host))}",
                )
        if session.get(TrustedHost, (_key(reference), _folded(host))) is None:
            session.add(_row(reference, host))


def confirm(session: Session, actor: Actor, named: str, host: str) -> Confirmed:
    """Let a password be given to `host` from now on.

    `named` is its reference as an option writes it, or a channel, which stands for its passwords. What was
    confirmed before is no change. Raises NotFound, or InvalidInput if the channel has no password.
    """
    access.require(actor, access.ADMIN)
    host = _folded(checked(_Host, {"host": host}).host)
    found = {references.as_argument(each): each for each in _references(session, named)}
    before = {spelled: sorted(_hosts(session, each)) for spelled, each in found.items()}
    after = {spelled: sorted({*hosts, host}) for spelled, hosts in before.items()}
    thing = {"host": host, "passwords": after}
    if after == before:
        return Confirmed(thing, changed=False)
    session.add_all(_row(each, host) for spelled, each in found.items() if host not in before[spelled])
    session.flush()
    history.record(
        driver_of(session),
        user_id=actor.id,
        kind=KIND,
        thing_id=0,
        action="added",
        before={"name": host, "passwords": before},
        after={"name": host, "passwords": after},
    )
    return Confirmed(thing, changed=True)


def _references(session: Session, named: str) -> list[dict[str, Any]]:
    """The reference that is meant, or those of the channel."""
    connection = driver_of(session)
    try:
        channel = channels.read(connection, channels.find(connection, named))
    except NotFound:
        if ":" not in named:
            raise
        return [_normal(references.parse_argument(named))]
    servers = [channel[side] for side in _SIDES if channel[side]]
    found = {_key(server["password"]): server["password"] for server in servers if server.get("password")}
    if not found:
        raise InvalidInput(
            f"The channel {channel['name']} has no password.",
            hint="Give one with --incoming-password or --outgoing-password of: plentymsg channel set",
        )
    return list(found.values())


def _hosts(session: Session, reference: Mapping[str, Any]) -> set[str]:
    wanted = _places(reference)
    rows = session.exec(select(TrustedHost)).all()
    return {_folded(row.host) for row in rows if wanted & _places(json.loads(row.reference))}


def _row(reference: Mapping[str, Any], host: str) -> TrustedHost:
    return TrustedHost(reference=_key(reference), host=_folded(host), confirmed_at=stamp(now()))


def _key(reference: Mapping[str, Any]) -> str:
    return json.dumps(_normal(reference))


def _places(reference: Mapping[str, Any]) -> set[str]:
    """Where the password is, as far as one can tell: a file also by where its links lead.

    By its own name as well, since a password that is replaced by turning a link round is still the same one.
    """
    places = {_key(reference)}
    if "file" in reference:
        places.add(_key({"file": os.path.realpath(_normal(reference)["file"])}))
    return places


def _normal(reference: Mapping[str, Any]) -> dict[str, Any]:
    """A password file under one name, however it is written."""
    if "file" in reference:
        # abspath leaves two slashes at the beginning, which POSIX lets mean something else.
        path = os.path.abspath(os.path.expanduser(reference["file"]))
        return {"file": f"/{path.lstrip('/')}"}
    return dict(reference)


def _folded(host: str) -> str:
    return host.casefold().rstrip(".")
