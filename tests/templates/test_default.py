"""`Messenger default NEW` as it is shipped."""

from __future__ import annotations

import pytest

from plentymsg.templates.default import LanguageVersion, default_templates
from plentymsg.templates.render import Rendered, Version, check, render
from plentymsg.templates.variables import PlainText, build

VERSIONS = {version.language: version for version in default_templates()[0].versions}


def _render(version: LanguageVersion, **known: object) -> Rendered:
    values = {key.replace("__", "."): value for key, value in known.items()}
    variables = build({"globals.clientName": "Holzweg", "text": PlainText("Gern.\nBis dann"), **values})
    return render(Version(version.subject, version.text, version.html), variables)


def test_it_has_its_name_its_folder_and_both_languages() -> None:
    (template,) = default_templates()
    assert (template.name, template.folder) == ("Messenger default NEW", "Default templates")
    assert list(VERSIONS) == ["de", "en"]
    assert {version.subject for version in template.versions} == {"{{globals.clientName}}"}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_it_passes_its_own_check(language: str, part: str) -> None:
    assert check(getattr(VERSIONS[language], part), part) == ()


@pytest.mark.parametrize(("language", "greeting"), [("de", "Hallo"), ("en", "Hello")])
def test_it_greets_by_name_and_signs(language: str, greeting: str) -> None:
    rendered = _render(
        VERSIONS[language],
        contact__fullName="Petra <Müller>",
        globals__account__signatureText="Ihr Team",
        globals__account__signatureHTML="<b>Ihr Team</b>",
    )
    assert rendered == Rendered(
        subject="Holzweg",
        text=f"{greeting} Petra <Müller>,\n\nGern.\nBis dann\n\nIhr Team",
        html=f"<p>{greeting} Petra &lt;Müller&gt;,</p>\n"
        "<p>Gern.<br>\nBis dann</p>\n<div><b>Ihr Team</b></div>",
        warnings=(),
    )


@pytest.mark.parametrize(("language", "greeting"), [("de", "Guten Tag,"), ("en", "Hello,")])
def test_without_name_and_signature_it_reads_well_and_warns_of_nothing(language: str, greeting: str) -> None:
    rendered = _render(VERSIONS[language])
    assert rendered == Rendered(
        subject="Holzweg",
        text=f"{greeting}\n\nGern.\nBis dann",
        html=f"<p>{greeting}</p>\n<p>Gern.<br>\nBis dann</p>",
        warnings=(),
    )
