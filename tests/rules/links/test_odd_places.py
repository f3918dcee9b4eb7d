"""The exact places of links: what is marked in a report, and cut out of a text."""

from __future__ import annotations

import pytest

from plentymsg.rules.links.reading import find_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("auf C:https://shop.de/a.", ["https://shop.de/a"]),
        ("nur https:// davor, dann ftp://shop.de", ["ftp://shop.de"]),
        ("-h**p://shop.de x", ["h**p://shop.de"]),
        (f"x {'abcdefghij' * 5}://shop.de/a b", [f"{'abcdefghij' * 5}://shop.de/a"]),
        ("a://b c-d+e://f", ["a://b", "c-d+e://f"]),
        ("Geo: 52, geo:52.52,13.40 geo:-33.8,+1", ["geo:52.52,13.40"]),
        ("callto: +49 callto:+4930 x", ["callto:+4930"]),
        ("KLICK BIT.LY/ABC jetzt CO.KG/AG", ["BIT.LY/ABC"]),
        ("bei 50 lbs.at most, 50 lbs.at/agb y, lbs.at", ["lbs.at/agb", "lbs.at"]),
        ("Teil XR.PM, bei DM.AT", ["DM.AT"]),
        ("K.de Jong, K.de jong, k.de Jong", ["K.de", "k.de"]),
        ("auf 1-2-3.tv, 21-19.so, 1-2.so/abc", ["1-2-3.tv", "21-19.so", "1-2.so/abc"]),
        ("minbutik punkt se", ["minbutik punkt se"]),
        ("Tel:+49 tel:+4930123 x", ["tel:+4930123"]),
        ("a mailto:x@shop.de, sms:+491 b", ["mailto:x@shop.de", "sms:+491"]),
        ("data:text/html,x y", ["data:text/html,x"]),
        ("http://localhost:80 localhost:8080/x, ok", ["http://localhost:80", "localhost:8080/x"]),
        ("[fe80::1]:8080/x ok", ["[fe80::1]:8080/x"]),
        ("s h o p . d e !", ["s h o p . d e"]),
        ("auf 10.0.0.1/abc.", ["10.0.0.1/abc"]),
        ("auf 256.0.0.1:80", []),
        ("A.B.de-Gutschein", ["A.B.de"]),
        ("(info@shop.de/x)", ["info@shop.de/x"]),
        ("@shop.de", ["shop.de"]),
        ("x.com:8080/a, y", ["x.com:8080/a"]),
        ("Er/Sie shop.de/", ["shop.de/"]),
        ("🅢🅗🅞🅟.de", ["🅢🅗🅞🅟.de"]),
        ("s\u0336hop。de ok", ["s\u0336hop。de"]),
        ("am 24.eu! 24.shop! 24.de! 24.de Mayo", ["24.eu", "24.shop", "24.de", "24.de"]),
        ("auf 24.eu bestellt, 12.de mayo, 24.org bietet", ["24.org"]),
        ("am 24.at! v1.de! v2.eu! 12.24.de!", []),
        ("12.de 13 mayo", ["12.de"]),
        ("nr1.it heute, 1sol.it heute, evtl.at heute", ["1sol.it", "evtl.at"]),
        ("bitcoin:1x magnet:?xt=urn sip:a@b", ["bitcoin:1x", "magnet:?xt=urn", "sip:a@b"]),
        ("Betreff:skype:?a=b", ["skype:?a=b"]),
        ("amail:x mailto:x", ["mailto:x"]),
        ("https:// x", []),
        ("http://[::1]/x http://[x", ["http://[::1]/x"]),
        ("https://a.de https://a.de", ["https://a.de", "https://a.de"]),
    ],
)
def test_each_link_is_told_from_its_first_to_its_last_character(text: str, found: list[str]) -> None:
    assert [text[start:end] for kind, start, end in find_links(text) if kind == "link"] == found


def test_addresses_beside_each_other_are_told_apart() -> None:
    assert find_links("a@shop.de b@shop.at") == [("address", 0, 9), ("address", 10, 19)]
