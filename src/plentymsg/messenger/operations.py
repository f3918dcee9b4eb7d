"""Every command that touches a store, and the rights that it asks for.

One row a command, named as it is typed. Each use case asks `access.require` itself, in its own words; this
table is what users are told, and `tests/cli/test_operations.py` goes through it with each right and without.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from plentymsg.errors import NotFound
from plentymsg.messenger import naming
from plentymsg.messenger.access import (
    ADMIN,
    COMMENTS_CREATE,
    COMMENTS_READ,
    MESSAGE_CREATE,
    MESSAGE_READ,
    MESSENGER_CREATE,
    MESSENGER_READ,
    MESSENGER_UPDATE,
    TAG_CREATE,
    TAG_DELETE,
    TAG_LINK_CREATE,
    TAG_READ,
    TAG_UPDATE,
    TEMPLATE_CREATE,
    TEMPLATE_DELETE,
    TEMPLATE_READ,
    TEMPLATE_UPDATE,
)

_RUNNING = (MESSENGER_UPDATE, MESSAGE_CREATE)
"""Whoever moves mail changes conversations and writes messages."""

OPERATIONS: Final[dict[str, tuple[str, ...]]] = {
    # every day
    "fetch": _RUNNING,
    "send": _RUNNING,
    "send --to": (MESSENGER_READ, MESSENGER_CREATE, *_RUNNING),
    "sync": _RUNNING,
    "ingest": _RUNNING,
    "collect file": _RUNNING,
    "check --channel": (MESSENGER_READ,),
    "check --outbox": (MESSENGER_READ, MESSAGE_READ),
    "check --template": (TEMPLATE_READ,),
    "conversation list": (MESSENGER_READ,),
    "conversation show": (MESSENGER_READ, MESSAGE_READ),
    "conversation reply": (MESSENGER_READ, *_RUNNING),
    "conversation whisper": _RUNNING,
    "conversation whisper --new": (MESSENGER_CREATE, MESSAGE_CREATE),
    "conversation assign": (MESSENGER_UPDATE,),
    "conversation tag": (MESSENGER_UPDATE,),
    "conversation set": (MESSENGER_UPDATE,),
    "conversation link": (MESSENGER_READ, MESSENGER_UPDATE),
    "conversation unlink": (MESSENGER_READ, MESSENGER_UPDATE),
    "conversation history": (MESSENGER_READ,),
    "message quarantine": (MESSENGER_READ, MESSAGE_READ),
    "outbox list": (MESSENGER_READ,),
    "outbox show": (MESSENGER_READ,),
    "outbox retry": (MESSENGER_READ, *_RUNNING),
    "outbox settle": _RUNNING,
    "outbox cancel": _RUNNING,
    "rules replay": (MESSENGER_READ, MESSAGE_READ),
    "notification list": (MESSENGER_READ,),
    "notification open": (MESSENGER_READ, MESSAGE_READ),
    "notification close": (MESSENGER_READ,),
    "contact list": (MESSENGER_READ,),
    "contact show": (MESSENGER_READ,),
    "contact import": (MESSENGER_UPDATE,),
    "contact note list": (COMMENTS_READ,),
    "contact note add": (COMMENTS_CREATE,),
    "order list": (MESSENGER_READ,),
    "order show": (MESSENGER_READ,),
    "order import": (MESSENGER_UPDATE,),
    "history": (MESSENGER_READ,),  # of conversations; what is told of the set-up is for admins
    "history tag": (ADMIN,),
    # setting up
    "channel list": (MESSENGER_READ,),
    "channel show": (MESSENGER_READ,),
    "channel add": (ADMIN,),
    "channel set": (ADMIN,),
    "channel delete": (ADMIN,),
    "channel test": (ADMIN,),
    "channel trust": (ADMIN,),
    "group list": (MESSENGER_READ,),
    "group show": (MESSENGER_READ,),
    "group switch": (MESSENGER_READ,),
    "group add": (ADMIN,),
    "group set": (ADMIN,),
    "group move": (ADMIN,),
    "group defaults": (ADMIN,),
    "group delete": (ADMIN,),
    "type list": (MESSENGER_READ,),
    "type show": (MESSENGER_READ,),
    "type add": (ADMIN,),
    "type set": (ADMIN,),
    "type move": (ADMIN,),
    "type delete": (ADMIN,),
    "status list": (MESSENGER_READ,),
    "status show": (MESSENGER_READ,),
    "status add": (ADMIN,),
    "status set": (ADMIN,),
    "status move": (ADMIN,),
    "status delete": (ADMIN,),
    "tag list": (TAG_READ,),
    "tag show": (TAG_READ,),
    "tag export": (TAG_READ,),
    "tag add": (TAG_CREATE,),
    "tag set": (TAG_UPDATE,),
    "tag delete": (TAG_DELETE,),
    "tag link list": (TAG_READ,),
    "tag link import": (TAG_LINK_CREATE,),
    "tag filter list": (TAG_READ,),
    "tag filter save": (TAG_READ,),
    "tag filter apply": (TAG_READ,),
    "tag filter set": (TAG_READ,),
    "tag filter move": (TAG_READ,),
    "tag filter delete": (TAG_READ,),
    "role list": (MESSENGER_READ,),
    "role show": (MESSENGER_READ,),
    "role add": (ADMIN,),
    "role set": (ADMIN,),
    "role move": (ADMIN,),
    "role delete": (ADMIN,),
    "template list": (TEMPLATE_READ,),
    "template show": (TEMPLATE_READ,),
    "template preview": (TEMPLATE_READ,),
    "template preview --contact": (TEMPLATE_READ, MESSENGER_READ),
    "template usage": (TEMPLATE_READ,),
    "template lint": (TEMPLATE_READ,),
    "template favourite": (TEMPLATE_READ,),
    "template add": (TEMPLATE_CREATE,),
    "template copy": (TEMPLATE_READ, TEMPLATE_CREATE),
    "template set": (TEMPLATE_UPDATE,),
    "template move": (TEMPLATE_UPDATE,),
    "template delete": (TEMPLATE_DELETE,),
    "template variable list": (TEMPLATE_READ,),
    "template variable set": (TEMPLATE_UPDATE,),
    "template variable delete": (TEMPLATE_DELETE,),
    "user add": (ADMIN,),
    "user set": (ADMIN,),
    "user delete": (ADMIN,),
    "rights role add": (ADMIN,),
    "rights role set": (ADMIN,),
    "rights role copy": (ADMIN,),
    "rights role grant": (ADMIN,),
    "rights role revoke": (ADMIN,),
    "rights role delete": (ADMIN,),
    "rules pack add": (ADMIN,),
    "rules pack set": (ADMIN,),
    "rules pack delete": (ADMIN,),
    "settings show": (MESSENGER_READ,),
    "settings set": (ADMIN,),
    "account show": (MESSENGER_READ,),
    "account set": (ADMIN,),
    "collect show": (MESSENGER_READ,),
    "collect set": (ADMIN,),
    "store info": (MESSENGER_READ,),
}


def named(operation: str) -> str:
    """The row that a command stands in, given as it is typed. Raises NotFound with the nearest ones."""
    words = naming.fold(" ".join(operation.split())).removeprefix("plentymsg ")
    if words in OPERATIONS:
        return words
    near = [f"`{name}`" for name in get_close_matches(words[:100], OPERATIONS, n=3, cutoff=0.6)]
    raise NotFound(
        f"There is no operation {operation!r}.",
        hint=f"Did you mean {' or '.join(near)}?"
        if near
        else "See them all with: plentymsg rights matrix --operations",
        details={"kind": "operation", "name": operation},
    )
