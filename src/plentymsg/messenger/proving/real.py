"""Variables for a real rendering, from values by paths such as `order.orderItems[0].quantity`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ENTRY = re.compile(r"(.*?)\[([0-9]+)\](?:\.(.*))?")


def entries_of(values: Mapping[str, object], counts: Mapping[str, int]) -> dict[str, object]:
    """Flat variables as `variables.build` takes them: what is in a list is put into it.

    `counts` says how many entries lists have.
    """
    found: dict[str, object] = {}
    lists: dict[str, dict[int, object]] = {path: dict.fromkeys(range(n)) for path, n in counts.items()}
    for path, value in values.items():
        if path.startswith("#"):
            continue
        entry = _ENTRY.fullmatch(path)
        if entry is None:
            found[path] = value
            continue
        held = lists.setdefault(entry[1], {})
        at = int(entry[2])
        if entry[3] is None:
            held[at] = value
        else:
            item = held.get(at)
            held[at] = {**(item if isinstance(item, dict) else {}), entry[3]: value}
    for path, held in lists.items():
        found[path] = [{} if held.get(at) is None else held[at] for at in range(max(held, default=-1) + 1)]
    return found
