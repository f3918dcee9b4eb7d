"""Links: tags on records, by the kind and ID of the record and the ID of the tag."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.messenger.link_file import Link, read
from plentymsg.store.engine import session_at
from plentymsg.store.tables import Contact, SalesOrder
from tests.cli.test_group import converse
from tests.cli.test_tag import KINDS, grant
from tests.desk import Desk

HEADER = "kind,record_id,tag_id\n"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with a tag for each kind, whose IDs go by the order of `KINDS`, and a contact and an order."""
    for kind in KINDS:
        desk.do("tag", "add", f"for {kind}", "--colour", "red", "--availabilities", kind)
    with session_at(desk.store) as session:
        session.add(Contact(id=7))
        session.add(SalesOrder(id=4711))
        session.commit()
    return desk


def tag_for(kind: str) -> int:
    return KINDS.index(kind) + 1


def imported(desk: Desk, *lines: str) -> dict[str, object]:
    """What an import of these lines did."""
    done: dict[str, object] = desk.json("tag", "link", "import", "-", stdin="\n".join(lines).encode())
    return done


def problems(desk: Desk, *lines: str) -> list[str]:
    """What is wrong with an import of these lines, which must be refused."""
    stdin = "\n".join(lines).encode()
    error = desk.refused("tag", "link", "import", "-", stdin=stdin, code=2)
    return [f"{problem['where']}: {problem['message']}" for problem in error["problems"]]


def test_a_link_is_of_a_kind_that_its_tag_is_for(shop: Desk) -> None:
    """A link names kind and record; a tag for orders goes on orders, not on reorders or redistributions.

    M-079 `plentymsg tag link import links.csv`
    """
    conversation = converse(shop, 1)
    records = {"contact": 7, "order": 4711, "messenger": conversation, "messageBillable": conversation}
    lines = [f"{kind},{records.get(kind, 99)},{tag_for(kind)}" for kind in KINDS]
    assert imported(shop, *lines) == {"changed": True, "links": 8, "added": 8}
    found = {(link["kind"], link["record_id"], link["tag_id"]) for link in shop.json("tag", "link")}
    assert found == {(kind, records.get(kind, 99), tag_for(kind)) for kind in KINDS}
    order = tag_for("order")
    assert problems(
        shop, f"reorder,1,{order}", f"redistribution,1,{order}", f"order,4711,{tag_for('reorder')}"
    ) == [
        f"stdin:1: the tag 'for order' ({order}) is not available for reorder",
        f"stdin:2: the tag 'for order' ({order}) is not available for redistribution",
        f"stdin:3: the tag 'for reorder' ({tag_for('reorder')}) is not available for order",
    ]


def test_links_are_imported_by_the_ids_of_tags(shop: Desk, tmp_path: Path) -> None:
    """Links are imported from a CSV by the tags' IDs, all or none; every wrong line is told, and why.

    M-106 `plentymsg tag link import links.csv`
    """
    variation = tag_for("variation")
    file = tmp_path / "links.csv"
    file.write_text(f"{HEADER}variation,1001,{variation}\nvariation,1002,{variation}\n")
    assert shop.do("tag", "link", "import", str(file)) == "Added 2 of 2 links.\n"
    again = shop.json("tag", "link", "import", str(file))
    assert again == {"changed": False, "links": 2, "added": 0}
    file.write_text(
        f"{HEADER}variation,1003,{variation}\nvariation,1004,999\nticket,1,{variation}\n"
        f"contact,8,{tag_for('contact')}\norder,12,{tag_for('order')}\nmessenger,5,{tag_for('messenger')}\n"
        f"variation,x,{variation}\nvariation,1,Urgent\nvariation\nvariation,-1,{variation}\n"
    )
    done = shop.run("tag", "link", "import", str(file))
    assert done.code == 2
    assert [line.strip().removeprefix(f"{file}:") for line in done.err.splitlines()[1:-1]] == [
        "3: there is no tag 999",
        f"4: there is no kind 'ticket'; there is {', '.join(kinds_in_order())}",
        "5: there is no contact 8",
        "6: there is no order 12",
        "7: there is no conversation 5",
        "8: record_id: 'x' is no ID",
        "9: tag_id: 'Urgent' is no ID",
        "10: it does not have kind, record_id, tag_id",
        "11: record_id: '-1' is no ID",
    ]
    assert len(shop.json("tag", "link")) == 2


def kinds_in_order() -> list[str]:
    from plentymsg.messenger.tag_search import AVAILABILITIES

    return list(AVAILABILITIES)


def test_a_link_to_a_conversation_is_a_tag_on_it(shop: Desk) -> None:
    conversation = converse(shop, 1)
    tag = tag_for("messenger")
    shop.do("tag", "set", str(tag), "--availabilities", "messenger,messageBillable")
    twice = (f"messenger,{conversation},{tag}", f"messageBillable,{conversation},{tag}")
    assert imported(shop, *twice)["added"] == 1
    assert shop.json("conversation", "list", "--tag", "for messenger")[0]["tags"] == ["for messenger"]
    line = next(line for line in shop.history() if line["kind"] == "conversation")
    assert (line["kind"], line["before"], line["after"]) == (
        "conversation",
        {"tags": []},
        {"tags": ["for messenger"]},
    )
    assert shop.json("tag", "link", "list", "--tag", str(tag)) == [
        {"tag_id": tag, "tag": "for messenger", "kind": "messenger", "record_id": conversation}
    ]


def test_links_to_conversations_take_the_right_to_change_these(shop: Desk) -> None:
    conversation = converse(shop, 1)
    shop.do("user", "add", "jan.kiefer")
    grant(shop, "jan.kiefer", "Setup > Tag > Tag relationship > Create", "CRM > Messenger > Read")
    shop.become("jan.kiefer")
    stdin = f"messenger,{conversation},{tag_for('messenger')}".encode()
    error = shop.refused("tag", "link", "import", "-", stdin=stdin, code=5)
    assert error["missing"] == ["CRM > Messenger > Update"]
    assert imported(shop, f"variation,1,{tag_for('variation')}")["added"] == 1


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffkind;record_id;tag_id\r\nvariation;5;8\r\n\r\n",
        "tag,tag_id,kind,record_id\n=evil,8,VARIATION, 5 \n",
        "variation,5,8",
        '"variation","5","8"\nvariation,5,8\n',
    ],
    ids=["excel", "columns", "no header", "twice"],
)
def test_what_spreadsheets_save_can_be_read(shop: Desk, content: str) -> None:
    assert shop.json("tag", "link", "import", "-", stdin=content.encode())["added"] == 1
    assert shop.json("tag", "link")[0]["record_id"] == 5


def test_what_was_listed_can_be_imported(shop: Desk) -> None:
    imported(shop, f"variation,1,{tag_for('variation')}", f"contact,7,{tag_for('contact')}")
    listed = shop.do("tag", "link", "list", "--format", "csv")
    assert imported(shop, listed) == {"changed": False, "links": 2, "added": 0}


def test_links_are_listed_by_tag_kind_and_page(shop: Desk) -> None:
    variation, contact = tag_for("variation"), tag_for("contact")
    imported(shop, f"variation,1,{variation}", f"variation,2,{variation}", f"contact,7,{contact}")
    assert len(shop.json("tag", "link", "list", "--tag", "for variation")) == 2
    assert [link["record_id"] for link in shop.json("tag", "link", "list", "--kind", "contact")] == [7]
    assert [link["record_id"] for link in shop.json("tag", "link", "--limit", "1", "--page", "3")] == [2]
    shop.refused("tag", "link", "list", "--kind", "ticket", code=2)
    shop.refused("tag", "link", "list", "--tag", "nope", code=3)


def test_a_dry_run_links_nothing(shop: Desk) -> None:
    stdin = f"variation,1,{tag_for('variation')}".encode()
    assert "Would have added 1 of 1" in shop.do("tag", "link", "import", "-", "--dry-run", stdin=stdin)
    assert shop.json("tag", "link") == []


@pytest.mark.parametrize(
    "content",
    [
        b"kind,record_id\nvariation,1\n",
        b"\xff\xfe",
        b"variation,1," + b"9" * 5000,
        b"x" * 200_000,
        b'"\nvariation',
    ],
    ids=["no column", "no UTF-8", "huge ID", "huge cell", "open quote"],
)
def test_what_is_no_list_of_links_is_refused(shop: Desk, content: bytes) -> None:
    error = shop.refused("tag", "link", "import", "-", stdin=content, code=2)
    assert len(error["message"]) < 400


def test_an_empty_file_has_no_links(shop: Desk) -> None:
    assert imported(shop, "") == {"changed": False, "links": 0, "added": 0}


@given(st.text())
def test_any_text_is_links_or_problems(text: str) -> None:
    try:
        links, wrong = read(text, "x.csv")
    except InvalidInput:
        return
    assert len(links) + len(wrong) <= text.count("\n") + text.count("\r") + 1
    assert all(link.record_id > 0 and link.tag_id > 0 for link in links)


_IDS = st.integers(1, 2**63 - 1)


@given(st.lists(st.builds(Link, st.sampled_from(KINDS), _IDS, _IDS, line=st.just(0))))
def test_links_are_read_as_they_were_written(links: list[Link]) -> None:
    text = HEADER + "".join(f"{kind},{record},{tag}\n" for kind, record, tag, _ in links)
    assert [link._replace(line=0) for link in read(text, "x.csv")[0]] == links
