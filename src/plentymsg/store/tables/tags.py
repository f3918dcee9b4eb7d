"""Tags, and what bears them besides conversations and messages."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Tag(SQLModel, table=True):
    """A keyword with a colour (#rrggbb)."""

    __tablename__ = "tag"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    colour: str


class TagAvailability(SQLModel, table=True):
    """One kind of thing that a tag may be put on."""

    __tablename__ = "tag_availability"

    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))
    kind: str = Field(primary_key=True)


class TagTranslation(SQLModel, table=True):
    """A tag's name in another language."""

    __tablename__ = "tag_translation"

    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))
    language: str = Field(primary_key=True)
    name: str


class TagClient(SQLModel, table=True):
    """A client whose customers see a tag on a variation."""

    __tablename__ = "tag_client"

    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))
    client_id: int = Field(sa_column=reference("client.id", primary_key=True))


class TagLink(SQLModel, table=True):
    """A tag on a record that is not a conversation: `kind` is one of the tag's availabilities."""

    __tablename__ = "tag_link"

    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))
    kind: str = Field(primary_key=True)
    record_id: int = Field(primary_key=True)
