"""Contacts and orders."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Contact(SQLModel, table=True):
    """A customer. The ID is PlentyONE's. `details` are further template variables of it, as flat JSON.

    Addresses are kept in lower case, here and in orders, so that an index finds them.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_by_external_id", "external_id"),
        Index("contact_by_number", "number"),
        Index("contact_by_private_email", "email_private"),
        Index("contact_by_work_email", "email_work"),
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = ""
    number: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    title: str = ""
    gender: str = ""
    language: str = ""
    email_private: str = ""
    email_work: str = ""
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))


class SalesOrder(SQLModel, table=True):
    """An order. The ID is PlentyONE's. `details` are further template variables of it, as flat JSON."""

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("order_by_external_id", "external_id"),
        Index("order_by_contact", "contact_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = ""
    contact_id: int | None = Field(default=None, sa_column=reference("contact.id", nullable=True))
    referrer: str = ""
    status: str = ""
    created_at: str = ""
    currency: str = ""
    total: str = ""
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))


class OrderItem(SQLModel, table=True):
    """A line of an order."""

    __tablename__ = "order_item"

    order_id: int = Field(sa_column=reference("sales_order.id", on_delete="CASCADE", primary_key=True))
    place: int = Field(primary_key=True)
    name: str
    quantity: str = "1"
    price: str = ""
    number: str = ""


class PostalAddress(SQLModel, table=True):
    """An address of a contact or of an order: `kind` is `invoice` or `delivery`."""

    __tablename__ = "postal_address"
    __table_args__ = (
        Index("address_of_contact", "contact_id"),
        Index("address_of_order", "order_id"),
        Index("address_by_email", "email"),
        CheckConstraint("(contact_id IS NULL) <> (order_id IS NULL)", name="address_of_one"),
        CheckConstraint("kind IN ('invoice', 'delivery')", name="address_kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int | None = Field(
        default=None, sa_column=reference("contact.id", on_delete="CASCADE", nullable=True)
    )
    order_id: int | None = Field(
        default=None, sa_column=reference("sales_order.id", on_delete="CASCADE", nullable=True)
    )
    kind: str
    is_primary: bool = False
    company: str = ""
    first_name: str = ""
    last_name: str = ""
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    telephone: str = ""
