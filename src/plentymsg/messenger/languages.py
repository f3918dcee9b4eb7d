"""Which language version of a template a message takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from plentymsg.messenger.templates import EVERY_LANGUAGE, no_version
from plentymsg.store.views import Row

_FROM_ISO: Final = {"sv": "se", "cs": "cz", "zh": "cn", "vi": "vn", "nb": "nn", "no": "nn"}
"""PlentyONE names some languages by countries; a shop's customers may come from elsewhere."""


class Wish(NamedTuple):
    """What is known of the language that a message is to have; an empty one is not known."""

    asked: str = ""
    """What whoever writes asks for."""
    recipient: str = ""
    writer: str = ""


ANY: Final = Wish()
"""Nothing is known."""


def code_of(language: str) -> str:
    """PlentyONE's code for a customer's language, whatever it is written as: `de_AT`, `sv`, `EN`."""
    code = language.strip().casefold().replace("_", "-").partition("-")[0]
    return _FROM_ISO.get(code, code)


def choose(name: str, versions: Sequence[Row], wish: Wish) -> Row:
    """The version of the template `name` for a message.

    What is asked for, else the recipient's language, else the version for every language, else the writer's
    language, else the oldest. Raises NotFound if there is nothing for the language that is asked for.
    """
    by_language = {version["language"]: version for version in versions}
    if wish.asked:
        found = by_language.get(wish.asked) or by_language.get(EVERY_LANGUAGE)
        if found is None:
            raise no_version(name, wish.asked, list(by_language))
        return found
    for language in (wish.recipient, EVERY_LANGUAGE, wish.writer):
        if language in by_language:
            return by_language[language]
    return min(versions, key=lambda version: int(version["id"]))


def language_of(version: Row, wish: Wish) -> str:
    """The language of a message from this version; one for every language speaks the recipient's."""
    if version["language"] != EVERY_LANGUAGE:
        return str(version["language"])
    return wish.asked or wish.recipient or EVERY_LANGUAGE


def difference(name: str, version: Row, wish: Wish) -> tuple[str, ...]:
    """The warning that a version is not in the recipient's language, if that is so."""
    if not wish.recipient or version["language"] in (wish.recipient, EVERY_LANGUAGE):
        return ()
    chosen = version["language"]
    return (f"The template {name!r} is in {chosen}, but the recipient's language is {wish.recipient}.",)
