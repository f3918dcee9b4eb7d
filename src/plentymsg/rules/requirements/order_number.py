"""PM206: the message contains the marketplace's number of the order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

_SIGNS = {"9": "[0-9]", "A": "[A-Z0-9]", "a": "[a-z0-9]"}

RULE = Rule(
    code="PM206",
    name="order-number",
    summary="The message contains the marketplace's number of the order.",
    why="The marketplace lets a seller write about an order only, and the number says about which.",
    fix="Put the marketplace's number of the order into the subject or the text.",
    example=Example(
        "text",
        bad=("Your order 4711 is on its way.",),
        good=("Your order 302-1234567-1234567 is on its way.",),
        marketplace="amazon",
    ),
    takes=frozenset({"allowed"}),
    signs="".join(_SIGNS),
)

_ANNOUNCED = (
    r"(?:[Oo]rder|[Bb]estell(?:ung|ing)?|[Aa]uftrag|[Cc]ommande|[Oo]rdin[ei]|[Pp]edido|[Zz]amówieni[ea])s?"
    r"[- ]?(?:(?:[Nn]ummer|[Nn]umber|[Nn]r|[Nn]o|[Nn]uméro|[Nn]umero|[Nn]úmero|[Nn]umer|ID|[Ii]d|n[°º])\.?"
    r"|(?=[:#]))[ \t]{0,3}[:#]?[ \t]{0,3}"
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Whether one of the shapes stands in the subject, the text or the HTML, as a word of its own.

    In a shape `9` is a digit, `A` a capital or a digit, `a` a small letter or a digit, all else is itself.
    A number without a digit may be any word, so it counts only where it is announced: `Bestell-Nr. ABCDEFG`.
    """
    shapes = demand.requirement.allowed
    texts = [passage.text for _, passage in manuscript.passages]
    if shapes and not any(_pattern(shape).search(text) for shape in shapes for text in texts):
        examples = " or ".join(f"“{_example(shape)}”" for shape in shapes)
        yield Flaw(
            part="text" if manuscript.draft.text or not manuscript.draft.html else "html",
            message=f"There is no order number like {examples}, which {demand.marketplace.name} asks for.",
            fix=RULE.fix,
        )


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    number = "".join(_SIGNS.get(sign) or re.escape(sign) for sign in shape)
    in_a_word = r"(?![\w-])"
    if "9" in shape:
        return re.compile(rf"(?<![\w-]){number}{in_a_word}")
    with_a_digit = rf"(?<![\w-])(?=\w*[0-9]){number}{in_a_word}"
    return re.compile(rf"{with_a_digit}|(?<!\w){_ANNOUNCED}{number}{in_a_word}")


def _example(shape: str) -> str:
    """`302-0230230-3023023` for the shape of Amazon."""
    signs = {"9": "302", "A": "AB1", "a": "ab1"}
    return "".join(signs[sign][at % 3] if sign in signs else sign for at, sign in enumerate(shape))
