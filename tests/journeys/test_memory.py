"""Memory does not grow with the mailbox: it is read in batches bounded in number and bytes."""

from __future__ import annotations

import os

from tests.journeys.conftest import Shop
from tests.journeys.mails import mail

MEASURED = """
import resource, sys
from plentymsg.cli.app import run
code = run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""
"""The program, which tells its peak memory (in kB on Linux) at the end."""


def _peak_mb(shop: Shop) -> float:
    with shop.program.start("fetch", "--quiet", code=MEASURED) as process:
        out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return int(out.splitlines()[-1]) / 1000


def test_a_hundred_megabytes_of_mail_need_no_more_memory_than_ten(shop: Shop) -> None:
    number = 0
    peaks = []
    for count in (10, 90):
        for _ in range(count):
            number += 1
            shop.receive(mail(number, attachment=os.urandom(700_000)))
        peaks.append(_peak_mb(shop))
    assert shop.program.json("store", "info")["messages"] == 100
    assert peaks[1] - peaks[0] < 15, peaks
