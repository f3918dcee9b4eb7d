"""Mail addresses: reading them from hostile headers, and making them fit for the wire."""

from __future__ import annotations

import re

from plentymsg.errors import InvalidInput
from plentymsg.mail.header import decode_words
from plentymsg.mail.message import Address

# A quoted string, an angle address, one special character, or a run of anything else. Quotes and
# brackets that are never closed run to the end, so that nothing is read twice.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|[(),;:]|[^"<(),;:]+')
_UNCLOSED = re.compile(r'"(?:[^"\\]|\\.)*|<[^<>]*', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")
_ROUTE = re.compile(r"@[^:]*:")
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"  # RFC 5322, section 3.2.3
_DOT_ATOM = re.compile(rf"{_ATEXT}+(?:\.{_ATEXT}+)*")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])+"')
_NEEDLESSLY_QUOTED = re.compile(rf'"((?:{_ATEXT}|\.)+)"(@.*)')
_TO_BE_QUOTED = re.compile(
    r"[!#-+\--:=?A-\[\]-~]+"
)  # all that is printed but space " , ; < > @ and backslash
_DOMAIN = re.compile(rf"(?:{_ATEXT}|\.)+|\[[A-Za-z0-9.:-]+\]")
_MAX_EMAIL = 320  # RFC 5321, section 4.5.3.1: 64 for the local part, 255 for the domain


def read_addresses(value: str) -> tuple[Address, ...]:
    """The addresses in an unfolded header value (RFC 5322, section 3.4).

    Whatever stands there comes out: what is no address at all is kept as a name without one. Names
    of groups (`undisclosed-recipients:;`) are left out. Never raises; takes linear time.
    """
    tokens = _tokens(value)
    has_comments = tokens.count("(") == tokens.count(")")
    found: list[Address] = []
    words: list[str] = []
    comments: list[str] = []
    angle: str | None = None
    depth = 0
    for piece in tokens:
        if has_comments and piece == "(":
            depth += 1
        elif depth:
            depth -= piece == ")"
            comments.append(piece.replace(")", ""))
        elif piece in ",;":
            found += _address(words, comments, angle)
            words, comments, angle = [], [], None
        elif piece == ":" and angle is None and not any("@" in word for word in words):
            words = []  # what stood before was the name of a group
        elif piece.startswith("<") and angle is None:
            angle = piece[1:].removesuffix(">")
        else:
            words.append(piece)
    return tuple(found + _address(words, comments, angle))


def _tokens(value: str) -> list[str]:
    tokens: list[str] = _TOKEN.findall(value)
    if tokens and _UNCLOSED.fullmatch(tokens[-1]):  # it took all the rest with it: read that without it
        rest = tokens.pop()[1:].replace('"', " ")
        tokens += _TOKEN.findall(rest)
    return tokens


def _address(words: list[str], comments: list[str], angle: str | None) -> list[Address]:
    """None or one address from the pieces between two commas."""
    if angle is None:
        spec = _find_spec(words)
        name = "".join(comments)
        if not name and not spec.startswith('"'):
            name = "".join(map(_unquote, words)).replace(spec, "")
    else:
        spec = angle
        name = "".join(map(_unquote, words)).strip() or "".join(comments)
    email = _tidy(spec)
    if spec and not email:
        name = f"{name} {spec}"
    name = " ".join(decode_words(name).split())
    return [Address(name, email)] if name or email else []


def _find_spec(words: list[str]) -> str:
    """The address among words without brackets: the first with an @, or all if the local part is quoted."""
    joined = "".join(words).strip()
    if joined.startswith('"'):
        return joined if "@" in joined else ""
    return next((word for word in joined.split() if "@" in word), "")


def _unquote(token: str) -> str:
    if not token.startswith('"'):
        return token
    return _ESCAPED.sub(r"\1", token[1:].removesuffix('"'))


def _tidy(spec: str) -> str:
    email = _ROUTE.sub("", spec, count=1) if spec.startswith("@") else spec
    email = email.strip() if email.lstrip().startswith('"') else "".join(email.split())
    email = _NEEDLESSLY_QUOTED.sub(r"\1\2", email)  # the same address (RFC 5321, section 4.1.2)
    return email if len(email) <= _MAX_EMAIL else ""


def wire_address(email: str) -> str:
    """`email` as SMTP takes it: ASCII, the domain in punycode (RFC 5891).

    What carriers gave out against the rules, such as `foo..bar@example.jp`, is quoted, which makes it
    the same address by the rules (RFC 5321, section 4.1.2).

    Raises `InvalidInput` if it is no address, or one that needs SMTPUTF8 (RFC 6531).
    """
    local, at, domain = email.rpartition("@")
    if not (at and local and domain):
        raise InvalidInput(
            f"{email!r} is not an e-mail address.", hint="An address looks like name@example.com."
        )
    if not local.isascii():
        raise InvalidInput(
            f"{email!r} has letters before the @ that mail servers do not all take.",
            hint="Use an address with plain letters (a-z) before the @.",
        )
    wire = f"{_wire_local(local)}@{_wire_domain(domain, email)}"
    if wire.startswith("@") or not _DOMAIN.fullmatch(wire.rpartition("@")[2]) or len(wire) > _MAX_EMAIL:
        raise InvalidInput(
            f"{email!r} is not an e-mail address.", hint="An address looks like name@example.com."
        )
    return wire


def _wire_local(local: str) -> str:
    """The part before the @, in quotes where it needs them; empty if it cannot be one."""
    if _DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local):
        return local
    return f'"{local}"' if _TO_BE_QUOTED.fullmatch(local) else ""


def _wire_domain(domain: str, email: str) -> str:
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise InvalidInput(
            f"The domain of {email!r} does not exist as written.", hint="Check the part after the @."
        ) from error
