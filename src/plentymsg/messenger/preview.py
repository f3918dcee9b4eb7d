"""A template as it would leave, without a message."""

from __future__ import annotations

from typing import NamedTuple

from plentymsg.messenger import access, audience, writing
from plentymsg.messenger.access import Actor
from plentymsg.messenger.composing import compose
from plentymsg.store import views
from plentymsg.store.driver import Connection


class Preview(NamedTuple):
    """What a template gives."""

    subject: str
    text: str
    html: str
    language: str
    """Of the version that was taken."""
    warnings: tuple[str, ...]


def preview(
    connection: Connection,
    actor: Actor,
    template_id: int,
    *,
    text: str = "",
    language: str = "",
    contact_id: int | None = None,
    order_id: int | None = None,
) -> Preview:
    """Render a template, header, footer or text block with the data of a contact or an order.

    The shop's data are those of the default channel. Raises NotFound for an unknown contact or order and for
    a language that the template lacks, TemplateFault for what cannot be rendered.
    """
    needs_customer = contact_id is not None or order_id is not None
    access.require(actor, access.TEMPLATE_READ, *([access.MESSENGER_READ] if needs_customer else []))
    about = audience.of_things(connection, actor, contact_id=contact_id, order_id=order_id)
    channel = views.first(connection, "v_channel", {"is_default": 1})
    variables = {**writing.variables_of(connection, channel, user_id=actor.id), **about.variables}
    template = views.select(connection, "v_template", {"id": template_id})[0]
    composed = compose(connection, template, variables, text, about.wish._replace(asked=language))
    subject, text, html = (passage.text for passage in composed.passages)
    return Preview(subject, text, html, composed.language, composed.warnings)
