"""
Templates become text: a small, closed part of Jinja, checked when the house starts, so that no warning ever fails on a typing error.

A template may print facts, ask whether they are there and go through lists. It can't call, compute or reach anything else.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from watchdog.terms.errors import ConfigError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Template

    Problem = tuple[str, dict[str, str | int]]

#: Texts, yes-or-no facts and lists need no more than this; every other construct is refused by its name.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
    nodes.List,
    nodes.Tuple,
)
_OPERATORS = frozenset({"eq", "ne", "in", "notin"})
_FILTERS = frozenset({"upper", "lower", "trim", "join", "length", "first", "last", "escape", "e"})
_LOOP = frozenset({"first", "last", "index", "length"})


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


@cache
def _parsed(name: str, text: str) -> nodes.Template:
    """
    Return the template's tree; a process that builds many houses reads each text once.
    """
    return _environment().parse(text, name)


@cache
def _compiled(name: str, text: str) -> Template:
    environment = _environment()
    code = environment.compile(_parsed(name, text), name, name)
    return environment.template_class.from_code(environment, code, {})


class Renderer:
    """
    The checked templates, compiled when first used.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        *,
        names: Callable[[str], frozenset[str]],
        parts: frozenset[str],
        language: str,
    ) -> None:
        """
        Check every template against the names it may use.

        Args:
            templates: text by name, ``ja/ticket.txt``; names ending in ``.html`` are escaped.
            names: the facts a template of that name may print.
            parts: the fields of listed things (``line.order_id``).
            language: of the problems, for the operator.

        Raises:
            ConfigError: every problem of every template at once.
        """
        self._parts = parts
        self._texts = dict(templates)
        problems = [
            say(code, language, {"name": name, **details})
            for name, text in sorted(templates.items())
            for code, details in self._problems(name, text, names(name))
        ]
        if problems:
            raise ConfigError(problems)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """
        Return the text with a single line break at its end.
        """
        return _compiled(name, self._texts[name]).render(values).strip() + "\n"

    def _problems(self, name: str, text: str, known: frozenset[str]) -> Iterator[Problem]:
        try:
            tree = _parsed(name, text)
        except TemplateSyntaxError as error:
            yield "template_broken", {"line": error.lineno, "problem": error.message or ""}
            return
        yield from _problems_below(tree, known, self._parts)


def _problems_below(node: nodes.Node, known: frozenset[str], parts: frozenset[str]) -> Iterator[Problem]:
    """
    Yield what is wrong in this part of a template; a loop's own names are known only inside it.
    """
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        yield "template_name_unknown", {"unknown": node.name, "known": ", ".join(sorted(known))}
    wrong = _refused(node, parts)
    if wrong:
        yield "template_not_allowed", {"line": node.lineno or 0, "construct": wrong}
    inside = known
    if isinstance(node, nodes.For):
        inside = known | {"loop"} | {name.name for name in (node.target, *node.target.find_all(nodes.Name)) if isinstance(name, nodes.Name)}
        yield from _problems_below(node.iter, known, parts)
    for child in node.iter_child_nodes(exclude=("iter",)):
        yield from _problems_below(child, inside, parts)


def _refused(node: nodes.Node, parts: frozenset[str]) -> str | None:
    """
    Return the name of what templates may not use here, or None.
    """
    if not isinstance(node, _ALLOWED):
        return type(node).__name__.lower()
    match node:
        case nodes.Getattr():
            allowed = _LOOP if isinstance(node.node, nodes.Name) and node.node.name == "loop" else parts
            return None if node.attr in allowed else f".{node.attr}"
        case nodes.Filter():
            return None if node.name in _FILTERS and node.node is not None else f"|{node.name}"
        case nodes.Operand():
            return None if node.op in _OPERATORS else node.op
        case nodes.For():
            return "recursive" if node.recursive else None
        case _:
            return None


def subject_and_body(text: str) -> tuple[str, str]:
    """
    Return a letter's first line, which is its subject, and the rest.
    """
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"
