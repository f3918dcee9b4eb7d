"""Templates to prove, and to render really with values."""

from __future__ import annotations

import json
from collections.abc import Mapping

from plentymsg.errors import PlentymsgError
from plentymsg.messenger import access, judging, writing
from plentymsg.messenger.policy import Standard, enforced, in_force, known, with_pack
from plentymsg.messenger.proving.cases import Place, prove_templates
from plentymsg.messenger.proving.proof import Proof
from plentymsg.messenger.proving.real import entries_of
from plentymsg.messenger.writing import Given
from plentymsg.store.driver import Connection

VARIABLE = "contact.fullName"
CARRIERS = ["DHL", "UPS", "de", "www.", "24", "Tel."]
_MARKETPLACES = {"length": "ebay"}


def standard_of(connection: Connection, pack: str, *, is_alone: bool = False) -> Standard:
    """What a pack asks for; `is_alone` says that no other pack is in force."""
    packs = [each for each in with_pack(known(connection), pack) if each.name == pack or not is_alone]
    return in_force(connection)._replace(policy=enforced(packs))


def proof(
    connection: Connection,
    text: str,
    pack: str,
    types: Mapping[str, str] | str | None = None,
    *,
    html: str = "",
    is_alone: bool = False,
    allowed: list[str] | None = None,
) -> Proof:
    """The proof of a template under a pack, with types for its variables, or one for `VARIABLE`.

    `allowed` are the values of those that are `one_of`.
    """
    connection.execute("DELETE FROM template_variable")
    given = {VARIABLE: types} if isinstance(types, str) else types or {}
    for variable, type in given.items():
        values = json.dumps((allowed or ["DHL", "UPS"]) if type == "one_of" else [])
        connection.execute(
            "INSERT INTO template_variable (name, type, allowed) VALUES (?, ?, ?)", (variable, type, values)
        )
    connection.execute("DELETE FROM template_version WHERE id = 91")
    connection.execute(
        "INSERT OR IGNORE INTO template (id, name, folder, kind) VALUES (91, 'T', '', 'template')"
    )
    connection.execute(
        "INSERT INTO template_version (id, template_id, language, subject, text, html)"
        " VALUES (91, 91, 'en', '[Important]', ?, ?)",
        (text, html),
    )
    standard = standard_of(connection, pack, is_alone=is_alone)
    place = Place(_MARKETPLACES.get(pack, "amazon"))
    actor = access.identify(connection)
    (proven,) = prove_templates(connection, actor, standard, ["T"], Given(), place)
    return proven.proof


def broken_by(
    connection: Connection, pack: str, values: Mapping[str, object], *, is_alone: bool = False
) -> str | None:
    """What the message breaks that is really rendered from the template that was proven last, with values.

    It is None if nothing is broken, or no message comes of them.
    """
    actor = access.identify(connection)
    own = writing.variables_of(connection, None, user_id=actor.id)
    variables = {**own, **entries_of(values, {})}
    said = Given(template="T", text=str(variables.pop("text", "") or ""))
    try:
        message = writing.write(connection, said, template_id=None, variables=variables)
    except PlentymsgError:
        return None
    marketplace = _MARKETPLACES.get(pack, "amazon")
    draft = judging.draft_of(message, (), frozenset({marketplace}), marketplace)
    standard = standard_of(connection, pack, is_alone=is_alone)
    found = judging.errors(judging.judged(message, draft, standard))
    return f"{found[0].code} in {message.text!r}" if found else None
