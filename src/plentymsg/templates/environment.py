"""The sandbox: a Jinja2 environment that reads Twig and lets nothing of Python through.

Why no child process guards it: every loop round, operation and printed text of a template is a call of
ours (see `emit`), so a budget of steps, a size limit and a clock stop it from within, at the same place
every time, at microseconds a call. A forked child would cost more than a normal template, must not
be forked from a program with threads, and would inherit its open SQLite connections and locks.
That the sandbox of Jinja2 stands around it, with all attributes and calls refused, is the second wall.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import LRUCache

from plentymsg.errors import PlentymsgError
from plentymsg.templates.emit import Emitter, Generator
from plentymsg.templates.names import examine
from plentymsg.templates.run import Run
from plentymsg.templates.source import Refusal, Source
from plentymsg.templates.statements import parse

Load = Callable[[int], str]

_COMPILED = LRUCache(32)
"""The code of the templates used last: many messages are made from few templates."""


class Loader(BaseLoader):
    """Gets included templates by their language ID."""

    def __init__(self, run: Run, load: Load | None) -> None:
        self._run = run
        self._load = load

    def get_source(self, _environment: Environment, template: str) -> tuple[str, None, None]:
        """The text of a template. Raises `TemplateFault` at the place that asks for it."""
        if self._load is None:
            raise self._run.fault("Templates cannot be included here", "Write the text itself.")
        try:
            return self._load(int(template)), None, None
        except Refusal as refusal:
            raise self._run.fault(refusal.message, refusal.hint) from None
        except (PlentymsgError, LookupError, ValueError) as error:
            message = f"There is no template with the language ID {template}"
            raise self._run.fault(message, "Each version of a template is shown with its own.") from error


class TwigEnvironment(ImmutableSandboxedEnvironment):
    """Compiles and runs the templates of one rendering."""

    code_generator_class = Generator

    def __init__(self, run: Run, part: str, load: Load | None) -> None:
        super().__init__(autoescape=run.html, loader=Loader(run, load), optimized=False)
        self._run = run
        self._part = part
        self.filters = run.operations()
        self.tests = {}
        self.globals = {}

    def compile(  # type: ignore[override]  # Jinja2 can also give its Python source, which nobody asks for
        self, source: str, name: str | None = None, *_unused: Any
    ) -> CodeType:
        """The code of a template: Twig is read here. Raises `TemplateFault` where it cannot be."""
        read = Source(source, self._part, int(name) if name else None)
        base = self._run.add(read)
        key = (read.text, self._part, name, base)
        code: CodeType | None = _COMPILED.get(key)
        if code is None:
            code = _COMPILED[key] = super().compile(self._translate(read, base), name)
        return code

    def _translate(self, source: Source, base: int) -> nodes.Template:
        body = parse(source)
        for fault in examine(source, body):
            raise fault
        return Emitter(base).template(body)

    def is_safe_attribute(self, _obj: Any, _attr: str, _value: Any) -> bool:
        """None is."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the block of the template that is extended, for `parent()`."""
        return isinstance(obj, BlockReference)

    def getitem(self, _obj: Any, _argument: Any) -> Any:
        """Refused: entries of lists and mappings are read by `Run`."""
        raise SecurityError("no items")

    def getattr(self, _obj: Any, _attribute: str) -> Any:
        """Refused."""
        raise SecurityError("no attributes")
