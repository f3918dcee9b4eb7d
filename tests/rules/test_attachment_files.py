"""PM304 and PM305: the types and the size of files."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.draft import Attachment
from plentymsg.rules.files import ending, kind_of
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import ANY, Pack, Requirement, shipped
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from tests.rules.corpus import PDF, PNG, TODAY, draft

POLICY = Policy([pack for pack in shipped() if pack.name == "attachments"])


def archive(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return target.getvalue()


XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
DOCX = archive("[Content_Types].xml", "word/document.xml")


def judged(*files: Attachment) -> tuple[Violation, ...]:
    return judge(draft("", attachments=files), POLICY, TODAY)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.PNG", PNG),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("photo.tif", b"II*\x00\x08\x00\x00\x00"),
        ("scan.pdf", PNG),
        ("invoice.pdf", PDF),
        ("invoice.pdf", b"\r\n" + PDF),
        ("invoice", PDF),
        ("", PDF),
        ("list.csv", "Gr\u00f6\u00dfe;1\n".encode("cp1252")),
        ("list.txt", "\ufeffx".encode("utf-16")),
        ("data.json", b"{}"),
        ("empty.txt", b""),
        ("list.xlsx", XLSX),
        ("all.zip", archive("a.exe")),
        ("rechnung.2026.01.pdf", PDF),
    ],
)
def test_what_the_messenger_takes_may_be_attached(name: str, content: bytes) -> None:
    assert judged(Attachment(name, "application/octet-stream", content)) == ()


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("setup.exe", b"MZ\x90\x00", "called .exe"),
        ("invoice.pdf", b"MZ\x90\x00", "exe by its content"),
        ("invoice.pdf.exe", PDF, "called .exe"),
        ("invoice.pdf.exe. ", PDF, "called .exe"),
        ("letter.docx", DOCX, "called .docx"),
        ("letter.zip", DOCX, "docx by its content"),
        ("photo.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 ", "called .webp"),
        ("photo.png", b"<svg/>", "svg by its content"),
        ("page.txt", b"  <!DOCTYPE html><p>", "html by its content"),
        ("run.txt", b"#!/bin/sh", "script by its content"),
        ("photo.png", b"\x00\x01\x02", "of a type that its content does not tell"),
        ("smime.p7s", b"\x30\x80\x06", "called .p7s"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "called .dat"),
        ("invite.ics", b"BEGIN:VCALENDAR", "called .ics"),
        ("mail.eml", b"From: a@example.com", "called .eml"),
    ],
)
def test_other_files_are_refused_by_name_or_content(name: str, content: bytes, wrong: str) -> None:
    (violation,) = judged(Attachment(name, "application/pdf", content, inline=True))
    assert (violation.code, violation.part, violation.excerpt) == ("PM304", "attachments", name)
    assert violation.message.endswith(f"; this is {wrong}.")


def test_all_files_together_may_have_ten_megabytes() -> None:
    half = PDF.ljust(5_000_000)
    files = [Attachment(f"{name}.pdf", "", half) for name in "ab"]
    assert judged(*files) == ()
    (violation,) = judged(*files, Attachment("c.txt", "", b"x"))
    assert (violation.code, violation.excerpt) == ("PM305", "c.txt")
    assert violation.message == "The files have 10.0 MB together; The Messenger takes 10.0 MB."


@given(st.binary(), st.text())
def test_any_file_has_an_answer(content: bytes, name: str) -> None:
    assert kind_of(content, name) == kind_of(content, name).lower()
    assert ending(name) == ending(name.strip())


@pytest.mark.parametrize("written", [".PDF", "pdf", "Pdf"])
def test_a_type_may_be_written_as_people_write_endings(written: str) -> None:
    asked = Requirement(ANY, "PM304", allowed=(written, "JPG"))
    policy = Policy([Pack("own", "", (asked,))])
    files = (Attachment("a.pdf", "", PDF), Attachment("b.jpeg", "", b"\xff\xd8\xff\xe0"))
    assert judge(draft("", attachments=files), policy, TODAY) == ()
    (violation,) = judge(draft("", attachments=(Attachment("c.png", "", PNG),)), policy, TODAY)
    assert "takes pdf, jpeg;" in violation.message


@pytest.mark.parametrize(
    ("name", "claimed"),
    [
        ("a.TXT", "txt"),
        (" a.jpg ", "jpeg"),
        ("a.jpg.", "jpeg"),
        (".jpg", ""),
        ("a", ""),
        ("a.tar.gz", "gz"),
        ("a.tif..", "tiff"),
    ],
)
def test_a_name_claims_what_its_last_ending_says(name: str, claimed: str) -> None:
    assert ending(name) == claimed


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"x", "a.CSV", "csv"),
        (b"x", "a.json", "json"),
        (b"x", "a.exe", "txt"),
        (b"\0", "a.csv", ""),
        (b"\x7f", "a.txt", ""),
        (b"\xff\xfea\0", "a.csv", "csv"),
        (b"\xfe\xff\0a", "a.json", "json"),
        (b"MZ", "a.txt", "exe"),
        (b" MZ", "a.txt", "txt"),
        (bytes(257) + b"ustar", "a", "tar"),
        (b"ustar", "a", "txt"),
        (bytes(4) + b"ftypisom", "", "mp4"),
        (b"", "", "txt"),
        (b"PK\x05\x06", "", "zip"),
        (b" \n<!-- x -->\n<HTML>", "", "html"),
        (b"x<html>", "", "txt"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind
