"""What may be given for a contact or an order, and the columns under which a file gives it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import wire_address
from plentymsg.messenger.setup.fields import Fields, Line, Problem, problems_of, quoted, wrong
from plentymsg.store.clock import stamp
from plentymsg.templates.variables import ANY, TREE

_HIGHEST_ID = 10**18 - 1


def _as_text(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _as_id(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value.strip()):
        return int(value)
    if isinstance(value, str):
        raise wrong(f"{quoted(value)} is no ID, which is a whole number from 1")
    return value


def _as_id_or_none(value: Any) -> Any:
    return None if value is None or value == "" else _as_id(value)


def _email(text: str) -> str:
    if text:
        try:
            wire_address(text)
        except InvalidInput as fault:
            raise wrong(fault.message.rstrip(".")) from None
    return text.lower()


def _amount(text: str) -> str:
    if text and not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise wrong(f"{quoted(text)} is no amount; write it such as 129.90")
    return text


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is None or len(text) == len("2026-11-01"):
            return text
        return stamp(moment)  # without an offset it is the time of this machine
    except (ValueError, OverflowError):
        way_out = "write it such as 2026-11-01 or 2026-11-01T14:05:00+01:00"
        raise wrong(f"{quoted(text)} is no date; {way_out}") from None


Words = Annotated[Line, BeforeValidator(_as_text), AfterValidator(_composed)]
"""Text of one line. A number is taken as text, nothing as empty."""
Email = Annotated[Words, AfterValidator(_email)]
"""An address that can be written to, in lower case, or empty."""
Amount = Annotated[Words, AfterValidator(_amount)]
Id = Annotated[int, BeforeValidator(_as_id), Field(ge=1, le=_HIGHEST_ID)]
OptionalId = Annotated[Annotated[int, Field(ge=1, le=_HIGHEST_ID)] | None, BeforeValidator(_as_id_or_none)]


class AddressFields(Fields):
    """A postal address."""

    company: Words = ""
    first_name: Words = ""
    last_name: Words = ""
    street: Words = ""
    house_number: Words = ""
    postal_code: Words = ""
    town: Words = ""
    country: Words = ""
    email: Email = ""
    telephone: Words = ""


class OtherAddressFields(AddressFields):
    """An address that is not the primary one of its kind."""

    kind: Literal["invoice", "delivery"]


class CustomerFields(Fields):
    """What contacts and orders have in common."""

    id: Id
    external_id: Words = ""
    invoice: AddressFields | None = None
    delivery: AddressFields | None = None
    details: dict[str, Words | list[Words]] = Field(default_factory=dict)
    """Further variables of templates."""


class ContactFields(CustomerFields):
    """A contact."""

    number: Words = ""
    first_name: Words = ""
    last_name: Words = ""
    company: Words = ""
    title: Words = ""
    gender: Words = ""
    language: Annotated[Words, AfterValidator(str.lower)] = ""
    email_private: Email = ""
    email_work: Email = ""
    other_addresses: list[OtherAddressFields] = Field(default_factory=list)


class ItemFields(Fields):
    """A line of an order."""

    name: Annotated[Words, Field(min_length=1)]
    quantity: Amount = "1"
    price: Amount = ""
    number: Words = ""


class OrderFields(CustomerFields):
    """An order."""

    contact_id: OptionalId = None
    referrer: Words = ""
    status: Words = ""
    created_at: Annotated[Words, AfterValidator(_moment)] = ""
    currency: Words = ""
    total: Amount = ""
    items: list[ItemFields] = Field(default_factory=list)


class Columns(NamedTuple):
    """What a file may give: the keys of a record, and the variables that go into `details`."""

    fields: type[CustomerFields]
    flat: frozenset[str]
    """As the header of a CSV file writes them: `id`, `invoice.town`."""
    variables: frozenset[str]
    open_branches: tuple[str, ...]
    """Branches of the variables, such as `formattedOptions.`, that have more names than are known."""

    def knows(self, name: str) -> bool:
        """Whether a column may be called so."""
        return name in self.flat or self.is_variable(name)

    def is_variable(self, name: str) -> bool:
        """Whether this is one of the further variables of templates."""
        return name in self.variables or (name.startswith(self.open_branches) and name.count(".") == 1)

    def no_such(self, name: str) -> str:
        """The sentence for a column that there is not, with the nearest names."""
        known = sorted({*self.flat, *self.variables}, key=lambda each: (len(each), each))
        within = [each for each in known if len(name) > 2 and name.lower() in each.lower()]
        near = within[:3] or get_close_matches(name[:100], known, n=3, cutoff=0.5)
        return f"there is no column {quoted(name)}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def columns(fields: type[CustomerFields], branch: str, without: str) -> Columns:
    """The columns of a kind of record, and the variables of `branch` that do not match `without`."""
    flat = set(fields.model_fields) - {"invoice", "delivery", "details", "other_addresses", "items"}
    flat |= {f"{kind}.{key}" for kind in ("invoice", "delivery") for key in AddressFields.model_fields}
    leaves = [name for name in _leaves(TREE[branch]) if not re.fullmatch(without, name)]
    open_branches = tuple(name.removesuffix(ANY) for name in leaves if name.endswith(ANY))
    variables = frozenset(name for name in leaves if not name.endswith(ANY))
    return Columns(fields, frozenset(flat), variables, open_branches)


def nested(values: Mapping[str, Any], known: Columns) -> dict[str, Any]:
    """A record with its flat keys where they belong: `invoice.town` in `invoice`, variables in `details`."""
    record: dict[str, Any] = {}
    for name, value in values.items():
        head, point, rest = name.partition(".")
        if name in known.flat and point:
            place, key = record.setdefault(head, {}), rest
        elif name not in known.fields.model_fields and known.is_variable(name):
            place, key = record.setdefault("details", {}), name
        else:
            place, key = record, name
        if not isinstance(place, dict) or key in place:
            raise InvalidInput(f"{name} is given twice.", hint="Give it once.")
        place[key] = value
    return record


def problems(fault: ValidationError, known: Columns) -> list[Problem]:
    """What pydantic found; for a key that there is not, with the nearest names."""
    found = problems_of(fault)
    for place, error in enumerate(fault.errors(include_url=False)):
        if error["type"] == "extra_forbidden" and len(error["loc"]) == 1:
            found[place] = Problem((), known.no_such(str(error["loc"][0])))
    return found


def _leaves(tree: Mapping[str, Any]) -> Iterator[str]:
    for name, below in tree.items():
        if isinstance(below, Mapping):
            yield from (f"{name}.{leaf}" for leaf in _leaves(below))
        elif below is None:
            yield name


CONTACT = columns(
    ContactFields,
    "contact",
    "id|externalId|number|firstName|lastName|fullName|title|gender|lang"
    r"|formattedOptions\.email(Private|Work)|formattedAccounts\.companyName|formattedUser\..*",
)
ORDER = columns(
    OrderFields,
    "order",
    r"id|formattedProperties\.externalOrderId|formattedAddresses\..*|formattedDates\.createdOn.*"
    r"|formattedGeneral\.invoiceTotal|formattedSubtotals\.currencyCode",
)
