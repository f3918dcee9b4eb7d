"""HTML to text and back, and HTML made harmless.

The libraries are quick on any mail that a person writes, and slow, or silent about what they leave
out, on mail that was built to hurt: such HTML is known by its measures and goes another way.
"""

from __future__ import annotations

import html as entities
import re

_TAG = re.compile(r"<[^<>]*>?|[^<]+")
_TAG_NAME = re.compile(r"<\s*(/?)\s*([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_CLOSED_BY_OTHERS = frozenset(
    {"dd", "dt", "li", "option", "p", "td", "th", "tr", "tbody", "thead", "body", "html"}
)
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})
_BLOCK = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_BLANK_LINES = re.compile(r"\n{3,}")

_MAX_SIZE = 1_000_000
_MAX_TAGS = 20_000
_MAX_TAG_SIZE = 20_000
_MAX_ENTITIES = 50_000
_MAX_DEPTH = 150  # libxml2 silently drops what is deeper than 256


def text_of_html(html: str) -> str:
    """What a person sees of `html`, as text; tables keep their shape. Never raises, in linear time."""
    if not html.strip():
        return ""
    text = _laid_out(html) if _is_ordinary(html) else ""
    if not text.strip():
        text = _plain(html)
    return _tidy(text)


def html_of_text(text: str) -> str:
    """`text` as HTML: escaped, an empty line between paragraphs, line breaks kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    paragraphs = re.split(r"\n[ \t]*\n\s*", lines) if lines.strip() else []
    return "\n".join(
        f"<p>{entities.escape(each).replace(chr(10), '<br>' + chr(10))}</p>" for each in paragraphs
    )


def clean_html(html: str) -> str:
    """`html` without scripts, styles, forms and pictures from the network: safe to be shown.

    Pictures that came with the mail (`cid:`) stay; others would tell the sender who reads it.
    """
    if not _is_ordinary(html):
        return html_of_text(text_of_html(html))
    import nh3

    return nh3.clean(
        html, url_schemes={"http", "https", "mailto", "tel", "cid"}, attribute_filter=_without_remote_pictures
    )


def _without_remote_pictures(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute in ("src", "srcset") and not value.strip().casefold().startswith("cid:"):
        return None
    return value


def _is_ordinary(html: str) -> bool:
    """Whether a library may be let at it: bounded in size, tags, depth and length of a tag."""
    if len(html) > _MAX_SIZE or html.count("<") > _MAX_TAGS or html.count("&") > _MAX_ENTITIES:
        return False
    depth = 0
    for token in _TAG.findall(html):
        match = _TAG_NAME.match(token)
        if match is None:
            continue
        name = match[2].casefold()
        if name not in _VOID and name not in _CLOSED_BY_OTHERS and not token.endswith("/>"):
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _MAX_DEPTH or len(token) > _MAX_TAG_SIZE:
            return False
    return True


def _laid_out(html: str) -> str:
    """By inscriptis, which knows hidden text and tables; nothing where it gives up."""
    from inscriptis import get_text  # type: ignore[import-untyped]

    try:
        return str(get_text(_without_declaration(html)))
    except Exception:  # noqa: BLE001 - a parser fed with hostile input; the caller has another way
        return ""


def _without_declaration(html: str) -> str:
    """lxml refuses text with an XML declaration of an encoding: it is text already."""
    stripped = html.lstrip("\ufeff \t\r\n")
    return stripped.partition("?>")[2] if stripped.startswith("<?xml") else html


def _plain(html: str) -> str:
    """All text between tags, with line breaks where blocks begin: plain, but bounded and complete."""
    pieces: list[str] = []
    unseen = ""
    for token in _TAG.findall(_without_comments(html)):
        match = _TAG_NAME.match(token)
        if match is None:
            if not unseen:
                pieces.append(" ".join(token.split()) if token.strip() else " ")
            continue
        name = match[2].casefold()
        if unseen:
            unseen = "" if match[1] and name == unseen else unseen
        elif name in _UNSEEN and not match[1] and not token.endswith("/>"):
            unseen = name
        elif name in _BLOCK:
            pieces.append("\n")
    return entities.unescape("".join(pieces))


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _tidy(text: str) -> str:
    lines = (line.replace("\xa0", " ").rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
