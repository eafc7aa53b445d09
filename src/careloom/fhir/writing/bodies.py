"""The body of a request that changes something: JSON of one R4 resource, or a refusal with the path of each fault."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest

from careloom.fhir.door import JSON_NAMES
from careloom.fhir.resources.shape import Json
from careloom.fhir.serving.outcome import Problem, invalid

MOST_BYTES: Final = 256_000
MOST_TOLD: Final = 10
CONCEPT: Final[Json] = {"coding": [{"system": str, "code": str}], "text": str}
REFERENCE: Final[Json] = {"reference": str}


def read_body(request: HttpRequest, *, kind: str, id_: str, shape: Json, needed: tuple[str, ...]) -> Json:
    """The resource that was sent to `kind`/`id_`, with the elements of `shape` in their form and those of `needed` there.

    The models of all R4 are too heavy for a web process (DESIGN section 3), so only what is read is looked at; the rest is left out.

    Raises `Problem`: 415 for what is no JSON, 413 for what is too large, 400 for what cannot be read or names another resource, 422 where an
    element is wrong, each with its path.
    """
    made = read_json(request, name=kind, most=MOST_BYTES)
    if made.get("id") != id_:
        raise invalid(f"{kind}.id: it must be the id in the address.")
    wrong = [f"{kind}.{name}: it is needed" for name in needed if name not in made] + faults(made, shape, kind)
    if wrong:
        raise Problem(422, "structure", "; ".join(wrong[:MOST_TOLD]))
    return made


def read_json(request: HttpRequest, *, name: str, most: int) -> Json:
    """The one resource of type `name` that was sent, of at most `most` bytes.

    Raises `Problem`: 415 for what is no JSON, 413 for what is too large, 400 for what cannot be read or is another type.
    """
    if request.content_type.lower() not in JSON_NAMES:
        raise Problem(415, "not-supported", "Send FHIR JSON: application/fhir+json.")
    # Read by hand: `request.body` has one limit for every page. What comes is counted, not what the sender says of it.
    data = request.read(most + 1)
    if len(data) > most:
        raise Problem(413, "too-long", f"A {name} of at most {most // 1000} kB is taken.")
    try:
        made = json.loads(data, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise invalid("The body is no JSON that can be read: check that it is UTF-8, whole, and names nothing twice.") from None
    if not isinstance(made, dict) or made.get("resourceType") != name:
        raise invalid(f"{name}.resourceType: the body must be one {name}.")
    return made


def faults(value: Any, shape: Any, path: str) -> list[str]:
    """Where `value` is not of `shape`, each with its path: a type, a list of one shape, or shapes by name. What it does not name is not looked at."""
    if isinstance(shape, type):
        return [] if isinstance(value, shape) else [f"{path}: {_WHY[shape]}"]
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            return [f"{path}: it is a list that is not empty"]
        return [fault for number, one in enumerate(value) for fault in faults(one, shape[0], f"{path}[{number}]")]
    if not isinstance(value, dict) or not value:
        return [f"{path}: it is an object that is not empty"]
    return [fault for name, one in shape.items() if name in value for fault in faults(value[name], one, f"{path}.{name}")]


_WHY: Final = {str: "it is text"}


def _no_doubles(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


def _no_constant(_name: str) -> Any:
    raise ValueError
