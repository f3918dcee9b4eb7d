"""What a message knows of its customer, order and conversation, and in which language it is written."""

from __future__ import annotations

import pytest

from plentymsg.errors import TemplateFault
from plentymsg.messenger import send
from plentymsg.messenger.access import Actor
from plentymsg.messenger.writing import Given
from plentymsg.store import views
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row
from tests.journeys.mails import mail
from tests.messenger.test_fetch import by, file


@pytest.fixture(autouse=True)
def _customers(connection: Connection) -> None:
    with transaction(connection):
        connection.execute(
            "INSERT INTO contact (id, external_id, number, first_name, last_name, company, title, gender,"
            " language, email_private, email_work, details)"
            " VALUES (7, '', '', 'Petra', 'Müller', '', '', '', 'en', 'petra@example.com', '', '{}')"
        )
        connection.execute(
            "INSERT INTO sales_order (id, external_id, contact_id, referrer, status, created_at, currency,"
            " total, details) VALUES (70, '305-1', 7, '', '', '2026-11-03', 'EUR', '12', '{}')"
        )


def template(connection: Connection, **versions: str) -> str:
    """A template with a text, or HTML where it begins with `<`, in each language; returns its name."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO template (id, name, folder, kind) VALUES (50, 'Test', '', 'template')"
        )
        for language, body in versions.items():
            text, html = ("", body) if body.startswith("<") else (body, "")
            connection.execute(
                "INSERT INTO template_version (template_id, language, subject, text, html)"
                " VALUES (50, ?, 'x', ?, ?)",
                (language, text, html),
            )
    return "Test"


def written(connection: Connection, queued: send.Queued) -> Row:
    return views.select(connection, "v_message", {"id": queued.message_id})[0]


def answer(
    connection: Connection, actor: Actor, name: str, *, language: str | None = None
) -> tuple[Row, tuple[str, ...]]:
    conversation = views.select(connection, "v_conversation")[0]
    given = Given(text="Ja", template=name, language=language)
    with transaction(connection):
        queued = send.reply(connection, actor, conversation, (), given, send.Terms())
    return written(connection, queued), queued.warnings


def link(connection: Connection, kind: str, value: str) -> None:
    with transaction(connection):
        connection.execute(
            "INSERT INTO conversation_relation SELECT id, ?, ? FROM conversation", (kind, value)
        )


def test_an_answer_knows_what_its_conversation_is_linked_to(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    """An answer takes the data of the order and the customer that the conversation is linked to.

    M-178 `plentymsg conversation reply ID --template NAME`
    """
    name = template(
        connection, de="{{ contact.lastName }} {{ order.id }} {{ messenger.shortId }}: {{ text }}"
    )
    file(connection, shop, mail(1))
    link(connection, "order", "70")
    message, _ = answer(connection, actor, name)
    assert message["text"] == f"Müller 70 {message['conversation_id']}: Ja"


def test_a_link_to_what_is_not_in_the_store_does_no_harm(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    name = template(connection, de="[{{ contact.fullName }}|{{ order.id }}]")
    file(connection, shop, mail(1))
    link(connection, "order", "9999")
    link(connection, "contact", "8888")
    message, warnings = answer(connection, actor, name)
    assert message["text"] == "[Petra Müller|]"
    assert any("`order.id` is empty" in warning for warning in warnings)


def test_an_answer_is_in_the_customers_language_or_warns(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    """An answer takes the version in its customer's language; another one is sent with a warning.

    M-177 `plentymsg conversation reply ID --language CODE`
    """
    name = template(connection, de="Hallo", en="Hello")
    file(connection, shop, mail(1))
    link(connection, "contact", "7")
    message, warnings = answer(connection, actor, name)
    assert (message["text"], warnings) == ("Hello", ())
    message, warnings = answer(connection, actor, name, language="de")
    assert message["text"] == "Hallo"
    assert warnings == ("The template 'Test' is in de, but the recipient's language is en.",)


def test_without_a_known_language_the_writers_is_taken(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    name = template(connection, de="Hallo", en="Hello")
    file(connection, shop, mail(1))
    with transaction(connection):
        connection.execute("UPDATE user_account SET language = 'en'")
    message, warnings = answer(connection, actor, name)
    assert (message["text"], warnings) == ("Hello", ())


def test_a_conversations_messages_can_be_quoted(connection: Connection, shop: Row, actor: Actor) -> None:
    """A template shows the first and last message and the history of the conversation, without whispers.

    M-178 `plentymsg conversation reply ID --template NAME`
    """
    branch = "messenger.formattedMessage.conversation"
    name = template(
        connection,
        de=f"{{{{ {branch}FirstMessage|raw }}}}/{{{{ {branch}LastMessage }}}}/{{{{ {branch}History|raw }}}}",
    )
    file(connection, shop, mail(1, text="Eins <b>"), mail(2, text="Zwei", answers=by(1)))
    with transaction(connection):
        connection.execute(
            "INSERT INTO message (conversation_id, direction, header_id, subject, from_name, from_email,"
            " date, text, html, marks, evidence, billable, created_at)"
            " SELECT id, 'whisper', '', '', 'Jan', '',"
            " '2027-01-01T00:00:00+00:00', 'geheim', '', '[]', '', 0, '2027-01-01T00:00:00+00:00'"
            " FROM conversation"
        )
    message, _ = answer(connection, actor, name)
    first, last, history = message["text"].split("/")
    assert (first, last) == ("Eins <b>", "Zwei")
    assert [line for line in history.splitlines() if line and not line.endswith("Petra Müller:")] == [
        "Zwei",
        "Eins <b>",
    ]
    assert "geheim" not in message["text"] + message["html"]


def test_a_customers_html_cannot_act_in_an_answer(connection: Connection, shop: Row, actor: Actor) -> None:
    variable = "{{ messenger.formattedMessage.conversationHistory | raw }}"
    name = template(connection, de=f"<p>{variable}</p>")
    hostile = '<p onclick="x()">Eins<script>steal()</script><img src="https://spy.example/a.png"></p>'
    file(connection, shop, mail(1, html=hostile), mail(2, text="<script>alert(1)</script>", answers=by(1)))
    message, _ = answer(connection, actor, name)
    assert "Eins" in message["html"]
    for bad in ("<script", "onclick", "spy.example", "steal"):
        assert bad not in message["html"]


def test_a_whispered_message_in_a_template_is_warned_of(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    name = template(connection, de="{{ messenger.formattedMessage.conversationLastWhisperedMessage|raw }}")
    file(connection, shop, mail(1))
    with transaction(connection):
        connection.execute("UPDATE message SET direction = 'whisper', text = 'intern'")
        connection.execute("UPDATE conversation SET subject = 'x'")
    file(
        connection, shop, mail(2, sender="Petra Müller <petra@example.com>", references=by(1), answers=by(1))
    )
    message, warnings = answer(connection, actor, name)
    assert message["text"] == "intern"
    assert any("whispered message, which is internal" in warning for warning in warnings)


def test_messages_that_no_template_speaks_of_are_not_read(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    name = template(connection, de="{{ text }}")
    file(connection, shop, mail(1))
    assert not views.templates_say(connection, "formattedMessage")
    assert answer(connection, actor, name)[0]["text"] == "Ja"


def test_a_template_that_fails_names_the_header_it_fails_in(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    name = template(connection, de="{{ text }}")
    with transaction(connection):
        connection.execute("INSERT INTO template (id, name, folder, kind) VALUES (51, 'Kopf', '', 'header')")
        connection.execute(
            "INSERT INTO template_version (template_id, language, subject, text, html)"
            " VALUES (51, 'all', '', 'a\n{{ 1 / 0 }}', '')"
        )
        connection.execute("UPDATE template SET header_id = 51 WHERE id = 50")
    file(connection, shop, mail(1))
    with pytest.raises(TemplateFault, match=r"In the header 'Kopf': text:2:\d+"):
        answer(connection, actor, name)
