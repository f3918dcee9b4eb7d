"""What may be given for a thing, and the one way to say what is wrong with it.

The models here are both what the options of a command fill and what stands in a configuration file. They
are lenient about what is missing, since what is left out is left alone; what a new thing needs besides
its name, `Fields.require` asks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from plentymsg.errors import InvalidInput, NotFound, PlentymsgError

LONGEST_NAME = 500
"""Letters that a name may have."""
HIGHEST_POSITION = 1_000_000
_LONGEST_SHOWN = 60

F = TypeVar("F", bound="Fields")


class Problem(NamedTuple):
    """What is wrong with the value at a path of keys and list indexes."""

    path: tuple[str | int, ...]
    message: str

    @property
    def key(self) -> str:
        return ".".join(map(str, self.path))


def wrong(message: str) -> PydanticCustomError:
    """The error for a validator to raise, with the message as it is shown."""
    return PydanticCustomError("plentymsg", "{message}", {"message": message})


def quoted(value: Any) -> str:
    """A value at fault as it is shown in a sentence: not too long, and a mapping or list only by its kind."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = (
        repr(value)
        if isinstance(value, str)
        else {None: "nothing", True: "true", False: "false"}.get(value, str(value))
    )
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _one_line(text: str) -> str:
    for letter in text:
        kind = unicodedata.category(letter)
        if letter in "\n\r" or kind in ("Zl", "Zp"):
            raise wrong("it contains a line break; write it on one line")
        # Cc: control characters; Cs: bytes that are no UTF-8. The rest of these turn text around (Unicode
        # TR 9), so that it reads as what it is not.
        if kind in ("Cc", "Cs") or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            raise wrong(f"it contains the control character U+{ord(letter):04X}")
    return text


def _storable(text: str) -> str:
    bad = re.search("[\0\ud800-\udfff]", text)
    if bad:
        raise wrong(f"it contains U+{ord(bad.group()):04X}, which is no text")
    return text


Line = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_one_line)]
"""Text of one line, which may be empty."""
Name = Annotated[Line, Field(min_length=1)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=False, max_length=1_000_000), AfterValidator(_storable)
]
"""Text of any number of lines, kept as it is."""
Position = Annotated[int, Field(ge=0, le=HIGHEST_POSITION)]


def _colour_text(value: Any) -> Any:
    if not isinstance(value, str):
        raise wrong(f'{quoted(value)} is no colour; write it in quotes, such as "#ff8800"')
    return value


def _hex_colour(text: str) -> str:
    digits = text.removeprefix("#").lower()
    if not re.fullmatch("[0-9a-f]{3}|[0-9a-f]{6}", digits):
        raise wrong(f"{quoted(text)} is no colour; write it as #rrggbb, such as #ff8800")
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _any_colour(text: str) -> str:
    from pydantic_extra_types.color import Color

    try:
        colour = Color(text)
    except PydanticCustomError:
        way_out = "write it as #ff8800, rgb(255, 136, 0) or hsl(32, 100%, 50%)"
        raise wrong(f"{quoted(text)} is no colour; {way_out}") from None
    if len(colour.as_rgb_tuple()) == 4:
        raise wrong(f"{quoted(text)} is transparent; a colour here is opaque")
    return colour.as_hex(format="long")


HexColour = Annotated[str, BeforeValidator(_colour_text), AfterValidator(_hex_colour)]
"""`#RGB` or `#RRGGBB`, also without `#`; becomes `#rrggbb`."""
AnyColour = Annotated[str, BeforeValidator(_colour_text), AfterValidator(_any_colour)]
"""Hexadecimal, `rgb()`, `hsl()` or a name of CSS; becomes `#rrggbb`."""


def _address(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    if not text:
        return text
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as fault:
        raise wrong(f"{quoted(text)} is no e-mail address: {str(fault).rstrip('.')}") from None


Address = Annotated[Line, AfterValidator(_address)]
"""An e-mail address, or empty."""


def domain_in_ascii(text: str) -> str:
    """A domain as it stands in an address, in ASCII and lower case; nothing stays nothing."""
    from email_validator import EmailNotValidError, validate_email

    if not text:
        return text
    try:
        # With the longest part before the @, so that there is room for every address.
        longest = "x" * 64 + "@" + text
        ascii_domain = validate_email(longest, check_deliverability=False, test_environment=True).ascii_domain
    except EmailNotValidError as fault:
        raise wrong(f"{quoted(text)} is no domain: {_said_of_domain(str(fault))}") from None
    return str(ascii_domain).lower()


_OF_ADDRESS = (
    (r"have a (\w+) immediately after the @-sign", r"start with a \1"),
    ("immediately after the @-sign", "at its beginning"),
    ("[Tt]he part after the @-sign|An email address|The email address", "it"),
    ("After the @-sign, | after the @-sign", ""),
)
"""What email-validator says of a domain inside an address, and how that is said of a domain alone."""


def _said_of_domain(sentence: str) -> str:
    for pattern, said in _OF_ADDRESS:
        sentence = re.sub(pattern, said, sentence)
    return sentence.rstrip(".")


Domain = Annotated[Line, AfterValidator(domain_in_ascii)]
"""The part of an address behind the @, in ASCII and lower case; or empty."""


class Fields(BaseModel):
    """Base of what may be given for a noun. A key that is left out is left alone."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """The keys that were given, nested as in a configuration file."""
        return self.model_dump(exclude_unset=True, by_alias=True)

    def require(self, *keys: str) -> None:
        """Raise InvalidInput unless all of `keys` were given: a new thing cannot be without them."""
        missing = [Problem((key,), "it is missing") for key in keys if key not in self.model_fields_set]
        if missing:
            raise refused(missing)


class Names(Fields):
    """A name in German, which is the identity, and in English."""

    de: Name
    en: Name | None = None


def problems_of(fault: ValidationError) -> list[Problem]:
    """What pydantic found, in our words."""
    return [
        Problem(tuple(part for part in error["loc"] if part != "[key]"), _sentence(error))
        for error in fault.errors(include_url=False)
    ]


def refused(problems: list[Problem], hint: str = "See the options with --help.") -> InvalidInput:
    """The error that names all problems."""
    told = "; ".join(
        f"{problem.key}: {problem.message}" if problem.path else problem.message for problem in problems
    )
    return InvalidInput(
        f"{told}.",
        hint=hint,
        details={"problems": [{"key": problem.key, "message": problem.message} for problem in problems]},
    )


@contextmanager
def concerning(key: str) -> Iterator[None]:
    """Note in the details of an error which key of a thing it is about."""
    try:
        yield
    except PlentymsgError as fault:
        fault.details.setdefault("key", key)
        raise


def each_of(*steps: Callable[[], object]) -> None:
    """Take every step, whatever becomes of the others.

    Raises what went wrong in one; InvalidInput with every problem if it was more than one.
    """
    faults: list[PlentymsgError] = []
    for step in steps:
        try:
            step()
        except (InvalidInput, NotFound) as fault:
            faults.append(fault)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise _together(faults)


def _together(faults: Sequence[PlentymsgError]) -> InvalidInput:
    """Several faults as one; each keeps which thing it misses, for who knows why it is missing."""
    told = [
        {**fault.details, "message": f"{fault.message} {fault.hint}".strip().removesuffix(".")}
        for fault in faults
    ]
    problems = [problem for one in told for problem in one.get("problems", [one])]
    message = " ".join(fault.message for fault in faults)
    return InvalidInput(message, hint=faults[0].hint, details={"problems": problems})


def checked(model: type[F], values: Mapping[str, Any]) -> F:
    """`values` as `model`. Raises InvalidInput with every problem."""
    try:
        return model.model_validate(values)
    except ValidationError as fault:
        raise refused(problems_of(fault)) from None


_SENTENCES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such key",
    "string_type": "it must be text, not {value}",
    "bool_type": "it must be true or false, not {value}",
    "int_type": "it must be a whole number, not {value}",
    "int_parsing_size": "{value} is too large",
    "list_type": "it must be a list, not {value}",
    "dict_type": "it must be a mapping of keys to values",
    "model_type": "it must be a mapping of keys to values",
    "string_unicode": "it contains a byte that is no UTF-8 text",
    "string_too_short": "it is empty",
    "too_short": "it is empty",
    "string_too_long": "it has more than {max_length} letters",
    "too_long": "it has more than {max_length} entries",
    "greater_than_equal": "{value} is less than {ge}",
    "less_than_equal": "{value} is more than {le}",
    "literal_error": "{value} is not one of {expected}",
}


def _sentence(error: ErrorDetails) -> str:
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return error["msg"]
    expected = {
        name: str(value).replace("'", "").replace(" or ", ", ")
        for name, value in error.get("ctx", {}).items()
    }
    return sentence.format(value=quoted(error["input"]), **expected)
