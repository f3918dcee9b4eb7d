"""What `--unsafe-fixes` makes of a draft that the stricter packs refuse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.rules.draft import Attachment, Draft
from plentymsg.rules.judge import judge, mend
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy
from tests.rules.corpus import PDF, TODAY, draft, lines, only

EVERYTHING = Policy(shipped())


def mended(code: str, **parts: str) -> Draft:
    return mend(draft("", **parts), only(code), TODAY, unsafe=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "text", "better"),
    [
        ("PM202", "Schreiben Sie an info@shop.de.", "Schreiben Sie an."),
        ("PM202", "Eva <info@shop.de> grüßt", "Eva grüßt"),
        ("PM203", "Tel.: 030 1234567\nGruß", "Tel.\nGruß"),
        ("PM203", "Hallo (030 1234567), Gruß", "Hallo, Gruß"),
        ("PM204", "Danke 😀!", "Danke!"),
        ("PM204", "Danke 👨‍👩‍👧 und 🇩🇪 Gruß", "Danke und Gruß"),
    ],
)
def test_it_is_taken_out_of_the_text(code: str, text: str, better: str) -> None:
    assert mended(code, text=text).text == better


@pytest.mark.parametrize(
    ("code", "html", "better"),
    [
        ("PM202", "<p>an <a href='mailto:a@shop.de'>Eva</a> oder b@shop.de</p>", "<p>an Eva oder</p>"),
        ("PM203", "<p>Ruf <a href='tel:+49301234567'>uns</a> an</p>", "<p>Ruf uns an</p>"),
        ("PM204", "<p>Danke &#128512; Eva</p>", "<p>Danke Eva</p>"),
    ],
)
def test_it_is_taken_out_of_html(code: str, html: str, better: str) -> None:
    assert mended(code, html=html).html == better


def test_a_file_of_the_wrong_type_is_left_out() -> None:
    files = (Attachment("a.exe", "", b"MZ"), Attachment("a.pdf", "", PDF))
    policy = only("PM304", allowed=("pdf",))
    assert mend(draft("", attachments=files), policy, TODAY, unsafe=True).attachments == files[1:]
    assert mend(draft("", attachments=files), policy, TODAY).attachments == files


_WORDS = st.sampled_from(
    [*lines("telephone.txt")[::7], "a@b.de", "info (at) shop.de", "😀", "🇩🇪", "<b>", "</b>", "www.shop.de",
     "<a href='tel:+4930'>", "</a>", "<p>", "Hallo", "(", ")", "&#128512;", "\n", "Bestellung"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=8).map(" ".join))
def test_nothing_is_left_that_can_be_mended(text: str) -> None:
    better = mend(draft("amazon ebay", text=text, html=text), EVERYTHING, TODAY, unsafe=True)
    assert [each for each in judge(better, EVERYTHING, TODAY) if each.fixable] == []
    assert mend(better, EVERYTHING, TODAY, unsafe=True) == better
