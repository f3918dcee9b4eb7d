"""A template as it leaves: in one language, between its header and its footer, with its text blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from plentymsg.errors import NotFound, TemplateFault
from plentymsg.mail.html import text_of_html
from plentymsg.messenger import languages, typed_variables
from plentymsg.messenger.languages import Wish
from plentymsg.messenger.passages import (
    NOTHING,
    Derived,
    Joined,
    Original,
    Passages,
    Printed,
    as_html,
    as_text,
)
from plentymsg.messenger.templates import EVERY_LANGUAGE, KINDS
from plentymsg.rules.violation import Part
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row
from plentymsg.templates.render import Allowance, PlainText, Rendered, Shelf, Version, render
from plentymsg.templates.source import Refusal, Source
from plentymsg.templates.variables import Read, build, name_of

if TYPE_CHECKING:
    from plentymsg.messenger.value_types import Declared

_LONGEST_SHOWN = 60
_PARTS: tuple[Part, ...] = ("subject", "text", "html")


class Composed(NamedTuple):
    """What a template gives. It has a text and HTML, whichever of the two its author wrote."""

    passages: Passages
    language: str
    """Of the version that was taken."""
    spoken: str
    """The language of the message; empty if the version is for every language and nobody's is known."""
    warnings: tuple[str, ...]


class Gathered(NamedTuple):
    """What a message is rendered from."""

    version: Row
    language: str
    """Of the message."""
    layers: tuple[tuple[str, Row], ...]
    """Header, template and footer, as far as there are: which it is (empty for the template), its version."""
    shelf: Shelf
    library: Library


def compose(
    connection: Connection, template: Row, variables: Mapping[str, object], text: str, wish: Wish
) -> Composed:
    """Render a template (a row of `v_template`) with its header and footer; `text` is `{{ text }}`.

    Raises TemplateFault for Twig that cannot be rendered, for a value that is not of its variable's type, and
    for a header or footer that has no version in the template's language; NotFound if the template has none,
    or none in the language asked for.
    """
    version, spoken, layers, shelf, library = gathered(connection, template, wish)
    given = Original("given", "text", text)
    values = build({**variables, "text": PlainText(text)}, _holding_to(typed_variables.declared(connection)))
    allowance = Allowance()

    def rendered(row: Row, side: str) -> Rendered:
        own = Version(row["subject"], row["text"], row["html"])
        try:
            return render(own, values, shelf=shelf, allowance=allowance)
        except TemplateFault as fault:
            if not side:
                raise
            message = f"In the {side} {template[side]!r}: {fault.message}"
            raise TemplateFault(message, hint=fault.hint, details=fault.details) from None

    done = [rendered(row, side) for side, row in layers]
    passages = [
        _passages(layer, given, library.originals_of(row))
        for layer, (_, row) in zip(done, layers, strict=True)
    ]
    return Composed(
        passages=joined(passages),
        language=version["language"],
        spoken="" if spoken == EVERY_LANGUAGE else spoken,
        warnings=(
            *languages.difference(template["name"], version, wish),
            *(
                f"In the {side} {template[side]!r}: {warning}" if side else warning
                for layer, (side, _) in zip(done, layers, strict=True)
                for warning in layer.warnings
            ),
        ),
    )


def gathered(connection: Connection, template: Row, wish: Wish) -> Gathered:
    """What a template (a row of `v_template`) is made of in the language that is wished for.

    Raises TemplateFault and NotFound as `compose` does.
    """
    versions = _versions(connection, template["id"])
    if not versions:
        raise NotFound(
            f"The template {template['name']!r} has no language version.",
            hint="Add one with: plentymsg template set NAME --language de --text-file FILE",
        )
    version = languages.choose(template["name"], versions, wish)
    language = languages.language_of(version, wish)
    library = Library(connection)
    shelf = Shelf(library.load, _text_blocks(connection, language), text_of_html)
    sides = [side for side in ("header", "", "footer") if not side or template[f"{side}_id"] is not None]
    rows = [_side(connection, template, side, language) if side else version for side in sides]
    return Gathered(version, language, tuple(zip(sides, rows, strict=True)), shelf, library)


def _holding_to(declared: Mapping[str, Declared]) -> Read | None:
    """What refuses a value that is not of its variable's type, where a template reads it."""
    if not declared:
        return None
    from plentymsg.messenger.value_types import misfit

    def read(path: str, value: object, entry: object) -> object:
        name = name_of(path)
        if entry is None and name in declared:
            why = misfit(declared[name], value)
            if why:
                shown = str(value) if len(str(value)) <= _LONGEST_SHOWN else f"{str(value)[:_LONGEST_SHOWN]}…"
                hint = f"Correct it, or change the type: plentymsg template variable set {name} --type TYPE"
                raise Refusal(f"{path} is {shown!r}, {why} (type {declared[name].type})", hint)
        return value

    return read


def require_sides(connection: Connection, template: Row) -> None:
    """Raise TemplateFault unless header and footer have all languages of a template ."""
    for side in ("header", "footer"):
        if template[f"{side}_id"] is not None:
            for language in views.parsed(template["languages"]):
                _side(connection, template, side, language)


def _side(connection: Connection, template: Row, side: str, language: str) -> Row:
    """The version of the header or footer for a language."""
    versions = {row["language"]: row for row in _versions(connection, template[f"{side}_id"])}
    found = versions.get(language) or versions.get(EVERY_LANGUAGE)
    if found is None:
        raise TemplateFault(
            f"The {side} {template[side]!r} has no version in {language}, in which the"
            f" {KINDS[template['kind']]} {template['name']!r} is.",
            hint=f"Add it: plentymsg template set {template[side]!r} --language {language} --text-file FILE",
            details={"key": side},
        )
    return found


def _passages(layer: Rendered, given: Original, original_of: Callable[[Source], Original]) -> Passages:
    """What a template printed, with the way back to the template and to what was given."""
    subject, text, html = (
        Printed(layer.traces[part], given, original_of) if part in layer.traces else NOTHING
        for part in Version._fields
    )
    return Passages(Derived(layer.subject, subject), text, html)


def joined(layers: Sequence[Passages]) -> Passages:
    """Header, content and footer as one message, which has a text and HTML.

    HTML that stands alone becomes text as a whole: a header may open what the footer closes.
    """
    subject = Joined([layer.subject for layer in layers], "")
    if not any(layer.text.text for layer in layers):
        html = Joined([layer.html for layer in layers], "\n")
        return Passages(subject, as_text(html), html)
    texts = [layer.text if layer.text.text else as_text(layer.html) for layer in layers]
    htmls = [layer.html if layer.html.text else as_html(layer.text) for layer in layers]
    return Passages(subject, Joined(texts, "\n\n"), Joined(htmls, "\n"))


def _versions(connection: Connection, template_id: int) -> list[Row]:
    return views.select(connection, "v_template_version", {"template_id": template_id}, order_by="id")


class Library:
    """The versions of templates that a message is made from, as their authors wrote them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._versions: dict[int, Row] = {}
        self._originals: dict[int, dict[str, Original]] = {}

    def load(self, number: int) -> Version:
        """The version with a language ID. Raises LookupError."""
        if number not in self._versions:
            row = views.first(self._connection, "v_template_version", {"id": number})
            if row is None:
                raise LookupError(number)
            self._keep(row)
        return Version(*(self._versions[number][part] for part in Version._fields))

    def originals_of(self, version: Row) -> Callable[[Source], Original]:
        """What gives the originals of one version and of all that it includes."""
        self._keep(version)

        def original_of(source: Source) -> Original:
            number = version["id"] if source.template is None else source.template
            return self._originals[number][source.part]

        return original_of

    def _keep(self, version: Row) -> None:
        """Its template's name is read now: when a fault is found, the store may be closed."""
        (template,) = views.select(self._connection, "v_template", {"id": version["template_id"]})
        self._versions[version["id"]] = version
        self._originals[version["id"]] = {
            part: Original("template", part, version[part], template["name"], version["language"])
            for part in _PARTS
        }


def _text_blocks(connection: Connection, language: str) -> dict[str, int | None]:
    """The text blocks by name, each with the language ID of its version for a language, if it has one."""
    found: dict[str, int | None] = {}
    for row in views.select(connection, "v_text_block", order_by="id"):
        if row["language"] == language or (row["language"] == EVERY_LANGUAGE and not found.get(row["name"])):
            found[row["name"]] = row["id"]
        else:
            found.setdefault(row["name"], None)
    return found
