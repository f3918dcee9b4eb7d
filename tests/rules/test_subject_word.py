"""PM101: the word in the subject, as a robot looks for it, and what puts it there."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plentymsg.rules.judge import judge, mend
from plentymsg.rules.policy import built_in
from tests.desk import Desk
from tests.rules.corpus import TODAY, draft, judged, only


def is_missing(subject: str) -> bool:
    return "PM101" in {each.code for each in judged(draft("amazon", subject=subject))}


def mended(subject: str, text: str = "") -> str:
    return mend(draft("amazon", subject=subject, text=text), built_in(), TODAY).subject


@pytest.mark.parametrize(
    "subject",
    [
        "wIcHtIg",
        "[Important] Your order",
        "[ Wichtig ]",
        "AW: Re: (IMPORTANT) Ihre Bestellung",
        "Bestellung 302-1234567-1234567: wichtig!",
        "Wichtig-Info",
        "Sehr\twichtig\u2026",
        "\u201eWichtig\u201c",
        "W\u00c4RE WICHTIG, \u0130stanbul",
        "wichtig \u0308",
    ],
)
def test_the_word_counts_wherever_it_stands(subject: str) -> None:
    assert not is_missing(subject)


@pytest.mark.parametrize(
    "subject",
    [
        "Wichtiges",
        "unwichtig",
        "Wichtig2",
        "2wichtig",
        "\u00fcberwichtig",
        "Wich\u200btig",  # people read it, a robot does not find it
        "Wich\u00adtig",
        "\ufeffWich\u2060tig",
        "W\u0131cht\u0131g",  # Turkish
        "W\u0130CHT\u0130G",
        "\uff37\uff49\uff43\uff48\uff54\uff49\uff47",  # wide letters
        "Wichti\u0123",
        "Wichtig\u0301",
        "Wichtig\u0323",
        "Wi\u0441htig",  # a Cyrillic letter
        "W i c h t i g",
    ],
)
def test_what_only_looks_like_the_word_does_not_count_and_is_mended(subject: str) -> None:
    assert is_missing(subject)
    better = mended(subject)
    assert better.endswith(f"] {subject}")
    assert not is_missing(better)


@pytest.mark.parametrize(
    ("word", "subject", "counts"),
    [
        ("Gr\u00fc\u00dfe", "GR\u00dcSSE aus Berlin", True),
        ("Gr\u00fc\u00dfe", "GR\u00dc\u1e9eE aus Berlin", True),
        ("Gr\u00fc\u00dfe", "Gru\u0308\u00dfe", True),
        ("Gr\u00fc\u00dfe", "Grusse", False),
        ("Gr\u00fc\u00dfe", "Gr\u00fc\u00dfen", False),
        ("sehr wichtig", "Sehr wichtig: Post", True),
        ("C++", "[C++] Kurs", True),
    ],
)
def test_a_word_of_ones_own_is_found_in_all_its_spellings(word: str, subject: str, counts: bool) -> None:
    found = judge(draft("", subject=subject), only("PM101", words={"de": word}), TODAY)
    assert (found == ()) is counts


@pytest.mark.parametrize(
    ("subject", "better"),
    [
        ("Re: Ihre Bestellung ", "[Wichtig] Re: Ihre Bestellung "),
        ("  Bestellung", "[Wichtig]   Bestellung"),
        ("", "[Wichtig]"),
        (" ", "[Wichtig]"),
    ],
)
def test_the_fix_changes_nothing_but_what_stands_in_front(subject: str, better: str) -> None:
    assert mended(subject, "Hallo, wir haben Ihre Nachricht.") == better


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Guten Tag, Ihre Bestellung ist da.", "Wichtig"),
        ("Hello, your order is on its way.", "Important"),
        ("Bonjour, votre commande est en route.", "Essentiel"),
        ("Buongiorno, il suo ordine è in arrivo.", "Importante"),
        ("Hola, su pedido está en camino.", "Importante (es)"),
        ("Dzień dobry, Państwa zamówienie jest w drodze.", "Ważne"),
        ("Hallo, uw bestelling is onderweg naar u.", "Belangrijk"),
        ("302-1234567-1234567", "Important"),
    ],
)
def test_the_fix_takes_the_word_of_the_messages_language(text: str, word: str) -> None:
    words = {"de": "Wichtig", "en": "Important", "fr": "Essentiel", "it": "Importante"}
    words |= {"es": "Importante (es)", "pl": "Ważne", "nl": "Belangrijk"}
    policy = only("PM101", words=words)
    assert mend(draft("", subject="302", text=text), policy, TODAY).subject == f"[{word}] 302"
    assert mended("302", text) == ("[Wichtig] 302" if word == "Wichtig" else "[Important] 302")


def test_without_a_word_of_the_language_the_first_will_do() -> None:
    policy = only("PM101", words={"nl": "Belangrijk", "pl": "Ważne"})
    assert mend(draft("", subject="Your order"), policy, TODAY).subject == "[Belangrijk] Your order"


_SUBJECTS = st.one_of(
    st.text(),
    st.text(alphabet="WwIi\u0130\u0131cChHtTgG\u200b\u0301[] :mportanIMN"),
    st.builds(
        "{}{}{}".format, st.text(max_size=3), st.sampled_from(["wichtig", "IMPORTANT"]), st.text(max_size=3)
    ),
)


@given(_SUBJECTS, st.text(max_size=20))
@example("\u0301", "")
@example("\u200d", "")
def test_a_mended_subject_passes_and_is_not_mended_again(subject: str, text: str) -> None:
    once = mended(subject, text)
    assert not is_missing(once)
    assert mended(once, text) == once
    assert once.endswith(subject) or not subject.strip()


@given(
    st.text(alphabet=" .,:;!?()[]-/\u00e4\u00df", max_size=8), st.text(alphabet=" .,:;!?()[]/", max_size=8)
)
def test_punctuation_around_it_does_not_hide_the_word(before: str, behind: str) -> None:
    assert not is_missing(f"{before} wichtig{behind}")


def test_a_subject_of_nothing_but_accents_costs_no_more_than_its_length() -> None:
    start = time.process_time()
    assert is_missing("a" + "\u0301\u0323" * 50_000)
    assert time.process_time() - start < 2


def encoded(text: str, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.mark.parametrize(
    ("subject", "ok"),
    [
        (encoded("[Wichtig] Grüße"), True),
        (encoded("Grüße"), False),
        ("=?iso-8859-1?q?=5BWichtig=5D_Gr=FC=DFe?=", True),
        ("=?UTF-8?Q?Ist_wich?= =?UTF-8?Q?tig?=", True),  # cut in the middle of the word
        ("=?UTF-8?Q?Ist_wich?=\n =?UTF-8?Q?tig?=", True),  # and folded
        ("Gr=?UTF-8?Q?=C3=BC?= \n\t wichtig", True),
        ("=?utf-8?B?V2ljaHRpZ", False),  # broken: it stays what it is
        ("=?utf-8?B?!!!?= wichtig", True),
        ("=?x-unknown?Q?wichtig?=", True),
        (encoded("Wich\u200btig"), False),
        ("=?utf-8?Q?unwichtig?=", False),
    ],
)
def test_the_subject_of_a_whole_message_is_judged_as_it_is_read(
    desk: Desk, tmp_path: Path, subject: str, ok: bool
) -> None:
    file = tmp_path / "message.eml"
    file.write_text(f"From: a@example.com\nSubject: {subject}\nTo: b@example.com\n\nHallo\n")
    done = desk.run("check", "--eml", str(file), "--marketplace", "amazon", "--json")
    assert (done.code, "PM101" in done.out) == ((0, False) if ok else (4, True))
    fixed = desk.run("check", "--eml", str(file), "--marketplace", "amazon", "--fix", "--json")
    assert fixed.code == 0
