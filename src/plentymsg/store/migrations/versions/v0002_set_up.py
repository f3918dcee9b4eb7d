"""The whole set-up: access roles, the e-mail account, clients, contacts, orders, notifications …"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _long_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _switch(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _reference(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(target), nullable=True)


_COLUMNS: dict[str, list[sa.Column]] = {  # type: ignore[type-arg]
    "settings": [_text("target_domain")],
    "user_account": [
        _text("language", "de"),
        _text("time_zone", "Europe/Berlin"),
        _long_text("signature_text"),
        _long_text("signature_html"),
        _reference("group_id", "messenger_group.id"),
    ],
    "template": [
        _text("kind", "template"),
        _reference("owner_id", "user_account.id"),
        _reference("header_id", "template.id"),
        _reference("footer_id", "template.id"),
    ],
    "channel": [
        sa.Column("target_address", sa.String(), nullable=True),
        _switch("notifications"),
        _switch("match_orders"),
        _switch("skip_orders"),
        _switch("skip_contacts"),
        _text("skip_emails"),
    ],
    "message": [sa.Column("minutes", sa.Integer(), nullable=True), _switch("billable")],
}


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "access_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("advanced", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_text", sa.Text(), nullable=False),
        sa.Column("signature_html", sa.Text(), nullable=False),
        sa.Column("test_address", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name="account_one_row"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("email_private", sa.String(), nullable=False),
        sa.Column("email_work", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("contact_by_private_email", "contact", ["email_private"], unique=False)
    op.create_index("contact_by_work_email", "contact", ["email_work"], unique=False)
    op.create_index("contact_by_external_id", "contact", ["external_id"], unique=False)
    op.create_index("contact_by_number", "contact", ["number"], unique=False)

    op.create_table(
        "trusted_host",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "host"),
    )
    op.create_table(
        "access_role_right",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["access_role.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("role_id", "right"),
    )
    op.create_table(
        "access_role_visibility",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["access_role.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("role_id", "node", "action"),
    )
    op.create_table(
        "collecting_tag",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id"),
    )
    op.create_table(
        "sales_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("referrer", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("order_by_contact", "sales_order", ["contact_id"], unique=False)
    op.create_index("order_by_external_id", "sales_order", ["external_id"], unique=False)

    op.create_table(
        "tag_client",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id", "client_id"),
    )
    op.create_table(
        "tag_link",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id", "kind", "record_id"),
    )
    op.create_table(
        "order_item",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("price", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("order_id", "place"),
    )
    op.create_table(
        "postal_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("house_number", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'delivery')", name="address_kind"),
        sa.CheckConstraint("(contact_id IS NULL) <> (order_id IS NULL)", name="address_of_one"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("address_of_contact", "postal_address", ["contact_id"], unique=False)
    op.create_index("address_by_email", "postal_address", ["email"], unique=False)
    op.create_index("address_of_order", "postal_address", ["order_id"], unique=False)

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("noun", "user_id", "name"),
    )
    op.create_table(
        "user_access_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["access_role.id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "role_id"),
    )
    op.create_table(
        "saved_filter_default",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("filter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["filter_id"], ["saved_filter.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "noun"),
    )
    op.create_table(
        "template_favourite",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["template_id"], ["template.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "template_id"),
    )
    op.create_table(
        "channel_allowed_sender",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id", "address"),
    )
    op.create_table(
        "collecting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name="collecting_one_row"),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["messenger_group.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "conversation_relation",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "kind", "value"),
    )
    op.create_index(
        "conversation_by_relation",
        "conversation_relation",
        ["kind", "value", "conversation_id"],
        unique=False,
    )

    op.create_table(
        "message_tag",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "tag_id"),
    )
    op.create_index("message_by_tag", "message_tag", ["tag_id", "message_id"], unique=False)

    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=True),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id", "user_id"),
    )
    op.create_index(
        "notification_open",
        "notification",
        ["user_id", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )

    for table, columns in _COLUMNS.items():
        for column in columns:
            # Not in batch mode, which copies the table: these may be large, and SQLite just notes the column.
            op.add_column(table, column, inline_references=True)
    _let_deliveries_be_skipped()
    op.create_index("history_by_kind", "history", ["kind", "id"], unique=False)
    op.create_index("channel_target_address", "channel", ["target_address"], unique=True)
    op.execute(
        "INSERT INTO account (id, signature_text, signature_html, test_address) VALUES (1, '', '', '')"
    )
    op.execute("INSERT INTO collecting (id, active, attachments) VALUES (1, false, false)")
    # Passwords go on being given to the hosts that they were given to until now.
    op.execute(
        "INSERT INTO trusted_host (reference, host, confirmed_at)"
        " SELECT DISTINCT password, lower(host), strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')"
        " FROM channel_server WHERE password <> ''"
    )


def _let_deliveries_be_skipped() -> None:
    """SQLite cannot change a check, so the table is copied: in its order, which is that of the outbox."""
    op.create_table(
        "delivery_new",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.String(), nullable=True),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("updated_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'handing-over', 'sent', 'captured', 'deferred', 'failed', 'uncertain', 'cancelled', 'skipped')",
            name="delivery_state",
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "recipient"),
    )
    columns = (
        "message_id, recipient, kind, live, state, attempts, next_attempt_at, lease, response, updated_at"
    )
    op.execute(f"INSERT INTO delivery_new ({columns}) SELECT {columns} FROM delivery ORDER BY rowid")
    op.drop_table("delivery")
    op.rename_table("delivery_new", "delivery")
    op.create_index("delivery_due", "delivery", ["state", "next_attempt_at"], unique=False)
    op.create_index(
        "delivery_leased", "delivery", ["lease"], unique=False, sqlite_where=sa.text("lease IS NOT NULL")
    )
