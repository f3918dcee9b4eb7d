"""Every command of the README is run, in order; the tour's output is compared with what the README shows."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from tests.docs.console import Step, printed_by, reader, steps_of
from tests.journeys.conftest import CANARY, Shop
from tests.journeys.program import ROOT, Program

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with nothing set up."""
    return reader(tmp_path)


def test_the_tour_prints_what_the_readme_shows(program: Program) -> None:
    for step in steps_of(README):
        printed = printed_by(program, step.command)
        assert step.matches(printed), f"$ {step.command}\nREADME:\n{step.output}\nprinted:\n{printed}"


def test_the_tour_is_not_empty() -> None:
    assert len(steps_of(README)) >= 10
    assert all(step.words[0] == "plentymsg" for step in steps_of(README))


def _shell_commands() -> list[str]:
    """The commands of the section that sets up real mailboxes, each on one line."""
    section = README.split("## Your own mailboxes")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)
    text = "".join(blocks).replace("\\\n", " ")
    return [line for line in text.splitlines() if line.startswith("plentymsg ")]


def test_the_set_up_of_real_mailboxes_works_as_typed(shop_servers: Shop) -> None:
    """Only the host and the two ports are changed: nobody listens at mail.holzweg.example."""
    program = shop_servers.program
    commands = _shell_commands()
    assert len(commands) >= 15
    for command in commands:
        words = shlex.split(command)[1:]
        if words[:2] == ["channel", "add"]:
            words += ["--incoming-port", str(shop_servers.dovecot.ssl_port)]
            words += ["--outgoing-port", str(shop_servers.smtp.server("ssl").port)]
        done = program.run(*["localhost" if word == "mail.holzweg.example" else word for word in words])
        assert done.code == 0, f"$ {command}\n{done.out}{done.err}"
    assert len(shop_servers.smtp.received) == 1
    assert CANARY not in Path(program.store).read_text(encoding="latin-1")


@pytest.fixture
def shop_servers(tmp_path: Path, dovecot, smtp_server) -> Shop:
    """The servers of the README's shop, with one customer's mail, and nothing set up yet."""
    authorities = tmp_path / "authorities.pem"
    authorities.write_bytes(dovecot.certificates.ca.read_bytes() + smtp_server.certificates.ca.read_bytes())
    user = "amazon@holzweg.example"
    smtp_server.passwords[user] = CANARY
    environment = {"SSL_CERT_FILE": str(authorities), "AMAZON_MAIL_PASSWORD": CANARY}
    shop = Shop(Program(tmp_path, environment), user, dovecot, smtp_server)
    (mail,) = (ROOT / "examples/mail/amazon-de/new").glob("1794246140*")
    shop.receive(mail.read_bytes())
    return shop


def test_a_step_that_prints_something_else_is_noticed() -> None:
    """The test of the test."""
    step = Step("plentymsg x", "one …\nthree\n")
    assert step.matches("one two\nthree\n")
    assert not step.matches("one two\nfour\n")
    assert not step.matches("one two\nthree\nfour\n")


def test_the_readme_names_only_files_that_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or os.path.exists(ROOT / target), target
