"""The variables that a Messenger template can use, and how to fill them.

The names are PlentyONE's. A name of this tree that has no value is *known but empty*: it prints nothing,
and the renderer warns. A name outside of it does not exist, which is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

ANY = "*"
"""Key of a branch that has more names than PlentyONE's manual lists: any name is known there."""

_DOCUMENT = {"html": None, "plain": None}
_ADDRESS = {
    **dict.fromkeys(["name1", "name2", "name3", "name4", "address1", "address2", "address3", "address4"]),
    **dict.fromkeys(["postalCode", "town"]),
    "country": {"name": None},
    "formattedOptions": {"email": None, "telephone": None},
}

TREE: dict[str, Any] = {
    "globals": {
        **dict.fromkeys(["clientName", "webshopId", "emailSender"]),
        "account": dict.fromkeys(["signatureHTML", "signatureText", "EORINumber"]),
        "bank": dict.fromkeys(["owner", "bic", "name", "iban"]),
        "links": {"linkWebstore": None, "linkBasket": None, "linkTermsConditions": None, ANY: None},
        "legalInformation": {
            "cancellationRights": _DOCUMENT,
            "termsConditions": _DOCUMENT,
            "legalDisclosure": _DOCUMENT,
            "privacyPolicy": _DOCUMENT,
            "withdrawalForm": _DOCUMENT,
        },
        "coupons": dict.fromkeys(f"couponCode{number}" for number in range(1, 11)),
    },
    "contact": {
        **dict.fromkeys(["id", "externalId", "number", "firstName", "lastName", "fullName"]),
        **dict.fromkeys(["title", "gender", "lang"]),
        "formattedSalutation": {"label": None},
        "formattedClass": {"name": None},
        "formattedOptions": {
            **dict.fromkeys(["emailPrivate", "emailWork", "emailPayPal", "marketplaceEbay"]),
            ANY: None,
        },
        "formattedUser": dict.fromkeys(["realName", "signatureHtml", "signatureNoHtml"]),
        "formattedAccounts": {"companyName": None},
    },
    "order": {
        **dict.fromkeys(["id", "plentyId", "typeId", "statusId", "statusName"]),
        "formattedProperties": dict.fromkeys(["externalOrderId", "paymentMethod", "sellerAccount"]),
        "formattedReferrer": {"id": None, "name": None},
        "formattedDates": dict.fromkeys(["createdOn", "createdOnDateAndTime", "estimatedDeliveryDate"]),
        "formattedShipping": dict.fromkeys(
            ["providerName", "profileId", "profileName", "trackingURL", "packageNumberList"]
        ),
        "formattedGeneral": {"invoiceTotal": None, "openAmount": None},
        "formattedSubtotals": {"currencyCode": None, "currencySymbol": None},
        "formattedDocuments": {"invoice": None},
        "formattedAddresses": {"invoiceAddress": _ADDRESS, "deliveryAddress": _ADDRESS},
        "orderItems": [
            {
                "quantity": None,
                "orderItemName": None,
                "variation": {"id": None, "itemId": None, "number": None},
                "formattedAmounts": {"grossPrice": None},
            }
        ],
    },
    "messenger": {
        **dict.fromkeys(["uuid", "shortId", "title"]),
        "formattedMessage": dict.fromkeys(
            [
                "conversationFirstMessage",
                "conversationLastMessage",
                "conversationFirstWhisperedMessage",
                "conversationLastWhisperedMessage",
                "conversationHistory",
            ]
        ),
    },
    "text": None,
}
"""The names that are known: None is a value, a mapping a branch, a list of one branch a list of such."""

BLOCKS = "textBlocks"
"""The variable that has the text blocks by their names."""

WHISPERED = frozenset({"conversationFirstWhisperedMessage", "conversationLastWhisperedMessage"})
"""Internal messages: the renderer warns where they are printed, as a mail leaves the system."""


def is_variable(path: str) -> bool:
    """Whether templates know a value by this path: `contact.fullName`, `order.orderItems.quantity`."""
    below: Any = TREE
    for name in path.split("."):
        entries = below[0] if isinstance(below, list) else below
        if not isinstance(entries, dict) or (name not in entries and ANY not in entries):
            return False
        below = entries.get(name)
    return below is None


def name_of(path: str) -> str:
    """The name of the variable at a path: `order.orderItems.quantity` for that of any item."""
    return re.sub(r"\[[0-9]+\]", "", path)


def paths() -> Iterator[str]:
    """The paths of all values that templates know, as far as the names are known."""
    pending: list[tuple[str, Any]] = [("", TREE)]
    while pending:
        path, below = pending.pop()
        entries = below[0] if isinstance(below, list) else below
        if isinstance(entries, dict):
            pending.extend(
                (f"{path}.{name}".lstrip("."), each) for name, each in entries.items() if name != ANY
            )
        else:
            yield path


class PlainText(str):
    """A text without mark-up: in HTML it is escaped and keeps its line breaks, elsewhere it is as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        from plentymsg.templates.values import escape

        lines = str(self).replace("\r\n", "\n").replace("\r", "\n")
        return escape(lines).replace("\n", "<br>\n")


class Formatted(str):
    """A text that has its own HTML, made by whoever passes it in: what a part prints suits the part.

    `| raw` leaves it as it is.
    """

    __slots__ = ("html",)
    html: str

    def __new__(cls, text: str, html: str) -> Formatted:
        new = super().__new__(cls, text)
        new.html = html
        return new

    def __html__(self) -> str:
        return self.html


Read = Callable[[str, object, "Callable[[int], object] | None"], object]
"""What a template is given for a variable: from its path, `order.orderItems[0].quantity`, and its value. For
a list the third is what gives its entry at a place, known or not."""


class Branch(Mapping[str, object]):
    """A mapping that also knows the names that have no value: they give None, or an empty branch or list.

    It iterates over what has a value, and is true if anything has. `path` is where it hangs, and `read`
    is asked for each value that a template reads.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        schema: Mapping[str, Any],
        path: str = "",
        read: Read | None = None,
    ) -> None:
        self._values = values
        self._schema = schema
        self.path = path
        self._read = read

    def __getitem__(self, name: str) -> object:
        value = self._values.get(name)
        if name not in self._schema:
            if value is None and name not in self._values and ANY not in self._schema:
                raise KeyError(name)
            return self._given(name, value)
        schema = self._schema[name]
        if isinstance(schema, list):
            return self._list(name, value, schema[0])
        if isinstance(schema, dict) and (value is None or isinstance(value, Mapping)):
            return Branch(value or {}, schema, self._path_of(name), self._read)
        return self._given(name, value)

    def __contains__(self, name: object) -> bool:
        return name in self._values or name in self._schema or ANY in self._schema

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in self._values.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def having(self, name: str, value: object) -> Branch:
        """The same with one value more."""
        return Branch({**self._values, name: value}, self._schema, self.path, self._read)

    def names(self) -> list[str]:
        """All names, with a value or not, for suggestions."""
        return [name for name in {**self._schema, **self._values} if name != ANY]

    def _path_of(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _given(self, name: str, value: object) -> object:
        return value if self._read is None else self._read(self._path_of(name), value, None)

    def _list(self, name: str, value: object, schema: Mapping[str, Any]) -> object:
        path = self._path_of(name)
        held = value if isinstance(value, (list, tuple)) else ()

        def entry(place: int) -> object:
            item = held[place] if place < len(held) else {}
            if not isinstance(item, Mapping):
                return item
            return Branch(item, schema, f"{path}[{place}]", self._read)

        found = tuple(entry(place) for place in range(len(held)))
        return found if self._read is None else self._read(path, found, entry)


def build(known: Mapping[str, object], read: Read | None = None) -> Branch:
    """The variables of a template from flat values: `{"globals.clientName": "Holzweg", …}`.

    A key is a path with points; a value may also be a nested mapping, and for `order.orderItems` a list of
    mappings, flat or nested. None is the same as leaving the key out. What is not in `TREE` is added to it.
    With `read`, that says what a template gets for each value.
    """
    return Branch(_nested(known), TREE, read=read)


def _nested(flat: Mapping[str, object]) -> dict[str, object]:
    root: dict[str, object] = {}
    for path, value in flat.items():
        *parents, name = path.split(".")
        branch = root
        for parent in parents:
            below = branch.get(parent)
            if not isinstance(below, dict):
                below = branch[parent] = {}
            branch = below
        old = branch.get(name)
        new = _unfolded(value)
        branch[name] = {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else new
    return root


def _unfolded(value: object) -> object:
    if isinstance(value, Mapping):
        return _nested(value)
    if isinstance(value, (list, tuple)):
        return tuple(_unfolded(item) for item in value)
    return value
