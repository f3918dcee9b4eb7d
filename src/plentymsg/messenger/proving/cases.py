"""Which templates are proven, in which languages, for which channels, and what is known of the shop then."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from plentymsg.errors import NotFound, TemplateFault
from plentymsg.messenger import access, channels, judging, recipients, skipping, typed_variables, writing
from plentymsg.messenger.access import Actor
from plentymsg.messenger.check import Verdict
from plentymsg.messenger.composing import Gathered, gathered
from plentymsg.messenger.languages import Wish
from plentymsg.messenger.passages import originals
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.proving.drafts import PARTS, Drafts, Texts
from plentymsg.messenger.proving.proof import MOST_SECONDS, Judging, Proof, prove
from plentymsg.messenger.proving.real import entries_of
from plentymsg.messenger.templates import EVERY_LANGUAGE
from plentymsg.messenger.value_types import Declared
from plentymsg.messenger.writing import Given, Written
from plentymsg.rules.draft import Attachment, Draft
from plentymsg.rules.violation import Violation
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row
from plentymsg.templates.variables import PlainText

_WORST_FIRST: Final = ("violates", "cannot tell", "clean")
_UNKNOWN: Final = ("contact.fullName", "messenger.title")
"""What `writing.variables_of` takes from a message, of which there is none yet."""


class Place(NamedTuple):
    """Where the messages of a template would go, as far as it is named."""

    marketplace: str | None = None
    """Whose requirements hold too; without a channel, it goes through one of this marketplace."""
    channel: str | None = None
    """The only channel to prove it for, whether it uses it or not."""
    to: Sequence[str] = ()


class Proven(NamedTuple):
    """The proof of a template in a language, for a channel that uses it or none."""

    template: str
    language: str
    channel: str | None
    marketplaces: tuple[str, ...]
    proof: Proof

    def is_ok(self, *, strict: bool) -> bool:
        """Whether nothing is wrong; with `strict`, what cannot be told is wrong too."""
        return self.proof.verdict == "clean" or (self.proof.verdict == "cannot tell" and not strict)

    @property
    def is_unused(self) -> bool:
        """Whether no channel uses it, and no marketplace was named, so that none asks for anything."""
        return self.channel is None and not self.marketplaces

    @property
    def label(self) -> str:
        """What it is about, in words."""
        return f"{self.template} ({self.language})" + (f" in {self.channel}" if self.channel else "")

    def as_verdict(self) -> Verdict:
        """What reports tell of a message: that of the example, or that nothing was found."""
        example = self.proof.example
        if example is not None:
            return Verdict(example.message, example.draft, example.violations, self.label)
        nothing = Written(originals("given", "", "", ""), ())
        return Verdict(nothing, Draft(frozenset(self.marketplaces), (), "", "", ""), (), self.label)

    def as_json(self, *, strict: bool) -> dict[str, Any]:
        """The proof as `check --json` prints it."""
        example, fault = self.proof.example, self.proof.fault
        return {
            "template": self.template,
            "language": self.language,
            "channel": self.channel,
            "ok": self.is_ok(strict=strict),
            "verdict": self.proof.verdict,
            "marketplace": self.marketplaces[0] if len(self.marketplaces) == 1 else None,
            "marketplaces": list(self.marketplaces),
            "violations": [each.as_json() for each in example.violations] if example else [],
            "unknown": [gap.as_json() for gap in self.proof.gaps],
            "example": {
                "variables": {path: str(value) for path, value in example.values.items()},
                "entries": example.entries,
                "subject": example.message.subject,
                "text": example.message.text,
                "html": example.message.html,
            }
            if example
            else None,
            "fault": {"message": fault.message, "hint": fault.hint, **fault.details} if fault else None,
        }


def prove_templates(
    connection: Connection,
    actor: Actor,
    standard: Standard,
    names: Sequence[str],
    given: Given,
    place: Place,
    *,
    strict: bool = False,
) -> list[Proven]:
    """Prove templates (all of them without `names`) in each language, for every channel that uses them.

    `given` is what a message would have besides: a text, a subject or attachments that are known already, and
    in its `language` the only one to prove; `place` says where it would go, else it is proven for every
    channel that uses it. Raises NotFound for a template, language or channel that there is not,
    InvalidInput for what is no recipient.
    """
    access.require(actor, access.TEMPLATE_READ)
    proving = _Proving(connection, actor, standard, given, strict, place)
    templates = [writing.template_named(connection, name) for name in names] or views.select(
        connection, "v_template", {"kind": "template"}, order_by="name"
    )
    return [proven for template in templates for proven in proving.of(template)]


class _Proving:
    def __init__(
        self,
        connection: Connection,
        actor: Actor,
        standard: Standard,
        given: Given,
        strict: bool,
        place: Place,
    ) -> None:
        self._connection = connection
        self._actor = actor
        self._standard = standard
        self._given = given
        self._strict = strict
        self._place = place
        self._to = recipients.parse(place.to)
        self._declared: Mapping[str, Declared] = typed_variables.declared(connection)
        self._channels = views.select(connection, "v_channel", order_by="name")
        self._drafts: dict[object, Drafts] = {}
        self._proofs: dict[object, Proof] = {}
        self._seen: dict[Draft, bool] = {}

    def of(self, template: Row) -> Iterator[Proven]:
        """The proofs of one template."""
        proven_for: list[Row | None] = [None]
        marketplace = self._place.marketplace
        if self._place.channel is not None:
            named_id = channels.find(self._connection, self._place.channel)
            proven_for = [channels.row_of(self._connection, named_id)]
        elif marketplace is None:
            proven_for = self._using(template) or proven_for
        policy = self._standard.policy
        named = {policy.find_marketplace(marketplace).key} if marketplace is not None else set()
        for channel in proven_for:
            asked = judging.marketplaces_of(policy, skipping.left(channel, self._to), channel=channel) | named
            for language in self._languages(template):
                proof = _worst(self._proofs_of(template, language, channel, asked))
                name = None if channel is None else channel["name"]
                yield Proven(template["name"], language, name, tuple(sorted(asked)), proof)

    def _using(self, template: Row) -> list[Row | None]:
        use = ("template_new_id", "template_reply_id")
        return [row for row in self._channels if template["id"] in [row[column] for column in use]]

    def _languages(self, template: Row) -> list[str]:
        languages: list[str] = views.parsed(template["languages"])
        if self._given.language is None:
            return languages
        version = gathered(self._connection, template, Wish(asked=self._given.language)).version
        return [version["language"]]

    def _proofs_of(
        self, template: Row, language: str, channel: Row | None, asked: frozenset[str]
    ) -> Iterator[Proof]:
        for spoken in self._spoken(template, language):
            try:
                made_of = gathered(self._connection, template, Wish(asked=spoken))
            except TemplateFault as fault:
                yield Proof("violates", fault=fault)
                continue
            except NotFound:
                continue
            for signer in self._signers(made_of):
                yield self._proof(template, made_of, spoken, channel, signer, asked)

    def _proof(
        self,
        template: Row,
        made_of: Gathered,
        spoken: str,
        channel: Row | None,
        signer: int,
        asked: frozenset[str],
    ) -> Proof:
        own = writing.variables_of(self._connection, channel, user_id=signer)
        known = {name: value for name, value in own.items() if name not in _UNKNOWN}
        given = {"subject": self._given.subject, "html": self._given.html}
        fixed = {part: text for part, text in given.items() if text is not None}
        if self._given.text is not None:
            known["text"] = PlainText(self._given.text)
        said = tuple(sorted((name, str(value)) for name, value in known.items()))
        walked = (made_of.version["id"], spoken, said)
        if walked not in self._drafts:
            until = time.thread_time() + MOST_SECONDS
            self._drafts[walked] = Drafts(made_of, known, fixed, until)
        named = self._place.marketplace
        through = judging.marketplace_through(self._standard.policy, channel, named)
        to = skipping.left(channel, self._to)
        key = (walked, asked, through, to)
        if key not in self._proofs:

            def really(
                values: Mapping[str, object], counts: Mapping[str, int]
            ) -> tuple[Written, Draft, tuple[Violation, ...]]:
                message = self._written(template, spoken, {**own, **entries_of(values, counts)})
                draft = judging.draft_of(message, to, asked, through)
                return message, draft, judging.judged(message, draft, self._standard)

            attached = self._attached()

            def draft_of(texts: Texts) -> Draft:
                return Draft(asked, to, *texts, attachments=attached, channel=through)

            held_to = Judging(self._standard, draft_of, really, self._strict, self._seen)
            self._proofs[key] = prove(self._drafts[walked], self._declared, held_to)
        return self._proofs[key]

    def _attached(self) -> tuple[Attachment, ...]:
        return tuple(
            Attachment(a.name, a.content_type, a.content, a.content_id, a.inline)
            for a in self._given.attachments
        )

    def _written(self, template: Row, spoken: str, variables: dict[str, object]) -> Written:
        text = variables.pop("text", None)
        said = self._given.text if self._given.text is not None else str(text or "")
        given = replace(self._given, template=str(template["id"]), language=spoken, text=said)
        return writing.write(self._connection, given, template_id=None, variables=variables)

    def _spoken(self, template: Row, language: str) -> list[str]:
        """The languages that a message from a version can be in: one for all speaks any that parts have."""
        if language != EVERY_LANGUAGE:
            return [language]
        own = set(views.parsed(template["languages"]))
        parts = {row["language"] for row in views.select(self._connection, "v_text_block")}
        for side in ("header_id", "footer_id"):
            if template[side] is not None:
                versions = views.select(self._connection, "v_language_id", {"template_id": template[side]})
                parts |= {row["language"] for row in versions}
        return [language, *sorted(parts - own)]

    def _signers(self, made_of: Gathered) -> list[int]:
        """Users of whom each has another signature, if the template may show one: first who asks."""
        first = self._actor.id
        if not _may_show(made_of, "signature"):
            return [first]
        users = views.select(self._connection, "v_user", {"active": 1}, order_by="id")
        signing = [u for u in users if u["signature_text"] or u["signature_html"] or u["id"] == first]
        found = {(u["signature_text"], u["signature_html"]): u["id"] for u in reversed(signing)}
        return [first, *sorted(user_id for user_id in found.values() if user_id != first)]


def _may_show(made_of: Gathered, word: str) -> bool:
    """Whether a template, its header, footer or a text block has a word, or includes what may have it."""
    load = made_of.shelf.load
    numbers = [number for number in made_of.shelf.blocks.values() if number is not None]
    blocks = [load(number) for number in numbers] if load is not None else []
    sources = [row[part] for _, row in made_of.layers for part in PARTS]
    sources += [text for version in blocks for text in version]
    return any(said in source for source in sources for said in (word, "include", "extends"))


def _worst(proofs: Iterable[Proof]) -> Proof:
    every = list(proofs)
    worst = min(every, key=lambda proof: _WORST_FIRST.index(proof.verdict), default=Proof("clean"))
    gaps = dict.fromkeys(gap for proof in every for gap in proof.gaps)
    return worst._replace(gaps=tuple(gaps) if worst.verdict == "cannot tell" else ())
