"""Memory does not grow with the mailbox or a file: they are read in pieces bounded in number and bytes."""

from __future__ import annotations

import os
from pathlib import Path

from tests.journeys.conftest import Shop
from tests.journeys.mails import mail
from tests.journeys.program import Program

MEASURED = """
import resource, sys
from plentymsg.cli.app import run
code = run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""
"""The program, which tells its peak memory (in kB on Linux) at the end."""


def _peak_mb(program: Program, *args: str) -> float:
    with program.start(*args, "--quiet", code=MEASURED) as process:
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
        peaks.append(_peak_mb(shop.program, "fetch"))
    assert shop.program.json("store", "info")["messages"] == 100
    assert peaks[1] - peaks[0] < 15, peaks


def test_a_file_of_contacts_is_never_in_memory_whole(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.do("init")
    peaks = []
    for count in (1_000, 40_000):
        file = tmp_path / f"{count}.csv"
        with file.open("w") as out:  # line by line: a child's peak begins with what its parent has
            out.write("id,first_name,last_name\n")
            out.writelines(f"{number},{'x' * 450},{'y' * 450}\n" for number in range(1, count + 1))
        peaks.append(_peak_mb(program, "contact", "import", str(file)))
    assert peaks[1] - peaks[0] < 15, peaks
