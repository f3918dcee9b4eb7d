"""A template as it leaves: in one language, between its header and its footer, with its text blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from plentymsg.errors import NotFound, TemplateFault
from plentymsg.mail.html import html_of_text, text_of_html
from plentymsg.messenger import languages, typed_variables
from plentymsg.messenger.languages import Wish
from plentymsg.messenger.templates import EVERY_LANGUAGE, KINDS
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row
from plentymsg.templates.render import Allowance, PlainText, Rendered, Shelf, Version, render
from plentymsg.templates.source import Refusal
from plentymsg.templates.variables import Read, build, name_of

if TYPE_CHECKING:
    from plentymsg.messenger.value_types import Declared

_LONGEST_SHOWN = 60


class Composed(NamedTuple):
    """What a template gives. It has a text and HTML, whichever of the two its author wrote."""

    subject: str
    text: str
    html: str
    language: str
    """Of the version that was taken."""
    warnings: tuple[str, ...]


def compose(
    connection: Connection, template: Row, variables: Mapping[str, object], text: str, wish: Wish
) -> Composed:
    """Render a template (a row of `v_template`) with its header and footer; `text` is `{{ text }}`.

    Raises TemplateFault for Twig that cannot be rendered, for a value that is not of its variable's type, and
    for a header or footer that has no version in the template's language; NotFound if the template has none,
    or none in the language asked for.
    """
    versions = _versions(connection, template["id"])
    if not versions:
        raise NotFound(
            f"The template {template['name']!r} has no language version.",
            hint="Add one with: plentymsg template set NAME --language de --text-file FILE",
        )
    version = languages.choose(template["name"], versions, wish)
    language = languages.language_of(version, wish)
    shelf = Shelf(lambda number: _load(connection, number), _text_blocks(connection, language), text_of_html)
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

    sides = [side for side in ("header", "", "footer") if not side or template[f"{side}_id"] is not None]
    rows = [_side(connection, template, side, language) if side else version for side in sides]
    layers = [rendered(row, side) for row, side in zip(rows, sides, strict=True)]
    text, html = _joined([(layer.text, layer.html) for layer in layers])
    return Composed(
        subject="".join(layer.subject for layer in layers),
        text=text,
        html=html,
        language=version["language"],
        warnings=(
            *languages.difference(template["name"], version, wish),
            *(
                f"In the {side} {template[side]!r}: {warning}" if side else warning
                for layer, side in zip(layers, sides, strict=True)
                for warning in layer.warnings
            ),
        ),
    )


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


def _joined(layers: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Header, content and footer as one text and one HTML.

    HTML that stands alone becomes text as a whole: a header may open what the footer closes.
    """
    if not any(text for text, _ in layers):
        html = "\n".join(html for _, html in layers if html)
        return text_of_html(html), html
    texts = [text or text_of_html(html) for text, html in layers]
    htmls = [html or html_of_text(text) for text, html in layers]
    return "\n\n".join(filter(None, texts)), "\n".join(filter(None, htmls))


def _versions(connection: Connection, template_id: int) -> list[Row]:
    return views.select(connection, "v_template_version", {"template_id": template_id}, order_by="id")


def _load(connection: Connection, number: int) -> Version:
    row = views.first(connection, "v_template_version", {"id": number})
    if row is None:
        raise LookupError(number)
    return Version(row["subject"], row["text"], row["html"])


def _text_blocks(connection: Connection, language: str) -> dict[str, int | None]:
    """The text blocks by name, each with the language ID of its version for a language, if it has one."""
    found: dict[str, int | None] = {}
    for row in views.select(connection, "v_text_block", order_by="id"):
        if row["language"] == language or (row["language"] == EVERY_LANGUAGE and not found.get(row["name"])):
            found[row["name"]] = row["id"]
        else:
            found.setdefault(row["name"], None)
    return found
