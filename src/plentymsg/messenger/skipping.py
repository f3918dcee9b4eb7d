"""Skip rules: the recipients to whom a channel sends nothing, whoever names them.

The regular expression comes from a person, and looking for it must not hang the program: the library
`regex` gives up after a time that it is given. Then nobody knows whether the address was to be skipped, so
the message is held: a message too few can be repeated, one too many cannot be taken back.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plentymsg.errors import PlentymsgError
from plentymsg.messenger.recipients import Given
from plentymsg.rules.draft import Recipient
from plentymsg.store.views import Row

SECONDS = 0.1
"""How long one address may take. An honest rule takes a thousandth of it."""
LONGEST_ADDRESS = 320


class Sifted(NamedTuple):
    """Who gets a message, and who of those named is skipped."""

    kept: list[Given]
    skipped: list[Given]


def sift(channel: Row, addressed: Iterable[Given]) -> Sifted:
    """Split recipients by the skip rules of a channel (a row of `v_channel`).

    Raises PlentymsgError if the rule for addresses takes too long, or cannot be read: then nothing may be
    sent.
    """
    finds = _finder(channel)
    sifted = Sifted([], [])
    for given in addressed:
        recipient, address = given
        skips = (
            (recipient.kind == "order" and channel["skip_orders"])
            or (recipient.kind == "contact" and channel["skip_contacts"])
            or (address is not None and finds(address.email))
        )
        (sifted.skipped if skips else sifted.kept).append(given)
    return sifted


def lines(skipped: Iterable[Given]) -> list[tuple[str, str]]:
    """Those who are skipped as the ledger of the outbox keeps them: how they were given, and their kind."""
    return [
        (given.value if given.kind == "address" else f"{given.kind}:{given.value}", given.kind)
        for given, _ in skipped
    ]


def told(channel: Row, skipped: Sequence[Given], *, is_anyone_left: bool) -> tuple[str, ...]:
    """What the person who sends should know of it: a sentence each, none if nobody is skipped."""
    if not skipped:
        return ()
    names = ", ".join(name for name, _ in lines(skipped))
    sentence = f"The channel {channel['name']} skips {names}."
    if is_anyone_left:
        return (sentence,)
    return (f"{sentence} Nobody is left: the message stays in its conversation, and nothing is sent.",)


def found_in(pattern: str, address: str) -> bool:
    """Whether the regular expression finds something in the address, in any letter case.

    Raises TimeoutError if that takes too long; `regex.error` and others if it is none.
    """
    import regex

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what a later version of the library may read otherwise
        compiled = regex.compile(pattern, regex.IGNORECASE)
    return compiled.search(address[:LONGEST_ADDRESS], timeout=SECONDS) is not None


def _finder(channel: Row) -> Callable[[str], bool]:
    pattern = channel["skip_emails"]
    if not pattern:
        return lambda _: False

    import regex

    def finds(address: str) -> bool:
        try:
            return found_in(pattern, address)
        except (TimeoutError, MemoryError, RecursionError, regex.error) as fault:
            reason = "takes too long" if isinstance(fault, TimeoutError) else "cannot be read"
            raise PlentymsgError(
                f"The message is held: the skip rule {pattern!r} of the channel {channel['name']} {reason}"
                f" for {address[:LONGEST_ADDRESS]}.",
                hint=f"Nothing was sent. Give a simpler rule, then repeat the command:"
                f" plentymsg channel set {channel['name']!r} --skip-emails REGEX",
            ) from fault

    return finds


def left(channel: Row | None, named: Sequence[Given]) -> tuple[Recipient, ...]:
    """Those named but for whom the channel, if there is one, skips: they are no recipients."""
    kept = named if channel is None else sift(channel, named).kept
    return tuple(recipient for recipient, _ in kept)
