"""`check --fix`: what it mends, what it writes back, and what it only shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shelf import put
from tests.desk import Desk
from tests.messenger.customers import add_channel

TEXT = "Guten Tag,\r\n\r\nsiehe www.shop.de. Meinshop.De bietet viel.\r\n"


@pytest.fixture
def here(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A text and an HTML file in the folder that one is in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    (tmp_path / "a.html").write_text("<p>siehe <a href='https://shop.de'>hier</a></p>")
    return desk


MESSAGE = ("check", "--marketplace", "amazon", "--subject", "Regal", "--text-file", "a.txt")


def content(name: str) -> str:
    return Path(name).read_bytes().decode()


def test_only_what_is_safe_is_mended_and_the_rest_is_listed(here: Desk) -> None:
    done = here.run(*MESSAGE, "--fix")
    assert done.code == 4
    assert "+[Important] Regal" in done.out
    assert "--- a.txt" in done.out
    assert "+siehe www.shop.de. Meinshop. De bietet viel." in done.out
    assert "text:3:7 PM201" in done.out
    assert done.out.splitlines()[-1] == "1 can be mended with --fix --unsafe-fixes."
    assert content("a.txt") == "\ufeff" + TEXT.replace("Meinshop.De", "Meinshop. De")


def test_a_second_run_changes_nothing(here: Desk) -> None:
    words = (
        "check",
        "--marketplace",
        "amazon",
        "--subject",
        "Wichtig",
        "--text-file",
        "a.txt",
        "--html-file",
        "a.html",
    )
    first = here.do(*words, "--fix", "--unsafe-fixes")
    assert "--- a.html" in first
    files = content("a.txt"), content("a.html")
    assert files == ("\ufeffGuten Tag,\r\n\r\nsiehe. Meinshop. De bietet viel.\r\n", "<p>siehe hier</p>")
    stamps = [os.stat(name).st_ino for name in ("a.txt", "a.html")]
    assert here.do(*words, "--fix", "--unsafe-fixes") == "All requirements are met (amazon).\n"
    assert [os.stat(name).st_ino for name in ("a.txt", "a.html")] == stamps


def test_a_file_keeps_its_permissions_and_its_link(here: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").chmod(0o640)
    (tmp_path / "link.txt").symlink_to("a.txt")
    here.run("check", "--marketplace", "amazon", "--subject", "Wichtig", "--text-file", "link.txt", "--fix")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
    assert "Meinshop. De" in content("a.txt")
    assert sorted(each.name for each in tmp_path.glob(".*")) == []


def test_without_fix_nothing_is_written(here: Desk) -> None:
    done = here.run(*MESSAGE)
    assert done.out.splitlines()[-1] == "2 can be mended with --fix, 1 more with --unsafe-fixes."
    assert content("a.txt") == "\ufeff" + TEXT


def test_standard_input_is_shown_mended(here: Desk) -> None:
    done = here.run(
        "check", "--marketplace", "otto", "--text-file", "-", "--fix", stdin=b"Meinshop.De bietet"
    )
    assert done.out.startswith("--- text\n+++ text (mended)\n")
    assert "+Meinshop. De bietet" in done.out


def test_a_mail_is_shown_mended_and_not_written(here: Desk, tmp_path: Path) -> None:
    raw = b"Subject: Regal\r\nTo: a@marketplace.amazon.de\r\n\r\nsiehe www.shop.de\r\n"
    (tmp_path / "a.eml").write_bytes(raw)
    done = here.do("check", "--eml", "a.eml", "--fix", "--unsafe-fixes")
    assert "+[Wichtig] Regal" in done or "+[Important] Regal" in done
    assert (tmp_path / "a.eml").read_bytes() == raw


def test_in_a_channel_the_text_is_mended_inside_its_template(here: Desk) -> None:
    here.do(
        *("template", "add", "Kurz", "--language", "de", "--subject", "Wichtig", "--text-file", "-"),
        stdin=b"Guten Tag\n{{ text }}\nIhr Laden www.holzweg.de\n",
    )
    add_channel(here, "amazon", "--marketplace", "amazon", "--template-new", "Kurz")
    words = ("check", "--channel", "amazon", "--to", "a@marketplace.amazon.de", "--text-file", "a.txt")
    done = here.do(*words, "--fix", "--unsafe-fixes")
    assert content("a.txt") == "\ufeffGuten Tag,\r\n\r\nsiehe. Meinshop. De bietet viel.\r\n"
    assert "-Ihr Laden www.holzweg.de" in done
    assert "www.holzweg.de" in json.dumps(here.json("template", "show", "Kurz"))
    here.do(*words, "--fix", "--unsafe-fixes")
    assert content("a.txt") == "\ufeffGuten Tag,\r\n\r\nsiehe. Meinshop. De bietet viel.\r\n"


def test_json_has_the_mended_message(here: Desk, tmp_path: Path) -> None:
    (tmp_path / "agb.pdf").write_bytes(b"%PDF-1.7\n")
    words = ("check", "--marketplace", "ebay", "--text", "siehe www.shop.de", "--attach", "agb.pdf")
    before = json.loads(here.run(*words, "--json").out)
    assert [each["fixable"] for each in before["violations"]] == ["unsafe", "unsafe"]
    fixed = here.json(*words, "--fix", "--unsafe-fixes")
    assert fixed["ok"] is True
    assert fixed["fixed"] == {"subject": "", "text": "siehe", "html": "", "attachments": [], "besides": {}}


def test_unsafe_fixes_alone_are_refused(here: Desk) -> None:
    error = here.refused(*MESSAGE, "--unsafe-fixes", code=2)
    assert error["hint"] == "Give --fix too."


def test_a_file_that_cannot_be_written_is_an_error_and_stays(here: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "a.txt").write_text("Meinshop.De bietet")
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):  # as root nothing is closed
            return
        error = here.refused("check", "--marketplace", "otto", "--text-file", "closed/a.txt", "--fix", code=2)
    finally:
        folder.chmod(0o700)
    assert error["message"].startswith("closed/a.txt cannot be written")


BOTH = ("check", "--marketplace", "otto", "--text-file", "a.txt", "--html-file", "a.html")


def test_what_an_editor_has_saved_meanwhile_is_not_overwritten(here: Desk, tmp_path: Path) -> None:
    """The HTML comes through a pipe: once somebody reads from it, the text has been read."""
    (tmp_path / "a.html").unlink()
    os.mkfifo("a.html")
    words = [sys.executable, "-m", "plentymsg", *BOTH, "--fix", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as check:
        with open("a.html", "wb") as html:
            (tmp_path / "a.txt").write_text("Neu. Meinshop.De bietet", encoding="utf-8")
            html.write(b"<p>Hallo</p>")
        out, err = check.communicate(timeout=60)
    error = json.loads(err)["error"]
    assert (check.returncode, out, error["code"]) == (1, b"", "conflict")
    assert error["message"] == "a.txt was changed while it was checked."
    assert content("a.txt") == "Neu. Meinshop.De bietet"
    assert list(tmp_path.glob(".*")) == []


def test_a_read_only_file_is_left_alone_and_the_other_one_too(here: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.html").chmod(0o444)
    before = content("a.txt"), content("a.html")
    error = here.refused(*BOTH, "--fix", "--unsafe-fixes", code=2)
    assert error["message"] == "a.html is read-only."
    assert (content("a.txt"), content("a.html")) == before
    assert list(tmp_path.glob(".*")) == []


def test_a_file_stays_its_owners(here: Desk, tmp_path: Path) -> None:
    """Only root may give files away; whoever else runs this keeps their own."""
    owner = (12_345, 23_456) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown("a.txt", *owner)
    (tmp_path / "a.txt").chmod(0o664)
    here.run(*MESSAGE, "--fix")
    state = os.stat("a.txt")
    assert "Meinshop. De" in content("a.txt")
    assert (state.st_uid, state.st_gid, state.st_mode & 0o7777) == (*owner, 0o664)


def test_a_pipe_is_nothing_to_write_into(here: Desk) -> None:
    os.mkfifo("pipe.txt")
    words = ("check", "--marketplace", "otto", "--text-file", "pipe.txt", "--fix", "--json")
    with subprocess.Popen([sys.executable, "-m", "plentymsg", *words], stderr=subprocess.PIPE) as check:
        Path("pipe.txt").write_text("Meinshop.De bietet")
        _, err = check.communicate(timeout=60)
    assert check.returncode == 2
    assert json.loads(err)["error"]["message"].startswith("pipe.txt is no file that")


def test_a_pipe_of_the_shell_is_nothing_to_write_into(here: Desk) -> None:
    """What `<(…)` names is a number of an open file, and leads to no path."""
    reading, writing = os.pipe()
    os.write(writing, b"Meinshop.De bietet")
    os.close(writing)
    try:
        name = f"/dev/fd/{reading}"
        error = here.refused("check", "--marketplace", "otto", "--text-file", name, "--fix", code=2)
    finally:
        os.close(reading)
    assert error["message"] == f"{name} is no file that a mended text can be put into."
    assert error["hint"] == "Give - to read from a pipe."


def test_a_file_that_is_deleted_already_is_nothing_to_write_into(here: Desk, tmp_path: Path) -> None:
    """A shell may keep what stands behind `<<` in one."""
    with open("a.txt", "rb") as source:
        (tmp_path / "a.txt").unlink()
        name = f"/dev/fd/{source.fileno()}"
        error = here.refused("check", "--marketplace", "otto", "--text-file", name, "--fix", code=2)
    assert error["message"] == f"{name} is no file that a mended text can be put into."


@pytest.mark.parametrize("other", ["a.txt", "./a.txt", "link.txt", "hard.txt"])
def test_a_file_that_is_both_text_and_html_cannot_be_mended(here: Desk, tmp_path: Path, other: str) -> None:
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "hard.txt").hardlink_to("a.txt")
    words = (*MESSAGE, "--html-file", other)
    error = here.refused(*words, "--fix", "--unsafe-fixes", code=2)
    assert error["message"] == f"--html-file {other} is the same file as --text-file a.txt."
    assert content("a.txt") == "\ufeff" + TEXT
    assert here.run(*words).code == 4


def test_a_file_with_other_names_stays_one_file(here: Desk, tmp_path: Path) -> None:
    (tmp_path / "other.txt").hardlink_to("a.txt")
    error = here.refused(*BOTH, "--fix", "--unsafe-fixes", code=2)
    assert error["message"] == "a.txt has another name too (a hard link), which would keep the old text."
    assert content("a.txt") == content("other.txt") == "\ufeff" + TEXT
    assert "https://shop.de" in content("a.html")


def test_send_mends_only_what_is_safe(here: Desk) -> None:
    add_channel(here, "amazon", "--marketplace", "amazon")
    words = ("send", "--channel", "amazon", "--to", "a@marketplace.amazon.de", "--subject", "Regal", "--fix")
    error = here.refused(*words, "--text", "siehe www.shop.de", code=4)
    assert {each["code"] for each in error["violations"]} == {"PM201"}
    here.do(*words, "--text", "Guten Tag. Meinshop.De bietet viel.")


def test_the_word_of_amazon_is_in_the_language_of_the_template_and_else_of_the_words(here: Desk) -> None:
    put(here, "Bestellung", "{{ text }}", language="de")
    put(here, "Alle", "{{ text }}", language="all")
    for template, word in (("Bestellung", "Wichtig"), ("Alle", "Important")):
        here.do("channel", "add", template, "--marketplace", "amazon", "--group", "Amazon", "--inactive")
        here.do("channel", "set", template, "--template-new", template)
        words = ("--subject", "Order 4711", "--text", "Thank you for your order.", "--fix")
        assert f"+[{word}] Order 4711" in here.do("check", "--channel", template, *words)


@pytest.mark.parametrize(
    ("name", "written"),
    [("a.txt", "https://shop.de\n"), ("a.html", "<p><a href='https://shop.de'><img src='cid:1'></a></p>")],
)
def test_a_message_is_not_mended_away(here: Desk, name: str, written: str) -> None:
    Path(name).write_text(written)
    option = "--text-file" if name == "a.txt" else "--html-file"
    done = here.run("check", "--marketplace", "ebay", option, name, "--fix", "--unsafe-fixes")
    assert (done.code, done.out) == (4, "")
    assert "Nothing would be left of the message without what breaks the rules." in done.err
    assert content(name) == written
