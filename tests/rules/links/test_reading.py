from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.links.reading import find_links
from tests.rules.corpus import DOUBTFUL, LINKS, NOT_LINKS


def kinds(text: str) -> set[str]:
    return {link.kind for link in find_links(text)}


@pytest.mark.parametrize("line", LINKS)
def test_a_link_is_found(line: str) -> None:
    assert "link" in kinds(line)


@pytest.mark.parametrize("line", NOT_LINKS)
def test_what_only_looks_like_a_link_is_left_alone(line: str) -> None:
    assert find_links(line) == []


@pytest.mark.parametrize("line", DOUBTFUL)
def test_a_sentence_is_doubtful_without_the_space_before_the_next(line: str) -> None:
    assert kinds(line) == {"doubtful"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Siehe (https://shop.de/a_(b)), danke.", "https://shop.de/a_(b)"),
        ("Auf www.shop.de/x?y=1#z!", "www.shop.de/x?y=1#z"),
        ("Der Amazon.de-Gutschein", "Amazon.de"),
        ("Auf shop.de.Vielen Dank", "shop.de"),
        ("Infos:www.shop.de", "www.shop.de"),
        ("kaufe shop [punkt] de bitte", "shop [punkt] de"),
        ("bei sh\u200bop.de!", "sh\u200bop.de"),
        ("bei ｓｈｏｐ．ｄｅ!", "ｓｈｏｐ．ｄｅ"),
        ("[hier](/retoure) klicken", "[hier](/retoure)"),
        ("mit user:pw@shop.de/x rein", "pw@shop.de/x"),
        ("auf 10.0.0.1:8080.", "10.0.0.1:8080"),
        ("auf »shop.de«", "shop.de"),
        ("Wien (AT) shop.de", "shop.de"),
        ("auf ﬁrma.ﬁ zu sehen", "ﬁrma.ﬁ"),
        ("kommen sie zu meinshop. de", "meinshop. de"),
        ("kommen sie zu meinshop,de", "meinshop,de"),
        ("auf Meinshop Punkt De zu sehen", "Meinshop Punkt De"),
        ("auf „meinshop“.de zu sehen", "meinshop“.de"),
        ("auf meinshop·de zu sehen", "meinshop·de"),
    ],
)
def test_the_place_is_that_of_the_link_alone(text: str, found: str) -> None:
    (link,) = (link for link in find_links(text) if link.kind == "link")
    assert text[link.start : link.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "Schreiben Sie an info@shop.de",
        "E-Mail:info@shop.de",
        "Max.Muster+x@mail.shop.co.uk.",
        "info (at) shop (dot) de",
        "info[at]shop.de",
        "info(AT)shop.de",
        "max.info@shop.de",
        "<info@shop.de>",
        "info@shop.de.Wir antworten",
    ],
)
def test_an_address_is_an_address_and_no_link(text: str) -> None:
    assert kinds(text) == {"address"}


def test_what_may_be_a_host_or_a_sentence_is_doubtful() -> None:
    assert kinds("Besuchen Sie Meinshop.De noch heute") == {"link"}
    assert kinds("Unser Meinshop.De bietet viel") == {"doubtful"}
    assert kinds("Der holzweg.De ist gut") == {"doubtful"}
    assert kinds("Kommen Sie zu holzweg.Shop") == {"doubtful"}
    assert kinds("Ware kaputt.Info folgt") == set()
    assert kinds("está bien.De nada") == set()
    assert kinds("nieuw.De doos") == set()


def test_a_spaced_dot_needs_an_end_behind_it_as_de_is_a_word_in_other_languages() -> None:
    """A line end is one, although a sentence may have been wrapped there: a missed link is worse."""
    assert kinds("Merci . de plus") == set()
    assert kinds("auf meinshop . de\nz.B. eine Tasse") == {"link"}


def test_at_most_a_hundred_places_are_reported_but_addresses_do_not_crowd_out_a_link() -> None:
    assert len(find_links("shop.de " * 500)) == 100
    assert "link" in kinds("a.b@shop.de " * 500 + "shop.de")


@pytest.mark.parametrize("text", ["0._", "a.-", "www._", "-.-", "_._", "a@b._", "1.2.3._", "a.._b"])
def test_what_emphasis_and_dashes_leave_of_a_host_is_none(text: str) -> None:
    assert find_links(text) == []


@given(st.text() | st.text(alphabet=" .:/@-_()[]wWdDeEtThHpP\u200b\u3002ßü1\n"))
def test_places_are_in_order_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        end = link.end
