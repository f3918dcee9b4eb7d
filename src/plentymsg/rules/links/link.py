"""A place in a text that leads elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["link", "address", "doubtful"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link, an e-mail address, or what may be a link or a sentence without its space."""

    kind: LinkKind
    start: int
    end: int
