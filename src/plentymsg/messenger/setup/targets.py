"""Target addresses: to these, providers forward the mail of a mailbox.

An address is made once for each channel, and is its own for ever: providers are told it by hand, and a
mail that is forwarded late must not land in another channel. So nothing changes it, and it is not given to
another channel when its own is deleted. It is readable, and cannot be guessed from the channel's name.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from sqlmodel import Session, col, select

from plentymsg.store.tables import Channel

LONGEST_LOCAL = 64
"""Letters before the @ (RFC 5321, section 4.5.3.1.1)."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_RANDOM_BYTES = 4


def new_address(session: Session, name: str, domain: str) -> str | None:
    """An address for a channel of this name that no channel has or had: `amazon-de-3f9a2c81@in.example`.

    It is in lower case, as some carriers make it so anyway. None if there is no domain.
    """
    while domain:
        address = f"{_local(name)}@{domain}"
        if session.exec(select(Channel.id).where(col(Channel.target_address) == address)).first() is None:
            return address
    return None


def _local(name: str) -> str:
    random = secrets.token_hex(_RANDOM_BYTES)
    plain = unicodedata.normalize("NFKD", name.lower().translate(_GERMAN)).encode("ascii", "ignore").decode()
    readable = re.sub("[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_LOCAL - len(random) - 1].strip("-")
    return f"{readable or 'channel'}-{random}"
