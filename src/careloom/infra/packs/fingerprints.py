"""The fingerprint of a disclosure rule: what counsel signs is a text, and a changed text is not signed.

A fingerprint is twelve hexadecimal digits over the rule's authority, its days, the statements of its function and of every function, set
and method of the kernel that it reaches, and the sentences and citations of the reasons that it can give. Comments and docstrings do not
count. docs/rules shows it on the page of each rule.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from functools import cache
from hashlib import sha256
from inspect import getsource, unwrap
from types import FunctionType, ModuleType

from careloom.kernel.disclosure import facts, inputs, regimes
from careloom.kernel.disclosure.reasons import Reason
from careloom.kernel.disclosure.regimes import Regime
from careloom.kernel.disclosure.rule import Rule
from careloom.kernel.packs import ParsedPack, Problem, Severity

_KERNEL = "careloom.kernel.disclosure"


def every_regime() -> tuple[Regime, ...]:
    """All regimes, in the order of their names."""
    return tuple(sorted((value for value in vars(regimes).values() if isinstance(value, Regime)), key=lambda regime: regime.name))


@cache
def fingerprints() -> dict[str, str]:
    """The fingerprint of each rule by its name, and of each regime for what it says when no rule permits."""
    rules = {rule.name: rule for regime in every_regime() for rule in regime.rules}
    return {name: _digest(_of_rule(rule)) for name, rule in rules.items()} | {r.name: _digest(_of_regime(r)) for r in every_regime()}


def reasons_of(function: FunctionType) -> tuple[Reason, ...]:
    """Every reason that the function, or what it calls in the kernel, can give; in the order in which they are met."""
    reached: dict[int, object] = {}
    list(_statements(function, reached))
    return tuple(thing for thing in reached.values() if isinstance(thing, Reason))


def drop_lapsed(parsed: ParsedPack) -> ParsedPack:
    """Leave out each review whose rule has changed since, with a warning. Costs nothing for a pack without reviews."""
    if parsed.pack is None or not parsed.pack.reviews:
        return parsed
    current = fingerprints()
    lapsed = {name for name, review in parsed.pack.reviews.items() if current.get(name) != review.of}
    warnings = [
        Problem(
            file="disclosure.yaml",
            where=f"disclosure.reviews.{name}",
            what="The rule has changed since it was reviewed, so it counts as not reviewed.",
            fix=f"Ask counsel to read docs/rules/rule/{name.lower()}.md and write the new fingerprint, {current.get(name, 'none')}.",
            severity=Severity.WARNING,
        )
        for name in sorted(lapsed)
    ]
    kept = {name: review for name, review in parsed.pack.reviews.items() if name not in lapsed}
    return ParsedPack(pack=replace(parsed.pack, reviews=kept), problems=(*parsed.problems, *warnings))


def _of_rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} {rule.authority} {rule.effective_from} {rule.effective_to}"
    yield f"{sorted(rule.actors)} {sorted(rule.categories)} {sorted(rule.purposes)}"
    assert isinstance(rule.find, FunctionType)
    yield from _statements(rule.find, {})


def _of_regime(regime: Regime) -> Iterator[str]:
    yield f"{regime.name} {[rule.name for rule in regime.rules]}"
    yield _words_of(regime.default)
    yield from _statements(regimes.denial_reasons, {})


def _digest(lines: Iterator[str]) -> str:
    return sha256("\n".join(sorted(set(lines))).encode()).hexdigest()[:12]


def _statements(function: FunctionType, reached: dict[int, object]) -> Iterator[str]:
    """The function's own statements and all that it reaches in the kernel."""
    if id(function) in reached or not function.__module__.startswith(_KERNEL):
        return
    reached[id(function)] = function
    tree = _syntax(function)
    yield ast.unparse(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield from _thing(function.__globals__.get(node.id), reached)
        elif isinstance(node, ast.Attribute):
            holder = function.__globals__.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if isinstance(holder, ModuleType | type):
                yield from _thing(getattr(holder, node.attr, None), reached)
            yield from _thing(_methods().get(node.attr), reached)


def _syntax(function: FunctionType) -> ast.FunctionDef | ast.Lambda:
    return _functions(function.__module__)[function.__code__.co_firstlineno]


@cache
def _functions(module: str) -> dict[int, ast.FunctionDef | ast.Lambda]:
    """The functions of a module by the line on which they begin, without their docstrings."""
    found: dict[int, ast.FunctionDef | ast.Lambda] = {}
    for node in ast.walk(ast.parse(getsource(sys.modules[module]))):
        if isinstance(node, ast.FunctionDef):
            if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                node.body[0].value.value = ""
            found[min([node.lineno, *(mark.lineno for mark in node.decorator_list)])] = node
        elif isinstance(node, ast.Lambda):
            found[node.lineno] = node
    return found


def _thing(thing: object, reached: dict[int, object]) -> Iterator[str]:
    function = unwrap(thing) if callable(thing) and hasattr(thing, "__wrapped__") else thing
    if isinstance(function, FunctionType):
        yield from _statements(function, reached)
    elif isinstance(thing, Reason):
        reached[id(thing)] = thing
        yield _words_of(thing)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield str(key)
            yield from _thing(value, reached)
    elif isinstance(thing, frozenset | tuple):
        yield " ".join(sorted(map(str, thing)))
        for member in thing:
            yield from _thing(member, reached) if isinstance(member, Reason) else ()
    elif isinstance(thing, Enum | str | int):
        yield str(thing)


def _words_of(reason: Reason) -> str:
    return f"{reason.code} {reason.citations} {reason.sentence}"


@cache
def _methods() -> dict[str, FunctionType]:
    """The methods and properties of what the kernel is told, by name."""
    found: dict[str, FunctionType] = {}
    for holder in (*vars(facts).values(), *vars(inputs).values()):
        if isinstance(holder, type) and holder.__module__.startswith(_KERNEL):
            for name, member in vars(holder).items():
                inner = member.fget if isinstance(member, property) else member
                if isinstance(inner, FunctionType) and not name.startswith("__"):
                    found[name] = inner
    return found
