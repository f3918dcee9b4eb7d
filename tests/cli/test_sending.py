"""What `send` and `conversation reply` tell about the message itself: what was mended, what is doubtful."""

from __future__ import annotations

import json

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel

DOUBTFUL = "Guten Tag,\n\nDanke.De rien, gern"
WORDS = ("--to", "petra@example.com", "--subject", "Regal")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A channel of a marketplace, and a conversation in it."""
    add_channel(desk, "Amazon", "--marketplace", "amazon")
    desk.do("send", "--channel", "Amazon", *WORDS, "--text", "Guten Tag", "--fix")
    return desk


@pytest.mark.parametrize(
    "command", [("send", "--channel", "Amazon", *WORDS, "--fix"), ("conversation", "reply", "1", "--fix")]
)
def test_what_was_mended_is_shown_as_a_diff_beside_the_result(shop: Desk, command: tuple[str, ...]) -> None:
    done = shop.run(*command, "--text", DOUBTFUL, "--json")
    assert done.code == 0
    assert {"--- text", "-Danke.De rien, gern", "+Danke. De rien, gern"} <= set(done.err.splitlines())
    assert json.loads(done.out)["state"] == "captured"


def test_html_that_was_made_of_the_text_is_not_shown_again(shop: Desk) -> None:
    done = shop.run("conversation", "reply", "1", "--text", DOUBTFUL, "--fix")
    assert (done.err.count("--- text"), done.err.count("--- html")) == (1, 0)


def test_a_subject_that_was_mended_is_shown(shop: Desk) -> None:
    done = shop.run("send", "--channel", "Amazon", *WORDS, "--text", "Guten Tag", "--fix")
    assert {"-Regal", "+[Wichtig] Regal"} <= set(done.err.splitlines())


def test_nothing_is_shown_where_nothing_was_mended(shop: Desk) -> None:
    done = shop.run("conversation", "reply", "1", "--subject", "Wichtig", "--text", "Danke.", "--fix")
    assert (done.code, "---" in done.err, "PM" in done.err) == (0, False, False)


def test_a_warning_says_where_and_which_words_are_meant(shop: Desk) -> None:
    done = shop.run("conversation", "reply", "1", "--subject", "Wichtig", "--text", DOUBTFUL)
    assert done.code == 0
    assert "Warning: text:3:1 PM201 Amazon may take this for a link. “Danke.De”" in done.err.splitlines()


def test_quiet_says_none_of_it(shop: Desk) -> None:
    done = shop.run("--quiet", "conversation", "reply", "1", "--text", DOUBTFUL, "--fix")
    assert (done.code, done.err) == (0, "")


def test_what_a_text_hides_does_not_reach_the_terminal(shop: Desk) -> None:
    done = shop.run("conversation", "reply", "1", "--text", "Danke.De rien \u202egern", "--fix")
    assert done.code == 0
    assert "+Danke. De rien" in done.err
    assert "\u202e" not in done.err
