"""What of a list is wanted, which is the same for groups, types, statuses and roles."""

from __future__ import annotations

import pytest

from tests.desk import Desk


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for call in (
        ("group", "add", "Maßarbeit", "--en", "Made to order"),
        ("type", "add", "Maßarbeit/Entwurf"),
        ("status", "add", "Maßarbeit/Entwurf/Offen", "--progress", "0", "--colour", "#fff"),
        ("role", "add", "Bearbeitung", "--en", "Handling"),
        ("role", "add", "Vertretung", "--position", "0"),
    ):
        desk.do(*call)
    return desk


def names(desk: Desk, noun: str, *options: str) -> list[str]:
    return [thing["name"]["de"] for thing in desk.json(noun, "list", *options)]


def test_a_list_is_narrowed_sorted_and_paged(filled: Desk) -> None:
    """Lists are filtered by name and by whether a thing is deleted, sorted by position or ID, and paged.

    M-073 `plentymsg group list --name TEXT --deleted --sort id --limit 20 --page 2`
    """
    assert names(filled, "group", "--name", "aSSarb") == ["Maßarbeit"], "letter case aside"
    assert names(filled, "group", "--name", "order") == ["Maßarbeit"], "in the other language too"
    assert names(filled, "group", "--name", "nirgends") == []
    filled.do("group", "move", "Amazon", "--before", "All")
    assert names(filled, "group", "--limit", "2") == ["Amazon", "Alle"]
    assert names(filled, "group", "--sort", "id", "--limit", "2") == ["Alle", "Allgemein"]
    assert names(filled, "group", "--sort", "id", "--limit", "2", "--page", "2") == ["eBay", "Kontaktnotizen"]
    filled.do("group", "delete", "Maßarbeit", "--yes")
    assert names(filled, "group", "--name", "Maß") == []
    (gone,) = filled.json("group", "list", "--deleted")
    assert gone["name"]["de"] == "Maßarbeit"
    assert gone["deleted_at"].endswith("+00:00")


def test_what_was_deleted_with_its_parent_is_listed_as_deleted(filled: Desk) -> None:
    filled.do("type", "delete", "Maßarbeit/Entwurf", "--yes")
    assert names(filled, "status", "--deleted", "--type", "Kundenanfrage") == []
    assert names(filled, "status", "--deleted", "--name", "off") == ["Offen"]
    assert names(filled, "type", "--deleted", "--group", "Maßarbeit") == ["Entwurf"]
    filled.do("group", "delete", "Maßarbeit", "--yes")
    assert names(filled, "type", "--deleted") == ["Entwurf"]
    assert "deleted_at" in filled.do("type", "list", "--deleted").splitlines()[0].split("\t")


def test_roles_are_sorted_by_position_or_id(filled: Desk) -> None:
    assert names(filled, "role") == ["Vertretung", "Bearbeitung"]
    assert names(filled, "role", "--sort", "id") == ["Bearbeitung", "Vertretung"]
    assert names(filled, "role", "--name", "handl") == ["Bearbeitung"]
    filled.refused("role", "list", "--sort", "name", code=2)


def test_a_deleted_things_ids_are_listed_but_not_found(filled: Desk) -> None:
    filled.do("role", "delete", "Bearbeitung", "--yes")
    (gone,) = filled.json("role", "list", "--deleted")
    filled.refused("role", "show", str(gone["id"]), code=3)
