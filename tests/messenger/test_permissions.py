"""The permission tree, and how its rights may be written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import NotFound
from plentymsg.messenger import access
from plentymsg.messenger.permissions import PRESETS, TREE, VISIBILITIES, Tree, ticked_by

PATHS = [entry.path for entry in TREE.entries]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("CRM > Messenger > Read", "CRM > Messenger > Read"),
        ("crm>messenger>read", "CRM > Messenger > Read"),
        ("CRM » Messenger » Ownership", "CRM > Messenger > Ownership"),
        ("CRM » Messenger » Owner", "CRM > Messenger > Ownership"),
        ("CRM/Nachricht/Erstellen", "CRM > Message > Create"),
        ("  crm /messenger>  eignerschaft ", "CRM > Messenger > Ownership"),
        ("Kommentare > Lesen", "Comments > Read"),
        ("Einrichtung > Tag > Tag-Verknüpfung > Löschen", "Setup > Tag > Tag relationship > Delete"),
        ("setup > tag > tag   relationship > delete", "Setup > Tag > Tag relationship > Delete"),
        ("Setup > Tag > Tag-Verknu\u0308pfung > Erstellen", "Setup > Tag > Tag relationship > Create"),
    ],
)
def test_a_right_is_found_as_people_write_it(written: str, right: str) -> None:
    assert TREE.expand([written]) == [right]


@given(
    st.sampled_from(TREE.entries + VISIBILITIES.entries),
    st.booleans(),
    st.sampled_from([str.upper, str.lower, str.title, str.strip]),
    st.sampled_from([">", " > ", "»", " » ", "/", "  /  "]),
)
def test_every_path_is_found_in_both_languages_in_any_case(entry, german, case, sign) -> None:  # type: ignore[no-untyped-def]
    tree = TREE if entry in TREE.entries else VISIBILITIES
    parts = (entry.german if german else entry.path).split(" > ")
    assert tree.named(sign.join(case(part) for part in parts)).path == entry.path


def test_a_section_stands_for_all_rights_under_it() -> None:
    assert TREE.expand(["Setup > Tag"]) == [
        *(f"Setup > Tag > {verb}" for verb in ("Read", "Create", "Update", "Delete")),
        "Setup > Tag > Tag relationship > Create",
        "Setup > Tag > Tag relationship > Delete",
    ]
    everything = [entry.path for entry in TREE.entries if not entry.is_section]
    assert TREE.expand(["Comments", "crm", "Setup", "CRM > Message > Read"]) == everything
    assert all(right in everything for right in (access.OWNERSHIP, access.TEMPLATE_DELETE))


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Ownership", "CRM > Messenger > Ownership"),
        ("Messenger > Lesen", "CRM > Messenger > Read"),
        ("CRM > Mesenger > Read", "CRM > Messenger > Read"),
        ("Setup > Tags > Read", "Setup > Tag > Read"),
    ],
)
def test_an_unknown_right_gets_the_nearest(written: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        TREE.named(written)
    assert repr(written) in caught.value.message
    assert near in caught.value.hint


@pytest.mark.parametrize("tree", [TREE, VISIBILITIES])
@given(text=st.text(max_size=200) | st.sampled_from(PATHS).map(lambda path: path * 500))
def test_any_other_text_is_no_right(tree: Tree, text: str) -> None:
    with suppress(NotFound):
        assert tree.named(text) in tree.entries


def test_the_presets_are_those_of_the_manual() -> None:
    assert TREE.expand(PRESETS["tags"]) == TREE.expand(["Setup > Tag"])
    assert TREE.expand(PRESETS["emailbuilder"]) == TREE.expand(["CRM > EmailBuilder"])
    assert set(PRESETS["messenger"]) == {
        "CRM > Message > Read",
        "CRM > Message > Create",
        "CRM > Messenger > Read",
        "CRM > Messenger > Update",
        "CRM > Messenger > Create",
        "Comments > Read",
        "Comments > Create",
        "Setup > Tag > Read",
        "Setup > Tag > Create",
    }


def test_every_visibility_ticks_rights_that_there_are_and_never_ownership() -> None:
    for entry in VISIBILITIES.entries:
        ticked = ticked_by(entry.leaves)
        assert ticked, entry.path
        assert TREE.expand(ticked) == ticked
        assert access.OWNERSHIP not in ticked


def test_seeing_the_messenger_and_working_in_it_are_different_ticks() -> None:
    see = {"CRM > Message > Read", "CRM > Messenger > Read", "Comments > Read", "Setup > Tag > Read"}
    assert set(ticked_by(["CRM > Messenger > See"])) == see
    assert set(ticked_by(["CRM > Messenger > Edit"])) == see | {"CRM > Messenger > Update"}
    assert set(ticked_by(VISIBILITIES.expand(["CRM > Messenger"]))) >= set(PRESETS["messenger"])
