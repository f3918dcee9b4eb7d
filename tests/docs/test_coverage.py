"""docs/coverage.md says what the tests show, and leaves nothing out."""

from __future__ import annotations

from tests.docs.coverage import PAGE, REQUIRED, claims, page


def test_the_page_is_what_the_tests_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again with: python -m tests.docs.coverage"


def test_every_line_of_the_set_up_is_shown_by_a_test() -> None:
    shown = {claim.number for claim in claims()}
    assert [number for number in REQUIRED if number not in shown] == []


def test_every_line_has_a_sentence_and_a_command() -> None:
    held = claims()
    told = {claim.number for claim in held if claim.command and claim.sentence}
    assert sorted({claim.number for claim in held} - told) == []
