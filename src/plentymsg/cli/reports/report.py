"""What there is to report, before it has a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.writing import Given
    from plentymsg.rules.judge import Fixes


class Change(NamedTuple):
    """What `--fix` changed: the name of a part or a file, and the text before and after."""

    name: str
    before: str
    after: str


class Note(NamedTuple):
    """Why nothing is known of all messages of a template: a fault in it, or what is missing for a proof."""

    code: Literal["template-fault", "cannot-tell"]
    label: str
    """What was judged, as in its verdict."""
    message: str
    is_failure: bool

    @property
    def title(self) -> str:
        """What it is, in words."""
        return NOTES[self.code]


NOTES: Final = {
    "template-fault": "The template makes no message.",
    "cannot-tell": "It cannot be told whether all messages of the template meet the requirements.",
}
"""What notes there are."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was judged, what was mended before that, and where it came from."""

    standard: Standard
    verdicts: Sequence[Verdict]
    files: Mapping[str, str]
    """The files that the user named, by what they give: `text`, `html`, `mail`, `attachment:` with a name."""
    strict: bool
    """Whether warnings count too."""
    is_mended: bool
    changes: Sequence[Sequence[Change]] = ()
    """For each verdict."""
    notes: Sequence[Note] = ()
    about: Sequence[str] = ()
    """What tells this report from one of another call, as it was named: whose rules, which files."""
    given: Given | None = None
    """What the files hold that the user named, unless it was mended."""

    def findings(self) -> Iterator[Finding]:
        """All violations, in their order."""
        for verdict in self.verdicts:
            for violation in verdict.violations:
                yield Finding(violation.as_json(), verdict.label, self.file_of(violation.as_json()))

    def fixes(self) -> Fixes:
        """What would mend the texts in the files that the user named."""
        from plentymsg.messenger.check import fixes_of

        if self.given is None or not {"text", "html"} & self.files.keys():
            return {}
        return fixes_of(self.given, self.verdicts[0], self.standard)

    def file_of(self, violation: Mapping[str, Any]) -> str:
        """The file in which the violation's place is; empty if it was no file that the user named."""
        if violation["part"] == "attachments":
            return self.files.get(f"attachment:{violation['excerpt']}", "") or self.files.get("mail", "")
        origin = violation["origin"]
        kind = origin["kind"] if origin else ""
        key = {"given": violation["part"], "mail": "mail"}.get(kind, "")
        return self.files.get(key, "")

    def is_failure(self, violation: Mapping[str, Any]) -> bool:
        """Whether the violation fails the check: an error, or with `--strict` anything."""
        return self.strict or violation["severity"] == "error"


class Finding(NamedTuple):
    """A violation, as `as_json` gives it, with what was judged and the file that it is in."""

    violation: Mapping[str, Any]
    label: str
    file: str

    @property
    def has_lines(self) -> bool:
        """Whether its line and column are those of the file: not so in a mail or an attached file."""
        origin = self.violation["origin"]
        return bool(self.file and origin and origin["kind"] == "given")

    def end(self) -> tuple[int, int]:
        """Line and column behind its last character, as far as the excerpt shows it."""
        violation = self.violation
        excerpt = violation["excerpt"] if len(violation["excerpt"]) <= violation["length"] else ""
        lines = excerpt.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(lines) == 1:
            return violation["line"], violation["column"] + violation["length"]
        return violation["line"] + len(lines) - 1, len(lines[-1]) + 1


def where(violation: Mapping[str, Any]) -> str:
    """The text that a violation is in: `html`, `template 'Short answer' (de, text)`, `text of part 1.2`."""
    origin = violation["origin"]
    if not origin or not origin["name"]:
        return str(violation["part"])
    if origin["kind"] == "mail":
        return f"{violation['part']} of part {origin['name']}"
    return f"template {origin['name']!r} ({origin['language']}, {violation['part']})"


def in_one_line(violation: Mapping[str, Any]) -> str:
    """Where it is, what is wrong, and the words that are meant."""
    place = f"{where(violation)}:{violation['line']}:{violation['column']}"
    excerpt = f" “{violation['excerpt']}”" if violation["excerpt"] else ""
    return f"{place} {violation['code']} {sentence(violation)}{excerpt}"


def sentence(violation: Mapping[str, Any]) -> str:
    """What is wrong, and what the template printed there if it does not stand there itself."""
    origin = violation["origin"] or {}
    if not origin.get("variable"):
        return str(violation["message"])
    named = {"signature": ", the signature", "history": ", quoted messages"}.get(origin["kind"], "")
    whose = f" of {origin['whose']}" if origin["whose"] else ""
    return f"{violation['message']} It comes from {origin['variable']}{named}{whose}."
