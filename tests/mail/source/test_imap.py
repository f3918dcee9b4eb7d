from __future__ import annotations

import imaplib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plentymsg.errors import NotFound, Unreachable
from plentymsg.mail import source
from plentymsg.mail.server import Encryption
from plentymsg.mail.source import Batch, imap_mailbox, open_source
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scripted import scripted_imap

pytestmark = pytest.mark.usefixtures("trusted")

LONG_AGO = date(2000, 1, 1)


def mail(number: int, size: int = 0) -> bytes:
    return f"Message-ID: <{number}@example.com>\r\nSubject: {number}\r\n\r\n{'x' * size}\r\n".encode()


@pytest.fixture
def fetch(dovecot: Dovecot, user: str) -> Callable[..., list[Batch]]:
    def all_batches(position: str | None = None, since: date = LONG_AGO) -> list[Batch]:
        return list(open_source(dovecot.server(user)).batches(position, since))

    return all_batches


@pytest.fixture
def other_client(dovecot: Dovecot, user: str) -> Iterator[imaplib.IMAP4]:
    """A colleague's mail program on the same mailbox."""
    client = imaplib.IMAP4("127.0.0.1", dovecot.port)
    client.login(user, PASSWORD)
    client.select()
    yield client
    client.logout()


def subjects(batches: list[Batch]) -> list[int]:
    return [int(each.raw.split(b"Subject: ")[1].split()[0]) for batch in batches for each in batch.mails]


def flags_of(dovecot: Dovecot, user: str) -> list[str]:
    """The flags of all mail, as another client sees them."""
    client = imaplib.IMAP4("127.0.0.1", dovecot.port)
    client.login(user, PASSWORD)
    client.select(readonly=True)
    _, data = client.fetch("1:*", "(FLAGS)")
    client.logout()
    return [line.decode() for line in data]


@pytest.mark.parametrize("encryption", ["ssl", "starttls", "none"])
def test_mail_is_fetched_whole_and_once(dovecot: Dovecot, user: str, encryption: Encryption) -> None:
    for number in range(3):
        dovecot.append(user, mail(number))
    inbox = open_source(dovecot.server(user, encryption))
    first = list(inbox.batches(None, LONG_AGO))
    assert [each.raw for batch in first for each in batch.mails] == [mail(n) for n in range(3)]
    assert [each.name for batch in first for each in batch.mails] == ["1", "2", "3"]
    assert list(inbox.batches(first[-1].position, LONG_AGO)) == []


def test_only_what_came_since_is_fetched(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    dovecot.append(user, mail(1))
    position = fetch()[-1].position
    dovecot.append(user, mail(2))
    assert subjects(fetch(position)) == [2]


def test_without_new_mail_the_folder_is_not_even_opened(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.append(user, mail(1))
    position = fetch()[-1].position
    commands: list[str] = []
    send = imaplib.IMAP4._command

    def listened(self: imaplib.IMAP4, name: str, *arguments: object) -> object:
        commands.append(name)
        return send(self, name, *arguments)

    monkeypatch.setattr(imaplib.IMAP4, "_command", listened)
    assert fetch(position) == []
    assert [name for name in commands if name not in ("CAPABILITY", "LOGIN", "LOGOUT")] == ["STATUS"]


def test_nothing_on_the_server_is_marked(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    path = dovecot.append(user, mail(1))
    open_source(dovecot.server(user)).test()
    fetch()
    assert path.exists(), "an opened folder moves mail from new to cur"
    assert "\\Seen" not in flags_of(dovecot, user)[0]


def test_batches_are_bounded_in_number(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 2)
    for number in range(5):
        dovecot.append(user, mail(number))
    assert [(len(batch.mails), batch.remaining) for batch in fetch()] == [(2, 3), (2, 1), (1, 0)]


def test_a_mail_bigger_than_a_batch_comes_alone(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 10_000)
    for number, size in enumerate((10, 30_000, 10, 6_000, 6_000)):
        dovecot.append(user, mail(number, size))
    assert [subjects([batch]) for batch in fetch()] == [[0], [1], [2, 3], [4]]


def test_an_interrupted_fetch_goes_on_where_its_last_batch_ended(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 2)
    for number in range(5):
        dovecot.append(user, mail(number))
    unfinished = open_source(dovecot.server(user)).batches(None, LONG_AGO)
    first = next(unfinished)
    unfinished.close()
    assert subjects([first]) + subjects(fetch(first.position)) == [0, 1, 2, 3, 4]


def test_the_first_fetch_begins_at_its_date_even_after_an_interruption(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    now = datetime.now(UTC)
    ages = (1, 400, 1, 400, 1)
    for number, age in enumerate(ages):
        dovecot.append(user, mail(number), received_at=now - timedelta(days=age))
    since = (now - timedelta(days=30)).date()
    unfinished = open_source(dovecot.server(user)).batches(None, since)
    first = next(unfinished)
    unfinished.close()
    assert subjects([first]) == [0]
    # What comes after the first fetch began is new, whatever its age: somebody put it there.
    dovecot.append(user, mail(5), received_at=now - timedelta(days=400))
    assert subjects(fetch(first.position, since)) == [2, 4, 5]


def test_an_old_mailbox_without_recent_mail_still_gets_a_position(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    dovecot.append(user, mail(1), received_at=datetime(2001, 1, 1, tzinfo=UTC))
    batches = fetch(None, date(2020, 1, 1))
    assert subjects(batches) == []
    assert json.loads(batches[-1].position)["uid"] == 1
    assert fetch(batches[-1].position) == []


def test_an_empty_mailbox_is_no_error(fetch: Callable[..., list[Batch]]) -> None:
    assert subjects(fetch()) == []


def test_expunged_uids_cost_nothing_next_time(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], other_client: imaplib.IMAP4
) -> None:
    for number in range(3):
        dovecot.append(user, mail(number))
    other_client.noop()
    other_client.store("3", "+FLAGS", "\\Deleted")
    other_client.expunge()
    position = fetch()[-1].position
    assert json.loads(position)["uid"] == 3
    assert fetch(position) == []


@pytest.mark.parametrize("stored", ["", "nonsense", "[]", '{"uid": 1}', '{"watermark": 5, "names": []}'])
def test_a_position_of_another_form_means_reading_again(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], stored: str
) -> None:
    dovecot.append(user, mail(1))
    assert subjects(fetch(stored)) == [1]


def test_a_changed_uidvalidity_means_reading_again(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    dovecot.append(user, mail(1))
    stored = json.loads(fetch()[-1].position)
    assert subjects(fetch(json.dumps(stored | {"uidvalidity": stored["uidvalidity"] - 1}))) == [1]


def restored(position: str, **changes: object) -> str:
    """The position as it was before the folder got another UIDVALIDITY."""
    stored = json.loads(position)
    return json.dumps(stored | {"uidvalidity": stored["uidvalidity"] - 1} | changes)


def test_reading_again_after_a_long_time_leaves_no_gap(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    """What came since the last fetch is wanted, though it is older than the days that a first fetch takes."""
    now = datetime.now(UTC)
    for number, age in enumerate((200, 91, 89, 40, 1)):
        dovecot.append(user, mail(number), received_at=now - timedelta(days=age))
    since = (now - timedelta(days=30)).date()
    position = fetch(None, since)[-1].position
    assert json.loads(position)["fetched"] in {now.date().isoformat(), datetime.now(UTC).date().isoformat()}
    long_ago = (now - timedelta(days=90)).date().isoformat()
    assert subjects(fetch(restored(position, fetched=long_ago), since)) == [1, 2, 3, 4]
    assert subjects(fetch(restored(position), since)) == [4], "it begins no later than asked for"
    with_none = {key: value for key, value in json.loads(restored(position)).items() if key != "fetched"}
    assert subjects(fetch(json.dumps(with_none), since)) == [4], "positions of old go on working"


def test_an_interrupted_fetch_does_not_count_as_one(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what it had not come to would be left out if the UIDs change then."""
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    now = datetime.now(UTC)
    for number in range(3):
        dovecot.append(user, mail(number), received_at=now - timedelta(days=20))
    month, today = (now - timedelta(days=30)).date(), now.date()
    inbox = open_source(dovecot.server(user))
    first_fetch = next(iter(inbox.batches(None, month))).position
    uidvalidity = json.loads(first_fetch)["uidvalidity"]
    known = {"uidvalidity": uidvalidity, "uid": 0, "fetched": (now - timedelta(days=25)).date().isoformat()}
    later_fetch = next(iter(inbox.batches(json.dumps(known), today))).position
    for position in (first_fetch, later_fetch):
        assert subjects(list(inbox.batches(restored(position), today))) == [0, 1, 2]


def test_a_folder_restored_from_a_backup_is_read_again(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    """Its UIDs end before the position: what comes next would be below it, and never be seen."""
    dovecot.append(user, mail(1))
    stored = json.loads(fetch()[-1].position)
    assert subjects(fetch(json.dumps(stored | {"uid": 50}))) == [1]


def test_a_huge_folder_is_searched_in_ranges(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_mailbox, "SEARCH_WINDOW", 3)
    for number in range(11):
        dovecot.append(user, mail(number))
    assert subjects(fetch()) == list(range(11))


def test_another_clients_flagging_and_expunging_misfiles_nothing(
    dovecot: Dovecot, user: str, other_client: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 4)
    for number in range(1, 13):
        dovecot.append(user, mail(number, 50))
    batches = open_source(dovecot.server(user)).batches(None, LONG_AGO)
    found = [next(batches)]
    other_client.noop()
    other_client.store("5:12", "+FLAGS", "\\Flagged")
    other_client.store("6,9", "+FLAGS", "\\Deleted")
    other_client.expunge()
    found += batches
    named = [(int(each.name), each.raw) for batch in found for each in batch.mails]
    assert all(raw == mail(uid, 50) for uid, raw in named)
    assert [uid for uid, _ in named] == [1, 2, 3, 4, 5, 7, 8, 10, 11, 12]


def test_updates_between_the_literals_stay_with_their_own_message() -> None:
    """As a server may send them: UID behind the body, and a stranger's flags in the middle."""
    answer = [
        (b"1 (BODY[] {3}", b"one"),
        b' UID 101 INTERNALDATE "01-Nov-2026 10:00:00 +0100")',
        b"2 (FLAGS (\\Seen) UID 102)",
        b"7 (FLAGS (\\Deleted))",
        (b"3 (UID 103 BODY[] {5}", b"three"),
        b")",
        b'4 (UID 104 BODY[] "")',
        b"5 (UID 105 BODY[] NIL)",
        None,
    ]
    found = list(imap_mailbox._records(answer))
    assert [body for _, body in found] == [b"one", None, None, b"three", b"", None]
    assert b"UID 101" in found[0][0]
    assert b"UID 103" in found[3][0]


def test_mail_that_was_not_asked_for_is_not_taken(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a late answer to an earlier question arrives: here the server is asked for too much."""
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    monkeypatch.setattr(imap_mailbox, "_uid_set", lambda uids: "1:*")
    for number in range(1, 4):
        dovecot.append(user, mail(number))
    assert [subjects([batch]) for batch in fetch()] == [[1], [2], [3]]


def test_the_time_of_arrival_is_the_servers(
    dovecot: Dovecot, user: str, fetch: Callable[..., list[Batch]]
) -> None:
    moment = datetime(2026, 11, 3, 12, 30, 15, tzinfo=UTC)
    dovecot.append(user, mail(1), received_at=moment)
    assert fetch()[0].mails[0].received_at == moment


def test_another_folder_with_an_umlaut(dovecot: Dovecot, user: str) -> None:
    dovecot.append(user, mail(1), "Kunden/Gr&APw-n")
    server = dovecot.server(user, folder="Kunden/Grün")
    assert subjects(list(open_source(server).batches(None, LONG_AGO))) == [1]


def test_a_missing_folder_names_the_nearest(dovecot: Dovecot, user: str) -> None:
    dovecot.maildir(user, "Bestellungen")
    server = dovecot.server(user, folder="Bestelungen")
    for use in (open_source(server).test, lambda: list(open_source(server).batches(None, LONG_AGO))):
        with pytest.raises(NotFound) as caught:
            use()
        assert "Bestelungen" in caught.value.message
        assert "Bestellungen" in caught.value.hint


def test_a_server_that_goes_in_the_middle_keeps_what_was_yielded(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    for number in range(2):
        dovecot.append(user, mail(number))
    batches = open_source(dovecot.server(user)).batches(None, LONG_AGO)
    first = next(batches)
    dovecot.kick(user)
    with pytest.raises(Unreachable, match="ended the connection"):
        next(batches)
    rest = open_source(dovecot.server(user)).batches(first.position, LONG_AGO)
    assert subjects([first, *rest]) == [0, 1]


@pytest.mark.parametrize("sizes", ["", "NO not now", "* 1 FETCH (UID 1 RFC822.SIZE 0)"])
def test_mail_of_unknown_size_comes_one_by_one(sizes: str) -> None:
    """A hundred at once could be more than memory holds."""
    with scripted_imap({"SIZES": sizes}) as server:
        batches = list(open_source(server).batches(None, LONG_AGO))
    assert [subjects([batch]) for batch in batches] == [[1], [2], [3]]


def test_an_answer_to_search_may_end_with_a_modseq() -> None:
    """RFC 7162, section 3.1.5."""
    with scripted_imap({"SEARCH": "* SEARCH 1 2 (MODSEQ 9)"}) as server:
        assert subjects(list(open_source(server).batches(None, LONG_AGO))) == [1, 2]


@pytest.mark.parametrize(
    "answers",
    [
        {"SEARCH": "* SEARCH one two"},
        {"SEARCH": f"* SEARCH {'9' * 5000}"},
        {"STATUS": ""},
        {"STATUS": "* STATUS"},
        {"EXAMINE": "* x EXISTS\r\n* OK [UIDVALIDITY x] ok"},
        {"EXAMINE": "* 3 EXISTS\r\n* OK [UIDVALIDITY x] ok\r\n* OK [UIDNEXT 4] ok"},
        {"SIZES": f"* 1 FETCH (UID 1 RFC822.SIZE {'9' * 5000})"},
        {"CAPABILITY": "* CAPABILITY \xff"},
        {"LOGIN": "HTTP/1.1 400 Bad Request"},
    ],
)
def test_a_server_that_answers_oddly_is_named(answers: dict[str, str]) -> None:
    with scripted_imap(answers) as server, pytest.raises(Unreachable) as caught:
        position = json.dumps({"uidvalidity": 7, "uid": 1})
        list(open_source(server).batches(position, LONG_AGO))
    assert "localhost" in caught.value.message
    assert caught.value.hint


def test_the_line_limit_of_imaplib_stays_as_it_is() -> None:
    """imap-tools lifts it for the whole process, where another part may rely on it."""
    program = (
        "import imaplib; before = imaplib._MAXLINE; import plentymsg.mail.source.imap;"
        "assert imaplib._MAXLINE == before"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_protocol_is_imported_without_any_library() -> None:
    program = (
        "import sys, plentymsg.mail.source, plentymsg.mail.transport, plentymsg.mail.message;"
        "assert not {'imap_tools', 'imaplib', 'smtplib', 'lxml', 'email'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path("/"))
