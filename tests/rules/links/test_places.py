"""Where exactly a link begins and ends, however it is written."""

from __future__ import annotations

import pytest

from plentymsg.rules.links.reading import find_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("shop\u200b.de", [("link", "shop\u200b.de", 0)]),
        ("sh\xadop.de", [("link", "sh\xadop.de", 0)]),
        ("s\u0336hop.de", [("link", "s\u0336hop.de", 0)]),
        (
            "\U0001f182\U0001f177\U0001f17e\U0001f17f.de",
            [("link", "\U0001f182\U0001f177\U0001f17e\U0001f17f.de", 0)],
        ),
        (
            "\U0001f162\U0001f157\U0001f15e\U0001f15f.de",
            [("link", "\U0001f162\U0001f157\U0001f15e\U0001f15f.de", 0)],
        ),
        (
            "\uff53\uff48\uff4f\uff50\uff0e\uff44\uff45",
            [("link", "\uff53\uff48\uff4f\uff50\uff0e\uff44\uff45", 0)],
        ),
        ("shop\u3002de", [("link", "shop\u3002de", 0)]),
        ("shop\ufe0f.de", [("link", "shop\ufe0f.de", 0)]),
        ("shop\U000e0100.de", [("link", "shop\U000e0100.de", 0)]),
        ("sh\u3164op.de", [("link", "sh\u3164op.de", 0)]),
        ("shop.\ufb01 x", [("link", "shop.\ufb01", 0)]),
        ("a \uff57\uff57\uff57\uff0ex.de b", [("link", "\uff57\uff57\uff57\uff0ex.de", 2)]),
        ("http\u200b://x.de", [("link", "http\u200b://x.de", 0)]),
        ("m\u0301ail@x.de", [("address", "m\u0301ail@x.de", 0)]),
        ("https://x.de/a(b)c).", [("link", "https://x.de/a(b)c", 0)]),
        ("siehe https://x.de/a, b", [("link", "https://x.de/a", 6)]),
        ("https://x.de?", [("link", "https://x.de", 0)]),
        ("(https://x.de/(a))", [("link", "https://x.de/(a)", 1)]),
        ("HTTP://x.de", [("link", "HTTP://x.de", 0)]),
        ("http:/x.de/a", [("link", "http:/x.de/a", 0)]),
        ("https:\\\\x.de", [("link", "https:\\\\x.de", 0)]),
        ("http://10.0.0.1/x", [("link", "http://10.0.0.1/x", 0)]),
        ("http://localhost", [("link", "http://localhost", 0)]),
        ("http://[::1]/a", [("link", "http://[::1]/a", 0)]),
        ("ftp://a.b/c", [("link", "ftp://a.b/c", 0)]),
        ("mailto:info@x.de", [("link", "mailto:info@x.de", 0)]),
        ("tel:0301234567", []),
        ("javascript:alert(1)", [("link", "javascript:alert(1)", 0)]),
        ("whatsapp://send?x", [("link", "whatsapp://send?x", 0)]),
        ("x.y://abc", [("link", "x.y://abc", 0)]),
        ("data:text/html,x", [("link", "data:text/html,x", 0)]),
        ("cid:1", []),
        ("foo:bar", []),
        ("http://", []),
        ("https://a", [("link", "https://a", 0)]),
        ("10.0.0.1", []),
        ("10.0.0.1/x", [("link", "10.0.0.1/x", 0)]),
        ("10.0.0.1:8080", [("link", "10.0.0.1:8080", 0)]),
        ("256.0.0.1/x", []),
        ("1.2.3/x", []),
        ("x@shop.de", [("address", "x@shop.de", 0)]),
        ("@shop.de", [("link", "shop.de", 1)]),
        ("x@shop.de/a", [("link", "x@shop.de/a", 0)]),
        ("a.b+c@shop.co.uk.", [("address", "a.b+c@shop.co.uk", 0)]),
        ("x@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.de", []),
        (
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.de",
            [("link", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.de", 0)],
        ),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.de", []),
        ("www.x", [("link", "www.x", 0)]),
        ("www2.x.y", [("link", "www2.x.y", 0)]),
        ("wwwx.y", []),
        ("shop.de-Gutschein", [("link", "shop.de", 0)]),
        ("shop.de.Vielen Dank", [("link", "shop.de", 0)]),
        ("shop.de:443/a", [("link", "shop.de:443/a", 0)]),
        ("shop.de:443", [("link", "shop.de:443", 0)]),
        ("shop.de:x", [("link", "shop.de", 0)]),
        ("_shop.de_", [("link", "shop.de", 1)]),
        ("*shop.de*", [("link", "shop.de", 1)]),
        ("-shop.de", [("link", "shop.de", 1)]),
        ("shop.de/", [("link", "shop.de/", 0)]),
        ("shop.de?a=b", [("link", "shop.de?a=b", 0)]),
        ("shop.de#a", [("link", "shop.de#a", 0)]),
        ("shop.de\\a", [("link", "shop.de\\a", 0)]),
        ("Shop.De", [("link", "Shop.De", 0)]),
        ("SHOP.DE", [("link", "SHOP.DE", 0)]),
        ("Ende.Es", []),
        ("z.B.de", [("link", "z.B.de", 0)]),
        ("readme.md", []),
    ],
)
def test_a_link_reaches_from_here_to_there(text: str, links: list[tuple[str, str, int]]) -> None:
    assert [(each.kind, text[each.start : each.end], each.start) for each in find_links(text)] == links


def test_of_an_endless_link_the_beginning_is_shown() -> None:
    (link,) = find_links("https://x.de/" + 3000 * "a")
    assert (link.start, link.end) == (0, 2056)


@pytest.mark.parametrize(
    "text", ["sh\u200bop punkt de", "sh\u200bop dot com", "w w w shop.d\u200be", "sh\u200bop%2ede"]
)
def test_an_invisible_character_does_not_hide_a_disguise(text: str) -> None:
    (link,) = find_links(text)
    assert (link.kind, link.start, link.end) == ("link", 0, len(text))
