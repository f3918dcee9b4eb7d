"""Mails of 10 KB as mail programs write them, each a little different, for what is measured."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

SIZE = 10_000
"""Characters of HTML."""

_SENTENCES = """
Ihre Bestellung 302-5512345-7788 vom 12.11.2026 ist heute um 14.30 Uhr bei uns eingegangen.
Der Preis beträgt 1.249,50 EUR inkl. 19 % MwSt., zzgl. 4,95 EUR Versand.
Bitte prüfen Sie die Maße (10.5x20 cm), z.B. mit einem Maßband, bevor Sie den Karton öffnen.
Die Rechnung liegt als rechnung_2026.pdf im Paket; die Artikelnummer lautet AB.12-C.
Wir melden uns bis zum 3.Dezember, spätestens jedoch am Montag.
Thank you for your patience; the parcel left our warehouse on 24 November at 09:15.
Your refund of €39.90 will reach account DE89 3704 0044 0532 0130 00 within 3–5 days.
The firmware v1.2.3 fixes this, e.g. when the lamp flickers after a while.
Haben Sie die Anleitung gelesen? Dort steht auf S. 12 alles Wichtige zum Einbau.
Leider ist die Farbe „Anthrazit“ derzeit nicht lieferbar, Ersatz kommt in KW 49.
""".strip().splitlines()

_FONTS = ("Arial,Helvetica,sans-serif", "Verdana,Geneva,sans-serif", "'Segoe UI',Tahoma,sans-serif")
_TAG = re.compile(r"<style.*?</style>|<!--.*?-->|<[^>]*>", re.DOTALL)


class Mail(NamedTuple):
    """Both versions of a message's body."""

    html: str
    text: str


def mails(kind: str, number: int, seed: int) -> list[Mail]:
    """As many mails of a kind, never the same twice; the same seed makes the same ones."""
    dice = random.Random(f"{kind} {seed}")
    return [_mail(KINDS[kind], dice) for _ in range(number)]


def _mail(write: Callable[[random.Random, int], str], dice: random.Random) -> Mail:
    """The longest mail that fits, filled up with spaces at its end."""
    size = 1
    html = write(random.Random(0), 1)
    seed = dice.random()
    while len(longer := write(random.Random(seed), size)) <= SIZE:
        html, size = longer, size + 1
    text = unescape(_TAG.sub("\n", html))
    return Mail(html.ljust(SIZE), re.sub(r"\n\s*\n+", "\n\n", text))


def _newsletter(dice: random.Random, size: int) -> str:
    """Tables in tables with inline CSS, an image and a tracked link for each article."""
    rows = []
    for _ in range(size):
        pad, color, font = dice.randrange(4, 32), f"#{dice.randrange(1 << 24):06x}", dice.choice(_FONTS)
        link = f"https://news.shop.example/c/{dice.randrange(1 << 64):x}?u={dice.randrange(10**9)}"
        rows.append(
            f'<tr><td align="left" valign="top" bgcolor="#ffffff" style="padding:{pad}px 24px;'
            f"font-family:{font};font-size:14px;line-height:21px;color:{color};mso-line-height-rule:exactly;"
            '">\n  <table role="presentation" width="100%" border="0" cellspacing="0" cellpadding="0">\n'
            f'    <tr><td width="120"><a href="{link}" target="_blank" style="text-decoration:none;color:'
            f'{color};"><img src="https://news.shop.example/i/{dice.randrange(10**6)}.jpg" width="120" '
            f'height="{dice.randrange(80, 160)}" alt="Artikel &amp; Zubehör" border="0" style="display:block;'
            f'"></a></td>\n    <td style="padding:0 0 0 {pad}px;font-family:{font};"><strong>Nr. '
            f"{dice.randrange(10**5)}</strong><br>{_words(dice, 2)}</td></tr>\n  </table>\n</td></tr>\n"
        )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css">'
        "body{margin:0;padding:0}td{border-collapse:collapse}@media(max-width:600px){.w{width:100%}}"
        '</style></head>\n<body bgcolor="#f4f4f4"><table width="600" align="center" class="w">\n'
        + "".join(rows)
        + "</table></body></html>"
    )


def _outlook(dice: random.Random, size: int) -> str:
    """Word's HTML: unquoted classes, `o:p`, conditional comments, VML."""
    paragraphs = []
    for _ in range(size):
        points = dice.randrange(8, 14)
        paragraphs.append(
            f"<p class=MsoNormal style='margin-bottom:{points}.0pt'><span lang=DE style='font-size:{points}"
            f'.0pt;font-family:"Calibri",sans-serif;color:#{dice.randrange(1 << 24):06X};mso-fareast-'
            f"language:EN-US'>{_words(dice, 2)}<o:p></o:p></span></p>\n<p class=MsoNormal><span lang=DE><o:p>"
            "&nbsp;</o:p></span></p>\n"
        )
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15">\n'
        "<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}\n</style><![endif]-->\n<style><!--\n"
        "@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}\np.MsoNormal {margin:0cm;}\n"
        '--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml>'
        '<![endif]--></head>\n<body lang=DE link="#0563C1" vlink="#954F72"><div class=WordSection1>\n'
        '<!--[if gte vml 1]><v:rect style=\'width:600px;height:90px\' stroke="f" fillcolor="#eeeeee">'
        '<v:textbox inset="0,0,0,0">Guten Tag</v:textbox></v:rect><![endif]-->\n'
        + "".join(paragraphs)
        + '<p class=MsoNormal><a href="mailto:service@shop.example">service@shop.example</a></p>'
        "</div></body></html>"
    )


def _quoted(dice: random.Random, size: int) -> str:
    """An answer to an answer: 30 levels of history, each with the line that says who wrote."""
    levels = []
    for at in range(30):
        words = _words(dice, 1 if at < size else 0)
        levels.append(
            f'<div dir="ltr">{words}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Am '
            f"Mo., {dice.randrange(1, 29)}. Nov. 2026 um {dice.randrange(24)}:{dice.randrange(60):02} Uhr "
            f"schrieb Max &lt;<b>m{dice.randrange(100)}</b>&gt;:<br></div><blockquote "
            'style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">\n'
        )
    return "<div>" + "".join(levels) + "</blockquote></div>" * len(levels) + "</div>"


def _minimal(dice: random.Random, size: int) -> str:
    """What a webmailer makes of typing: a `div` a line, and here and there a `br` or a bold word."""
    lines = []
    for _ in range(size):
        lines.append(f"<div>{_words(dice, 1)}</div>")
        if dice.random() < 0.5:
            lines.append(f"<div><br></div><div>Menge: <b>{dice.randrange(99)}</b>&nbsp;Stück</div>")
    return '<div dir="ltr">' + "".join(lines) + "</div>"


KINDS: dict[str, Callable[[random.Random, int], str]] = {
    "newsletter": _newsletter,
    "Outlook": _outlook,
    "30 quotes": _quoted,
    "webmail": _minimal,
}


def _words(dice: random.Random, number: int) -> str:
    """Sentences that no two mails have alike, escaped."""
    chosen = [dice.choice(_SENTENCES) for _ in range(number)]
    return escape(" ".join([*chosen, f"Vorgang {dice.randrange(10**8)}."]), quote=False)
