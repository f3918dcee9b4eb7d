"""One part of a message while it is rendered: its templates, the text blocks they use, their common limits.

A text block is a variable, `textBlocks['Opening hours']`. It is Twig as well, so it is rendered where it is
first asked for, with the variables of the message but not those that a template has set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from plentymsg.templates.limits import MAX_OUTPUT, Budget
from plentymsg.templates.provenance import Trace, Traced, TracedHtml
from plentymsg.templates.source import Refusal
from plentymsg.templates.variables import BLOCKS, Branch, PlainText

if TYPE_CHECKING:
    from jinja2 import Template

    from plentymsg.templates.environment import TwigEnvironment
    from plentymsg.templates.run import Run


class Version(NamedTuple):
    """One language version of a template, as its author wrote it. Any part may be empty."""

    subject: str
    text: str
    html: str


class Shelf(NamedTuple):
    """What a template reaches besides its variables."""

    load: Callable[[int], Version] | None = None
    """The version with a language ID; raises `NotFound` or `LookupError` if there is none."""
    blocks: Mapping[str, int | None] = MappingProxyType({})
    """The text blocks by name: the language ID of what suits this message, None if it has nothing."""
    text_of: Callable[[str], str] = str
    """HTML as text, for a text block that has only HTML."""


class Allowance:
    """What the templates of one message may use, each of its parts for itself."""

    def __init__(self) -> None:
        self._budgets: dict[str, Budget] = {}

    def of(self, part: str) -> Budget:
        """What is left for the subject, the text or the HTML."""
        return self._budgets.setdefault(part, Budget())


class TextBlocks(Mapping[str, object]):
    """The text blocks of one part: each is rendered when it is first asked for."""

    def __init__(self, names: Mapping[str, object], read: Callable[[str], str]) -> None:
        self._names = names
        self._read = read
        self._printed: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._printed:
            self._printed[name] = self._read(name)
        return self._printed[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Rendering:
    """Renders one part of one template; `budget` is shared with what else this part is made of."""

    def __init__(self, part: str, variables: Mapping[str, object], shelf: Shelf, budget: Budget) -> None:
        self.warnings: dict[str, None] = {}
        self._part = part
        self._variables = variables
        self._shelf = shelf
        self._budget = budget

    def printed(self, source: str) -> Trace:
        """What the template prints, and what printed it. Raises `TemplateFault`."""
        return self._run(self._part, lambda environment: environment.from_string(source), 0)

    def begin(self, variables: Mapping[str, object], html: bool, budget: Budget, depth: int) -> Run:
        """The state in which one template is run."""
        from plentymsg.templates.run import Run

        return Run(variables, html, budget, depth)

    def _run(self, part: str, find: Callable[[TwigEnvironment], Template], depth: int) -> Trace:
        """One template, without the blank lines around it."""
        from jinja2 import TemplateError

        from plentymsg.templates.environment import TwigEnvironment

        blocks = TextBlocks(self._shelf.blocks, lambda name: self._block(name, part, run))
        run = self.begin(_with_blocks(self._variables, blocks), part == "html", self._budget, depth)
        pieces: list[str] = []
        marks: list[Any] = []
        size = 0
        try:
            template = find(TwigEnvironment(run, part, self._loader(part)))
            for piece in template.root_render_func(template.new_context()):
                if piece:
                    marks += (size, run.printed_at, run.printed_until, run.printed_value)
                size += len(piece)
                # A text block takes its room where it is printed.
                if size > MAX_OUTPUT or (not depth and not self._budget.print(len(piece))):
                    raise run.fault(
                        f"The {part} is longer than {MAX_OUTPUT:,} characters", "Make it shorter."
                    )
                pieces.append(piece)
        except (TemplateError, RecursionError, MemoryError, SyntaxError) as error:
            raise run.fault("The template cannot be rendered", "Make it simpler.") from error
        self.warnings.update(run.warnings)
        return Trace("".join(pieces), marks, run.locate).trimmed()

    def _loader(self, part: str) -> Callable[[int], str] | None:
        load = self._shelf.load
        if load is None:
            return None

        def source(number: int) -> str:
            found: str = getattr(load(number), part)
            if not found:
                raise Refusal(f"The template with the language ID {number} has no {part}", "Write it there.")
            return found

        return source

    def _block(self, name: str, part: str, run: Run) -> str:
        """A text block in the form that suits the part: as HTML, or as text."""
        number, load = self._shelf.blocks[name], self._shelf.load
        if number is None or load is None:
            raise Refusal(
                f'The text block "{name}" has no version in the language of the message',
                "Add one, or one for all languages.",
            )

        def as_(kind: str) -> Trace:
            return self._run(kind, lambda environment: environment.get_template(str(number)), run.depth)

        version = load(number)
        if part == "html":
            # HTML in either case: `| raw` after a block of text must not let a customer's name act.
            trace = as_("html" if version.html else "text")
            return TracedHtml(trace.text if version.html else PlainText(trace.text).__html__(), trace)
        trace = as_("text" if version.text else "html")
        return Traced(trace.text if version.text else self._shelf.text_of(trace.text), trace)


def _with_blocks(variables: Mapping[str, object], blocks: TextBlocks) -> Mapping[str, object]:
    if isinstance(variables, Branch):
        return variables.having(BLOCKS, blocks)
    return {**variables, BLOCKS: blocks}
