"""Changes a function of the kernel in place, for the length of a `with` block.

The code object is exchanged, not the function, so every module that imported the function runs the changed one, and a mutant costs
microseconds. Nothing is written to disk.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any

from careloom.kernel.disclosure.memory import forget

_NUMBERS = itertools.count()


@contextmanager
def code_of(function: FunctionType, code: CodeType) -> Iterator[None]:
    """Run `function` with another code object."""
    before = function.__code__
    function.__code__ = code
    forget()
    try:
        yield
    finally:
        function.__code__ = before
        forget()


@contextmanager
def calls(function: FunctionType, change: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """Let `function(scenario)` call `change(original)(scenario)` instead."""
    original = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    name = f"_mutant_{next(_NUMBERS)}"
    function.__globals__[name] = change(original)
    made: dict[str, Any] = {}
    exec(f"def changed(scenario):\n    return {name}(scenario)", made)
    try:
        with code_of(function, made["changed"].__code__):
            yield
    finally:
        del function.__globals__[name]
