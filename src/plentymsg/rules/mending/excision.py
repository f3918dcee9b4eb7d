"""Take words out of running text, so that what remains still reads: no double spaces, no empty brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = ("()", "[]", "{}", "<>", '""', "''", "“”", "„“", "‚‘", "«»", "»«", "**", "__", "``")
_MARKDOWN = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,2100}\)")
_LABEL = re.compile(r"!?\[([^\[\]\n]{1,300})\]\(<?\Z")
_LONGEST_LABEL = 310
_TITLE = re.compile(r">?(?:[ \t]{1,9}\"[^\"\n]{0,200}\")?\)")
_LEADS_IN = re.compile(r"[ \t]{0,9}(?:[:,–—→-]|[-=]>)?[ \t]{0,9}\Z")
_NO_WORDS = re.compile(r"(?:&(?:gt|lt|nbsp|quot|#x27);|\W)*|\s*[\[(]?\d{1,3}[\]).:]{1,3}\s*")
_SENTENCE_ENDS = frozenset(".,;:!?")
_CLOSING_BRACKETS = frozenset(")]}»”")


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text: `text[low:high]` of a part, and what counts in it."""

    text: str
    low: int
    high: int
    spaces: str = " \t"
    line_ends: str = "\r\n"
    """Characters that end a line; none in HTML, where only elements do."""
    opens_line: bool = True
    """Whether a line begins at `low`."""
    closes_line: bool = True

    def is_line_start(self, at: int) -> bool:
        """Whether a line begins at this place."""
        return self.opens_line if at == self.low else self.text[at - 1] in self.line_ends

    def is_line_end(self, at: int) -> bool:
        """Whether a line ends at this place."""
        return self.closes_line if at == self.high else self.text[at] in self.line_ends

    def line_around(self, start: int, end: int) -> tuple[int, int] | None:
        """The whole line that a span is in, without its end; None if it begins or ends elsewhere."""
        begin = max(self.low, 0, *(self.text.rfind(each, self.low, start) + 1 for each in self.line_ends))
        found = (self.text.find(each, end, self.high) for each in self.line_ends)
        finish = min((at for at in found if at >= 0), default=self.high)
        return (begin, finish) if self.is_line_start(begin) and self.is_line_end(finish) else None


def excised(passage: Passage, start: int, end: int) -> tuple[int, int, str]:
    """The span to take out so that `text[start:end]` is gone, and what stands there instead.

    Brackets and quotation marks around it go with it, and so do a line or a bullet that holds nothing
    else and what led up to it, as the colon in `Look here: www.example.com`. A Markdown link leaves its
    label.
    """
    return _label_instead(passage, start, end) or _without_words(passage, start, end)


def _without_words(passage: Passage, start: int, end: int) -> tuple[int, int, str]:
    text = passage.text
    start, end = _with_brackets(passage, start, end)
    left = _left_of_spaces(passage, start)
    right = _right_of_spaces(passage, end)
    line = passage.line_around(left, right)
    if line and _holds_no_words(text[line[0] : left] + text[right : line[1]]):
        return (*_whole_line(passage, *line), "")
    if passage.is_line_end(right):
        return _without_lead(passage, left), right, ""
    if passage.is_line_start(left):
        return start, _behind_punctuation(passage, right), ""
    following = text[right : min(right + 1, passage.high)]
    if following in _SENTENCE_ENDS:
        return _without_lead(passage, left), right, ""
    if following in _CLOSING_BRACKETS:
        return left, right, ""
    return _within_words(passage, (start, end), (left, right))


def _within_words(passage: Passage, span: tuple[int, int], spaced: tuple[int, int]) -> tuple[int, int, str]:
    """The words around it keep one space between them; they do not become one."""
    (start, end), (left, right) = span, spaced
    text = passage.text
    if left < start and right > end:
        return start, right, ""
    joins = passage.low < start and end < passage.high and text[start - 1].isalnum() and text[end].isalnum()
    return start, end, " " if joins else ""


def _holds_no_words(text: str) -> bool:
    """Whether a line is but a bullet, a number or dashes."""
    return _NO_WORDS.fullmatch(text) is not None


def _label_instead(passage: Passage, start: int, end: int) -> tuple[int, int, str] | None:
    text = passage.text
    whole = _MARKDOWN.fullmatch(text, start, end)
    if whole:
        return start, end, whole[1]
    label = _LABEL.search(text[max(passage.low, start - _LONGEST_LABEL) : start])
    close = _TITLE.match(text, end, passage.high)
    if label is None or close is None:
        return None
    return start - len(label.group()), close.end(), label[1]


def _with_brackets(passage: Passage, start: int, end: int) -> tuple[int, int]:
    text = passage.text
    while start > passage.low and end < passage.high and text[start - 1] + text[end] in _PAIRS:
        start, end = start - 1, end + 1
    return start, end


def _left_of_spaces(passage: Passage, at: int) -> int:
    while at > passage.low and passage.text[at - 1] in passage.spaces:
        at -= 1
    return at


def _right_of_spaces(passage: Passage, at: int) -> int:
    while at < passage.high and passage.text[at] in passage.spaces:
        at += 1
    return at


def _behind_punctuation(passage: Passage, at: int) -> int:
    """`at`, or behind the punctuation of the words that went."""
    while at < passage.high and passage.text[at] in _SENTENCE_ENDS:
        at += 1
    return _right_of_spaces(passage, at)


def _without_lead(passage: Passage, at: int) -> int:
    """`at`, or where what leads up to it begins: a colon, a comma, a dash, an arrow."""
    lead = _LEADS_IN.search(passage.text, max(passage.low, at - 20), at)
    return lead.start() if lead else at


def _whole_line(passage: Passage, begin: int, end: int) -> tuple[int, int]:
    """The line with its end, and with one of two empty lines that would be left one after the other."""
    behind = _behind_line_end(passage, end)
    if behind == end:  # the last line: the line end before it goes
        return _before_line_end(passage, begin), end
    below = _behind_line_end(passage, behind)
    above = _before_line_end(passage, begin)
    if below > behind and (above == passage.low or _before_line_end(passage, above) < above):
        return begin, below
    return begin, behind


def _behind_line_end(passage: Passage, at: int) -> int:
    if passage.text.startswith("\r\n", at) and "\r" in passage.line_ends:
        return min(at + 2, passage.high)
    return at + 1 if at < passage.high and passage.text[at] in passage.line_ends else at


def _before_line_end(passage: Passage, at: int) -> int:
    if at - 2 >= passage.low and passage.text.startswith("\r\n", at - 2) and "\r" in passage.line_ends:
        return at - 2
    return at - 1 if at > passage.low and passage.text[at - 1] in passage.line_ends else at
