"""What becomes of files that cannot all be written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from plentymsg.cli.rewriting import Rewriting, rewrite
from plentymsg.errors import InvalidInput

NOBODY = 65_534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")


@contextmanager
def nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folders() -> Iterator[tuple[Path, Path]]:
    """A folder of nobody's, and one like /tmp: what others have in it can be written, but not replaced."""
    with TemporaryDirectory() as name:
        whole = Path(name)
        own, sticky = whole / "own", whole / "sticky"
        for folder, mode in ((whole, 0o755), (own, 0o755), (sticky, 0o1777)):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
        os.chown(own, NOBODY, NOBODY)
        yield own, sticky


@needs_root
def test_what_was_written_is_put_back_if_the_next_file_cannot_be(folders: tuple[Path, Path]) -> None:
    text, html = folders[0] / "a.txt", folders[1] / "a.html"
    text.write_bytes(b"\xef\xbb\xbfalt\r\n")
    html.write_text("<p>alt</p>")
    text.chmod(0o640)
    os.chown(text, NOBODY, NOBODY)
    html.chmod(0o666)
    files = [Rewriting(str(text), "alt\r\n", "neu\r\n"), Rewriting(str(html), "<p>alt</p>", "<p>neu</p>")]
    with pytest.raises(InvalidInput, match=r"a\.html cannot be written: Operation not permitted"), nobody():
        rewrite(files)
    assert (text.read_bytes(), html.read_text()) == (b"\xef\xbb\xbfalt\r\n", "<p>alt</p>")
    assert (stat.S_IMODE(text.stat().st_mode), text.stat().st_uid) == (0o640, NOBODY)
    assert [each.name for folder in folders for each in folder.iterdir()] == ["a.txt", "a.html"]
