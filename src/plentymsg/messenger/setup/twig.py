"""Refuse Twig that cannot work before it is stored."""

from __future__ import annotations

from collections.abc import Mapping

from plentymsg.errors import TemplateFault
from plentymsg.messenger.setup.fields import Problem, refused
from plentymsg.messenger.setup.template_fields import VersionFields
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.templates.render import check

PARTS = ("subject", "text", "html")


def require_sound(connection: Connection, versions: Mapping[int, VersionFields]) -> None:
    """Raise TemplateFault with every fault of these versions, each under its index among those given.

    Raises InvalidInput for a version that says nothing.
    """
    empty = [
        Problem(("versions", index), f"it has neither text nor HTML in {version.language}")
        for index, version in versions.items()
        if not version.text.strip() and not version.html.strip()
    ]
    if empty:
        raise refused(empty)
    blocks = {row["name"] for row in views.select(connection, "v_template", {"kind": "text_block"})}
    numbers = {row["id"] for row in views.select(connection, "v_language_id")}
    faults = [
        (index, part, fault)
        for index, version in versions.items()
        for part in PARTS
        for fault in check(getattr(version, part), part, text_blocks=blocks, language_ids=numbers)
    ]
    if faults:
        raise TemplateFault(
            " ".join(f"In {versions[index].language}: {fault.message}" for index, _, fault in faults),
            hint=faults[0][2].hint,
            details={
                "problems": [
                    {
                        "key": f"versions.{index}.{part}",
                        "message": f"{fault.message} {fault.hint}".strip().removesuffix("."),
                    }
                    for index, part, fault in faults
                ]
            },
        )
