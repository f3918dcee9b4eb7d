"""Templates, their parts and versions."""

from __future__ import annotations

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Template(SQLModel, table=True):
    """A template, header, footer or text block (`kind`); its texts are its language versions."""

    __tablename__ = "template"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    folder: str = ""
    kind: str = "template"
    owner_id: int | None = Field(default=None, foreign_key="user_account.id")
    header_id: int | None = Field(default=None, foreign_key="template.id")
    footer_id: int | None = Field(default=None, foreign_key="template.id")


class TemplateFavourite(SQLModel, table=True):
    """A template or text block that a user keeps at hand."""

    __tablename__ = "template_favourite"

    user_id: int = Field(sa_column=reference("user_account.id", on_delete="CASCADE", primary_key=True))
    template_id: int = Field(sa_column=reference("template.id", on_delete="CASCADE", primary_key=True))


class TemplateVariable(SQLModel, table=True):
    """What a variable's values are like: a type, a greatest length, or all there are (`allowed`, JSON)."""

    __tablename__ = "template_variable"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    type: str
    max_length: int | None = None
    allowed: str = "[]"


class TemplateVersion(SQLModel, table=True):
    """A template in one language. `id` is PlentyONE's language ID, which `extends` and `include` name."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("template_id", "language"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    template_id: int = Field(sa_column=reference("template.id", on_delete="CASCADE"))
    language: str
    subject: str = ""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    html: str = Field(default="", sa_column=Column(Text, nullable=False))
