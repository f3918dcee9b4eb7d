"""Whatever a file says: the second time changes nothing, and nothing but our errors comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from plentymsg.errors import InvalidInput, PlentymsgError
from plentymsg.messenger import access
from plentymsg.messenger.setup.change import Change
from plentymsg.provision.apply import apply
from plentymsg.provision.document import read_document
from plentymsg.store.engine import driver_of, session_at

calm = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def session(first_store: Path) -> Iterator[Session]:
    """A session of which nothing is ever committed."""
    with session_at(first_store) as opened:
        yield opened


def applied(session: Session, contents: Any) -> list[Change]:
    document = read_document(json.dumps(contents).encode(), file="x.yaml", folder=Path("/nowhere"))
    return apply(session, access.identify(driver_of(session)), document)


words = st.text(alphabet="aBcäß /\\0,", min_size=1, max_size=5).filter(lambda text: text.strip())
names = st.fixed_dictionaries({"de": words}, optional={"en": st.none() | words})
colours = st.sampled_from(["#ff8800", "F80", "#abc", "000000"])
positions = st.integers(0, 20)
statuses = st.fixed_dictionaries(
    {"name": names, "progress": st.sampled_from(range(0, 101, 10)), "colour": colours},
    optional={"position": positions},
)
types = st.fixed_dictionaries(
    {"name": names}, optional={"position": positions, "statuses": st.lists(statuses, max_size=2)}
)
group_options = {"position": positions, "visible": st.booleans(), "types": st.lists(types, max_size=2)}
groups = st.one_of(
    st.fixed_dictionaries({"name": names}, optional=group_options),
    st.fixed_dictionaries({"system": st.sampled_from(["amazon", "ebay", "all"])}, optional=group_options),
)
tags = st.fixed_dictionaries(
    {
        "name": words,
        "colour": colours,
        "availabilities": st.lists(st.sampled_from(["messenger", "order"]), min_size=1),
    },
    optional={"translations": st.dictionaries(st.sampled_from(["de", "en", "pl"]), st.none() | words)},
)
roles = st.fixed_dictionaries({"name": names}, optional={"position": positions})
sections = st.sampled_from(["CRM", "Kommentare", "setup/tag", "CRM > Messenger > Read", "Comments > Read"])
role_names = st.sampled_from(["Support", "lager", "SUPPORT"])
access_roles = st.fixed_dictionaries(
    {"name": role_names},
    optional={
        "advanced": st.booleans(),
        "presets": st.lists(st.sampled_from(["messenger", "tags"]), max_size=2),
        "rights": st.lists(sections, max_size=3),
        "visibilities": st.lists(
            st.sampled_from(["CRM", "crm > messenger > see", "Setup > Settings > Tags"]), max_size=2
        ),
    },
)
users = st.fixed_dictionaries(
    {"login": st.sampled_from(["eva.berg", "jan.kiefer", "Eva.Berg"])},
    optional={
        "name": words,
        "admin": st.booleans(),
        "active": st.booleans(),
        "access_roles": st.lists(role_names, max_size=2),
        "time_zone": st.sampled_from(["Europe/Paris", "UTC"]),
    },
)
versions = st.fixed_dictionaries(
    {"language": st.sampled_from(["de", "en", "all"]), "text": st.sampled_from(["x", " {{ text }}\n"])},
    optional={"subject": words, "html": st.just("<p>{{ text }}</p>")},
)
templates = st.fixed_dictionaries(
    {"name": words, "versions": st.lists(versions, min_size=1, max_size=2)},
    optional={
        "folder": words,
        "kind": st.sampled_from(["template", "header", "footer", "text_block"]),
        "owner": st.sampled_from(["eva.berg", "", None]),
        "header": words,
        "footer": st.none() | words,
    },
)
servers = {
    "host": st.just("localhost"),
    "username": st.just("u"),
    "encryption": st.sampled_from(["ssl", "starttls", "none"]),
}
channels = st.fixed_dictionaries(
    {"name": words},
    optional={
        "marketplace": st.sampled_from([None, "bol", "Shopify"]),
        "active": st.booleans(),
        "default": st.booleans(),
        "group": st.sampled_from(["General", "allgemein", "Amazon"]),
        "type": st.sampled_from([None, "Complaint", "Retoure"]),
        "since": st.dates().map(str),
        "incoming": st.none() | st.fixed_dictionaries(servers, optional={"port": st.integers(1, 65535)}),
        "outgoing": st.fixed_dictionaries(
            {**servers, "sender_email": st.just("a@x.example")},
            optional={"password": st.just({"env": "X"}), "sender_name": words},
        ),
        "templates": st.fixed_dictionaries({}, optional={"new": st.just("Messenger default NEW")}),
    },
)
requirements = st.fixed_dictionaries(
    {
        "marketplace": st.sampled_from(["any", "eBay", "amazon", "real"]),
        "rule": st.sampled_from(["PM201", "no-order"]),
    },
    optional={
        "severity": st.sampled_from(["error", "warning", "off"]),
        "from": st.dates().map(str),
        "until": st.none() | st.dates().map(str),
        "reason": words,
    },
)
packs = st.one_of(
    st.fixed_dictionaries(
        {"name": st.just("Plentyone"), "enabled": st.booleans()}, optional={"reason": words}
    ),
    st.fixed_dictionaries(
        {"name": st.sampled_from(["own", "Own", "other"])},
        optional={
            "enabled": st.booleans(),
            "summary": words,
            "marketplaces": st.just([{"key": "real", "name": "Real", "relays": ["real.*"]}]),
            "requirements": st.lists(requirements, max_size=3),
        },
    ),
)
documents = st.fixed_dictionaries(
    {"version": st.just(1)},
    optional={
        "settings": st.fixed_dictionaries({}, optional={"live_mode": st.booleans(), "client_name": words}),
        "groups": st.lists(groups, max_size=3),
        "tags": st.lists(tags, max_size=3),
        "roles": st.lists(roles, max_size=3),
        "access_roles": st.lists(access_roles, max_size=2),
        "users": st.lists(users, max_size=2),
        "templates": st.lists(templates, max_size=2),
        "packs": st.lists(packs, max_size=3),
        "channels": st.lists(channels, max_size=3),
    },
)


@calm
@given(first=documents, second=documents)
def test_what_has_been_applied_is_unchanged_the_next_time(
    session: Session, first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Whatever the store was before: the second file meets what the first one left."""
    for contents in (first, second):
        with session.begin_nested() as savepoint:
            try:
                applied(session, contents)
            except InvalidInput:  # the same name twice, for example
                savepoint.rollback()
                continue
            assert [change for change in applied(session, contents) if change.changed] == []
    session.rollback()


KEYS = """
version settings groups channels tags templates users roles name de system types statuses versions language
access_roles rights presets visibilities advanced signature_html_file time_zone
text incoming outgoing password owners role user new login colour host path protocol default since type
packs requirements marketplaces marketplace rule severity words limit allowed from until reason key relays
any PM201
"""
keys = st.sampled_from(KEYS.split())
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | keys
garbage = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@calm
@given(
    contents=st.dictionaries(keys, st.lists(st.dictionaries(keys, garbage, max_size=4), max_size=2) | garbage)
)
def test_garbage_is_refused_and_nothing_else_happens(session: Session, contents: dict[str, Any]) -> None:
    codes = {0}
    try:
        applied(session, {**contents, "version": 1})
    except PlentymsgError as error:
        codes.add(error.exit_code)
    finally:
        session.rollback()
    assert codes <= {0, 2, 4}


def test_a_client_goes_with_the_file_that_takes_it_from_its_tag(session: Session) -> None:
    """One file may replace a client in the settings and in the tags that have it."""
    tag = {"name": "Vintage", "colour": "#ff8800", "availabilities": ["variation"]}

    def shop_of(client: str) -> dict[str, Any]:
        return {"version": 1, "settings": {"clients": [client]}, "tags": [{**tag, "clients": [client]}]}

    with session.begin_nested() as undone:
        applied(session, shop_of("Old shop"))
        applied(session, shop_of("New shop"))
        assert not any(change.changed for change in applied(session, shop_of("New shop")))
        undone.rollback()


def test_the_last_admin_hands_over_within_one_file(session: Session) -> None:
    """Whoever is to be an admin becomes one first, wherever in the file they stand."""
    old = access.identify(driver_of(session)).login
    users = [{"login": old, "admin": False}, {"login": "anna.admin", "admin": True}]
    with session.begin_nested() as undone:
        done = {
            change.name: change.thing["admin"] for change in applied(session, {"version": 1, "users": users})
        }
        assert done == {old: False, "anna.admin": True}
        undone.rollback()


def test_a_login_that_is_too_short_is_told_at_its_own_place(session: Session) -> None:
    """Not only the account is pointed at, but its login."""
    with pytest.raises(InvalidInput) as refusal:
        applied(session, {"version": 1, "users": [{"name": "Eva", "login": "eva"}]})
    assert "users[0].login: 'eva' is too short" in str(refusal.value) + str(refusal.value.details)
