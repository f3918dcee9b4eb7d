"""How fast messages are judged, against a peer in the same run: `python -m benchmarks.rules`.

Three questions, each with its limit: messages a second for mails of 10 KB on one core; a megabyte of
anything, friendly or hostile, and whether twice the text takes twice the time; how long the import takes.
All in processor time, so that what else the machine does matters little, and the best of several rounds.
No mail is judged twice: what the rules remember of one helps the next only as in real life.

The peer is what one would write with libraries: lxml for the text and the links of the HTML, linkify-it-py
for the links in text. It does the smaller job: no places in the source, no disguises, no addresses in `alt`,
`srcset` or CSS, no images, no attachments, no subject. It gets a twentieth of each megabyte, because the
whole would take too long; it is not linear.

Says on standard error which limit is broken, and then exits with 1.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from benchmarks.mails import KINDS, Mail, mails

ROUNDS = 5
MAILS = 60
FEWEST = 1000
"""Mails a second."""
MEGABYTE = 1_000_000
SHARE = 20
"""The peer gets this part of a megabyte."""
LONGEST = 1.0
"""Seconds for a megabyte."""
GROWTH = 2.3
LONGEST_IMPORT = 0.050

REPEATED = [
    *(
        "Ihr Paket ist da. ",
        "> Danke, z.B. 12.50 EUR\n",
        "<p style='color:red'>Hallo&nbsp;Welt</p>",
        "a",
        "\n",
    ),
    *("a.", "a.de ", "Ab.De c ", "gut.Es ", "3.am ", "x dot ", "a-dot-", "(dot)", "[.]", "a . de ", "w w w "),
    *("://", "http://a((", "a@", "a@b.de ", "a.b@c.de ", "a:", "1.2.3.4/", "[x](/", "\u200b", "\uff0e", "😀"),
    *("\uff41\uff0e\uff44\uff45 ", "ü.рф ", "<", "<a ", "<a b=", "<a b='", "<a b=.c ", "<a href=x>", "<!--"),
    *(
        "<!-- -->",
        "<b>a</b>.de",
        "<style>url(",
        "<style>a{b:url(x)}</style>",
        "<img>",
        "<svg/>",
        "&#46;",
        "&a",
    ),
]
"""What is repeated to a megabyte: friendly text first, then what makes work."""

IMPORTS = {
    "python alone": "pass",
    "plentymsg.rules.judge": "import plentymsg.rules.judge",
    "lxml.html and linkify_it": "import lxml.html, linkify_it",
}

Work = Callable[[Mail], object]


def main() -> int:
    ours, theirs = prepare()
    broken = [*measure_mails(ours, theirs), *measure_megabytes(ours, theirs), *measure_imports()]
    for sentence in broken:
        print(sentence, file=sys.stderr)
    return 1 if broken else 0


def prepare() -> tuple[Work, Work]:
    """What is measured, and its peer, both loaded."""
    from linkify_it import LinkifyIt
    from lxml import etree, html

    from plentymsg.rules import judge as judging
    from plentymsg.rules.draft import Draft, Recipient
    from plentymsg.rules.policy import built_in

    buyer = (Recipient("address", "buyer@members.ebay.de"),)
    policy, today = built_in(), date(2026, 11, 25)
    linkify = LinkifyIt()

    def ours(mail: Mail) -> object:
        message = Draft(frozenset({"amazon", "ebay"}), buyer, "Ihre Bestellung", mail.text, mail.html)
        return judging.judge(message, policy, today)

    def theirs(mail: Mail) -> object:
        found = linkify.match(mail.text)
        try:
            tree = html.fromstring(mail.html)
        except (etree.ParserError, ValueError):  # what it takes for no document at all
            return found
        return found, linkify.match(tree.text_content()), list(tree.iterlinks())

    return ours, theirs


def measure_mails(ours: Work, theirs: Work) -> Iterator[str]:
    """Mails of 10 KB; a sentence for each kind that takes too long."""
    print(f"{'10 KB mails':<32}{'a second':>10}{'peer':>8}{'ratio':>8}   (at least {FEWEST:,} a second)")
    for kind in KINDS:
        rounds = [mails(kind, MAILS, seed) for seed in range(ROUNDS)]
        speed, peer = (MAILS / min(seconds(work, each) for each in rounds) for work in (ours, theirs))
        print(f"{kind:<32}{speed:>10,.0f}{peer:>8,.0f}{speed / peer:>8.1f}", flush=True)
        if speed < FEWEST:
            yield f"Only {speed:,.0f} {kind} mails are judged a second, not {FEWEST:,}."


def measure_megabytes(ours: Work, theirs: Work) -> Iterator[str]:
    """A megabyte as text and as HTML, and half of it; a sentence for each that takes too long."""
    print(f"\n{'1 MB of':<32}{'text s':>10}{'HTML s':>8}{'peer s':>8}{'growth':>8}", end="")
    print(f"   (at most {LONGEST} s, and {GROWTH} times for twice the text)")
    for unit in REPEATED:
        text, text_growth = measure_size(ours, lambda size, unit=unit: Mail("", repeated(unit, size)))
        html, html_growth = measure_size(ours, lambda size, unit=unit: Mail(repeated(unit, size), ""))
        some = repeated(unit, MEGABYTE // SHARE)
        peer = SHARE * seconds(theirs, [Mail(some, some)])
        growth = max(text_growth, html_growth)
        print(f"{ascii(unit)[:31]:<32}{text:>10.2f}{html:>8.2f}{peer:>8.2f}{growth:>8.2f}", flush=True)
        if max(text, html) > LONGEST:
            yield f"A megabyte of {unit!r} takes {max(text, html):.2f} s, not {LONGEST}."
        if growth > GROWTH:
            yield f"Twice as much of {unit!r} takes {growth:.2f} times as long, not {GROWTH}."


def measure_size(work: Work, mail: Callable[[int], Mail]) -> tuple[float, float]:
    """Seconds for a megabyte, and how many times those for half of it that is."""
    halves, wholes = [mail(MEGABYTE // 2)], [mail(MEGABYTE)]
    half, whole = seconds(work, halves), seconds(work, wholes)
    for _ in range(ROUNDS):  # a limit is broken only if it is every time
        if whole < LONGEST and whole < GROWTH * half:
            break
        half, whole = min(half, seconds(work, halves)), min(whole, seconds(work, wholes))
    return whole, whole / half


def measure_imports() -> Iterator[str]:
    """Processes that import and do nothing; a sentence if ours takes too long."""
    print(f"\n{'import':<32}{'ms':>10}   (at most {LONGEST_IMPORT * 1000:.0f} more than python alone)")
    with tempfile.TemporaryDirectory() as folder:  # an installed program is compiled, whoever measures
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = {name: import_seconds(program, environment) for name, program in IMPORTS.items()}
    for name, time_taken in times.items():
        print(f"{name:<32}{time_taken * 1000:>10.0f}")
    taken = times["plentymsg.rules.judge"] - times["python alone"]
    if taken > LONGEST_IMPORT:
        yield f"Importing the rules takes {taken * 1000:.0f} ms, not {LONGEST_IMPORT * 1000:.0f}."


def import_seconds(program: str, environment: dict[str, str]) -> float:
    """Processor time of a whole process, the best of several."""
    times = []
    for _ in range(3 * ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", program], env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def seconds(work: Work, messages: Iterable[Mail]) -> float:
    """Processor time for all these messages."""
    start = time.process_time()
    for message in messages:
        work(message)
    return time.process_time() - start


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


if __name__ == "__main__":
    sys.exit(main())
