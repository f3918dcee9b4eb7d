"""Adding a tag step by step, on a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Outcome, Run
from tests.cli.test_tag import add, grant
from tests.desk import Desk

Answer = Callable[..., Outcome]


@pytest.fixture
def answering(desk: Desk, terminal: Run) -> Answer:
    """Runs `tag add` on a terminal, where somebody types these lines."""

    def run(*lines: str, name: tuple[str, ...] = (), columns: int = 80) -> Outcome:
        typed = "".join(f"{line}\n" for line in lines).encode()
        return terminal("tag", "add", *name, answer=typed, columns=columns, PLENTYMSG_STORE=str(desk.store))

    return run


def test_a_tag_is_asked_for_step_by_step(desk: Desk, answering: Answer) -> None:
    """On a terminal a tag is asked for step by step, and its summary confirmed.

    M-080 `plentymsg tag add`
    """
    done = answering("Collector's item", "hsl(32, 100%, 50%)", "7, order", "y", "c")
    assert done.code == 0
    for step in (
        "Step 1 of 3: name and colour",
        "  7  messenger",
        "Step 3 of 3: summary",
        "Add this tag? [y/N]",
    ):
        assert step in done.out
    tag = desk.json("tag", "show", "Collector's item")
    assert (tag["colour"], tag["availabilities"]) == ("#ff8800", ["messenger", "order"])
    summary = done.out.partition("summary")[2].partition("Add this tag?")[0]
    assert "#ff8800" in summary
    assert "messenger, order" in summary


def test_then_it_is_opened_or_another_is_created(desk: Desk, answering: Answer) -> None:
    """After that one opens the tag, creates another, or closes.

    M-081 `plentymsg tag add`
    """
    first = ("Vintage", "blue", "variation", "y")
    second = ("Sale", "red", "3", "y")
    done = answering(*first, "a", *second, "x", "o")
    assert [tag["name"] for tag in desk.json("tag")] == ["Sale", "Vintage"]
    assert "Open it, create another, or close? (o, a, c)" in done.out
    assert "'x' is none of o, a and c." in done.out
    opened = done.out.rpartition("(o, a, c)")[2]
    assert "Sale" in opened
    assert "plentymsg tag set 2" in opened


def test_what_is_wrong_is_said_and_asked_again(desk: Desk, answering: Answer) -> None:
    desk.do("settings", "set", "--clients", "Holzweg Shop,Holzweg Outlet")
    add(desk, name="Urgent")
    done = answering(
        *(
            "",
            "urgent",
            "Neu",
            "orangy",
            "#f80",
            "",
            "9",
            "ticket",
            "variation,1",
            "nobody",
            "2,holzweg outlet",
        ),
        *("y", ""),
    )
    for problem in (
        "it is empty",
        "another tag named 'Urgent'",
        "'orangy' is no colour",
        "'9' is not one of",
    ):
        assert problem in done.out
    assert "no client 'nobody'" in done.out
    tag = desk.json("tag", "show", "Neu")
    assert tag["availabilities"] == ["category", "variation"]
    assert tag["clients"] == ["Holzweg Outlet", "Holzweg Shop"]


def test_a_name_that_is_given_is_not_asked_for(desk: Desk, answering: Answer) -> None:
    answering("red", "1", "y", "c", name=("Vintage",))
    assert desk.json("tag", "show", "Vintage")["availabilities"] == ["category"]
    again = answering(name=("Vintage",))
    assert "unchanged" in again.out


@pytest.mark.parametrize("lines", [("Neu", "red", "1", "n"), ("Neu", "red", "\x04"), ("\x03",)])
def test_who_leaves_has_added_nothing(desk: Desk, answering: Answer, lines: tuple[str, ...]) -> None:
    assert answering(*lines).code in (1, 130)
    assert desk.json("tag") == []


def test_nobody_answers_questions_for_nothing(desk: Desk, answering: Answer) -> None:
    account = desk.rows("SELECT login FROM user_account")[0][0]
    desk.rows("UPDATE user_account SET admin = 0 RETURNING 1")
    grant(desk, account, "Setup > Tag > Read")
    done = answering()
    assert done.code == 5
    assert "Setup > Tag > Create" in done.out
    assert "Name" not in done.out


def test_nobody_is_asked_in_a_script(desk: Desk, process: Run, terminal: Run) -> None:
    store = {"PLENTYMSG_STORE": str(desk.store)}
    done = process("tag", "add", stdin=b"Neu\nred\n1\ny\nc\n", **store)
    assert done.code == 2
    assert "--colour and --availabilities" in done.err
    assert done.out == ""
    assert process("tag", "add", "Neu", **store).code == 2
    assert terminal("tag", "add", "--json", **store).code == 2
    assert terminal("tag", "add", "Neu", "--colour", "red", **store).code == 2
    assert desk.json("tag") == []
