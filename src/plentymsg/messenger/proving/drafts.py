"""Messages made of the ways through a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from plentymsg.mail.html import text_of_html
from plentymsg.messenger.composing import Gathered, joined
from plentymsg.messenger.passages import originals
from plentymsg.messenger.writing import one_line
from plentymsg.rules.markup.document import read_html
from plentymsg.templates.unknown import Terms, Values, as_plain, pieces
from plentymsg.templates.walk import Layer, Walked, walk
from plentymsg.templates.way import Way

PARTS = ("subject", "text", "html")
MOST_WAYS = 1024
"""Ways through one part that are walked; ten decisions, each with two answers, have as many."""


class Texts(NamedTuple):
    """A message: what its parts say."""

    subject: str
    text: str
    html: str


def never_known(path: str) -> bool:
    """Whether a variable, which PlentyONE would fill, has no value here ever."""
    return path.startswith(("globals.", "contact.formattedUser.")) and not path.startswith("globals.links.")


class Drafts:
    """What can come of a template in one language, with what is `known` of the shop.

    `given` are parts that whoever writes gives, in place of the template's.
    """

    def __init__(
        self, gathered: Gathered, known: Mapping[str, object], given: Mapping[str, str], until: float
    ) -> None:
        self.gathered = gathered
        self._given = given
        self.terms = Terms()
        self.walked: dict[str, Walked] = {}
        self._layers: dict[str, list[int]] = {}
        for part in PARTS:
            having = [at for at, (_, row) in enumerate(gathered.layers) if row[part]]
            having = [] if part in given else having
            layers = [Layer(part, gathered.layers[at][1][part]) for at in having]
            self._layers[part] = having
            self.walked[part] = walk(
                self.terms, layers, known, never_known, gathered.shelf, most=MOST_WAYS, until=until
            )

    def parts(self) -> list[str]:
        """The parts that have ways of their own: text that is made of HTML, or HTML of text, has none."""
        return [part for part in PARTS if part == "subject" or self._layers[part]]

    def ways(self, part: str) -> list[Way]:
        """The ways through a part that lead to its end."""
        return [way for way in self.walked[part].ways if way.is_done]

    @cached_property
    def usual(self) -> Mapping[str, Way]:
        """The first way through each part."""
        return {part: ways[0] for part in PARTS if (ways := self.ways(part))}

    def side_of(self, part: str, layer: int) -> str:
        """In which of header, template (which is empty) and footer a walked layer is."""
        return self.gathered.layers[self._layers[part][layer]][0]

    def texts(self, part: str, way: Way, values: Values) -> Texts:
        """The message of a way through a part, and of the usual ways through the others.

        Raises `Refusal` and the like if something cannot be worked out with these values.
        """
        return self._made({**self.usual, part: way}, lambda text: self.terms.fill(text, values))

    def views(self, part: str, way: Way) -> list[str]:
        """What a reader sees of a part, in each form that it can have, with marks for what is not known."""
        marked = self._made({**self.usual, part: way}, str)
        if part == "subject":
            return [as_plain(marked.subject)]
        if part == "text":
            return [as_plain(marked.text)]
        seen = [as_plain(read_html(marked.html).text.text)]
        return [*seen, as_plain(text_of_html(marked.html))] if self.text_may_be_made else seen

    @cached_property
    def text_may_be_made(self) -> bool:
        """Whether the text can be that of the HTML, as it has none of its own."""
        missing = len(self._layers["text"]) < len(self.gathered.layers)
        return missing or any(
            not "".join(written for written, _ in pieces(text)).strip()
            for way in self.ways("text")
            for text in way.texts
        )

    def _made(self, ways: Mapping[str, Way], fill: Callable[[str], str]) -> Texts:
        layers = [dict.fromkeys(PARTS, "") for _ in self.gathered.layers]
        for part, way in ways.items():
            for at, text in zip(self._layers[part], way.texts, strict=True):
                layers[at][part] = _trimmed(fill(text), part)
        parts = joined([originals("given", each["subject"], each["text"], each["html"]) for each in layers])
        subject, text, html = (
            self._given.get(part, passage.text) for part, passage in zip(PARTS, parts, strict=True)
        )
        return Texts(one_line(subject), text, html)


def _trimmed(text: str, part: str) -> str:
    trimmed = text.strip("\r\n").rstrip()
    return re.sub("[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", trimmed).strip() if part == "subject" else trimmed
