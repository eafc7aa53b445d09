"""The functions and the constant sets of the disclosure kernel, as things that can be mutated."""

from __future__ import annotations

import ast
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import getsource, unwrap
from types import FunctionType, ModuleType

from tests.mutation.operators import Mutant, mutants

import careloom.kernel.disclosure as kernel
from careloom.kernel.disclosure.memory import forget

#: Words and sentences are data; the book of rules shows them. Reading them is no decision, nor is how a record is made or an answer remembered.
NOT_MUTATED = {"reasons", "vocabulary", "records", "memory", "rulebook", "overlays"}


def modules() -> tuple[ModuleType, ...]:
    """The modules whose functions decide."""
    names = [info.name for info in pkgutil.iter_modules(kernel.__path__) if info.name not in NOT_MUTATED]
    return tuple(import_module(f"{kernel.__name__}.{name}") for name in names)


def functions(module: ModuleType) -> Iterator[tuple[str, ast.FunctionDef, FunctionType]]:
    """Each function and method that the module defines, with its syntax and the object that runs."""
    for node in ast.parse(getsource(module)).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node, unwrap(getattr(module, node.name))
        elif isinstance(node, ast.ClassDef):
            holder = getattr(module, node.name)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    found = vars(holder)[inner.name]
                    yield f"{node.name}.{inner.name}", inner, found.fget if isinstance(found, property) else found


def mutants_of(module: ModuleType) -> Iterator[tuple[Mutant, FunctionType]]:
    """Each mutant with the function that it changes."""
    for name, node, function in functions(module):
        where = f"{module.__name__.rsplit('.', 1)[-1]}.{name}"
        for mutant in mutants(function=node, where=where):
            if len(mutant.code.co_freevars) == len(function.__code__.co_freevars):
                yield mutant, function


def constant_sets() -> Iterator[tuple[str, frozenset[object]]]:
    """Each named set of the kernel once, by the module that makes it."""
    for module in modules():
        defined = {
            target.id
            for node in ast.parse(getsource(module)).body
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else [])
            if isinstance(target, ast.Name)
        }
        for name in sorted(defined):
            value = getattr(module, name, None)
            if isinstance(value, frozenset):
                yield f"{module.__name__.rsplit('.', 1)[-1]}.{name}", value


@contextmanager
def instead(old: frozenset[object], new: frozenset[object]) -> Iterator[None]:
    """Let every module of the kernel that names this set name another."""
    places = [
        (module, name)
        for key, module in list(sys.modules.items())
        if key.startswith(kernel.__name__)
        for name, value in list(vars(module).items())
        if value is old
    ]
    for module, name in places:
        setattr(module, name, new)
    forget()
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, old)
        forget()
