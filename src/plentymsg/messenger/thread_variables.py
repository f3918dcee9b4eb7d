"""What templates may say of a conversation: `messenger.formattedMessage.conversationHistory` and its like.

A customer's words are shown in a part as they suit it: as text, or as HTML without scripts and pictures from
the network. `| raw`, with which PlentyONE prints them, changes nothing about that.
"""

from __future__ import annotations

from plentymsg.mail.html import clean_html, html_of_text
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row
from plentymsg.templates.variables import Formatted

_BRANCH = "messenger.formattedMessage"
_IN_HISTORY = 50
"""Messages that a history shows, the newest first: more would be no mail that anybody reads."""
_FROM_OUTSIDE = ("in", "out")


def of_conversation(connection: Connection, conversation: Row) -> dict[str, object]:
    """The variables of a conversation (a row of `v_conversation`).

    Its messages are read only if some template of the store speaks of them.
    """
    known: dict[str, object] = {
        "messenger.shortId": conversation["id"],
        "messenger.title": conversation["subject"],
    }
    if not views.templates_say(connection, "formattedMessage"):
        return known
    for name, direction in (("Message", _FROM_OUTSIDE), ("WhisperedMessage", ("whisper",))):
        for which, order in (("First", "date, id"), ("Last", "date DESC, id DESC")):
            messages = _messages(connection, conversation["id"], direction, order, 1)
            if messages:
                known[f"{_BRANCH}.conversation{which}{name}"] = _formatted(messages[0])
    history = _messages(connection, conversation["id"], _FROM_OUTSIDE, "date DESC, id DESC", _IN_HISTORY)
    if history:
        known[f"{_BRANCH}.conversationHistory"] = _history(history)
    return known


def _messages(
    connection: Connection, conversation_id: int, directions: tuple[str, ...], order: str, limit: int
) -> list[Row]:
    where = {"conversation_id": conversation_id, "direction": directions}
    return views.select(connection, "v_message", where, order_by=order, limit=limit)


def _formatted(message: Row) -> Formatted:
    html = clean_html(message["html"]) if message["html"] else html_of_text(message["text"])
    return Formatted(message["text"].strip("\r\n"), html)


def _history(messages: list[Row]) -> Formatted:
    texts, htmls = [], []
    for message in messages:
        when = message["date"].replace("T", " ")[:16]
        heading = f"{when} {message['from_name'] or message['from_email']}:"
        said = _formatted(message)
        texts.append(f"{heading}\n{said}")
        htmls.append(f"{html_of_text(heading)}\n<blockquote>\n{said.html}\n</blockquote>")
    return Formatted("\n\n".join(texts), "\n".join(htmls))
