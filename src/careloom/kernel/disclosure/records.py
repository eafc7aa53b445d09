"""How the kernel's inputs and findings are made: frozen records without a setter, which a reader fills straight from a line of JSON.

They are `msgspec.Struct`: as readable as a dataclass, frozen below Python, several times cheaper to make, and checked key by key when read.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, ClassVar

import msgspec


class _Fields:
    """Lets `dataclasses.fields` and `dataclasses.replace` work on a record as on any frozen dataclass."""

    def __get__(self, record: object, kind: type[msgspec.Struct]) -> dict[str, dataclasses.Field[Any]]:
        return _fields_of(kind)


@cache
def _fields_of(kind: type[msgspec.Struct]) -> dict[str, dataclasses.Field[Any]]:
    made: list[tuple[str, Any, dataclasses.Field[Any]]] = []
    for one in msgspec.structs.fields(kind):
        words = kind.__annotations__[one.name]
        if one.default_factory is not msgspec.NODEFAULT:
            made.append((one.name, words, dataclasses.field(default_factory=one.default_factory)))
        elif one.default is not msgspec.NODEFAULT:
            made.append((one.name, words, dataclasses.field(default=one.default)))
        else:
            made.append((one.name, words, dataclasses.field()))
    twin: Any = dataclasses.make_dataclass(kind.__name__, made, kw_only=True)
    return dict(twin.__dataclass_fields__)


# Records are trees of frozen values, so no cycle can arise and the garbage collector need not watch them.
class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A frozen record whose fields are named when it is made; two with the same fields are equal and hash alike."""

    __dataclass_fields__: ClassVar[_Fields] = _Fields()
