"""One file of an export: written under the three locks, sealed, and opened again only while everything in it may still be read.

The file keeps which rows it shows. When it is taken they are read again through row security: a consent that was revoked in between, a role that
was taken back, a row that was withdrawn, and the file is gone (42 CFR 2.31(a)(6): what is not yet disclosed stops with the revocation).
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import apps

from careloom.agencies.sealing import seal, unseal
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.models import Export, ExportFile
from careloom.fhir.resources.security import Key, bound_rows
from careloom.fhir.resources.shape import Json, Reading, Shaped
from careloom.fhir.serving.answers import finish, place_of
from careloom.fhir.serving.matching import an_id
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import load
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord

USE = "fhir-export"
REACHED_BY = ("telecom", "address")


def write(reading: Reading, shaped: Sequence[Shaped], *, export: Export, place: int, kind: str, bearer: Bearer) -> ExportFile:
    """Label, account and seal these resources as one file. They are logged now, because somebody could ask for them from now on."""
    made = finish(reading, shaped, bearer=bearer, place=kind)
    rows = _rows(shaped)
    bound = bound_rows(viewer=reading.viewer, rows=rows, at=reading.at)
    named: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        named[row._meta.label].add(str(row.pk))
    text = "".join(json.dumps(one.resource, ensure_ascii=False, separators=(",", ":")) + "\n" for one in made)
    held = {"rows": {label: sorted(keys) for label, keys in named.items()}, "bound": sorted(_words(key) for key in bound), "text": text}
    file = ExportFile(export=export, place=place, kind=kind, lines=len(made))
    file.sealed = seal(zlib.compress(json.dumps(held).encode()), use=USE, of=str(file.pk))
    file.save(force_insert=True)
    return file


def open_again(reading: Reading, file: ExportFile, *, bearer: Bearer) -> str | None:
    """The text of a file, accounted as read now; None where this system may no longer be sent all of it.

    INVARIANT: what is returned was visible at writing and is visible now, with no stricter duty than its labels say.
    """
    held: dict[str, Any] = json.loads(zlib.decompress(unseal(bytes(file.sealed), use=USE, of=str(file.pk))))
    rows = _seen(reading, held["rows"])
    if rows is None:
        return None
    bound = {_words(key) for key in bound_rows(viewer=reading.viewer, rows=rows, at=reading.at)}
    text: str = held["text"]
    if not bound <= set(held["bound"]) or not _still_reached(reading, text):
        return None
    if rows:
        account(viewer=reading.viewer, place=place_of(file.kind, bearer), rows=rows, at=reading.at)
    return text


def _rows(shaped: Sequence[Shaped]) -> list[FamilyRecord]:
    return [row for one in shaped for row in (*one.rows, *one.also)]


def _words(key: Key) -> str:
    return " ".join(str(part) for part in key)


def _seen(reading: Reading, named: dict[str, list[str]]) -> list[FamilyRecord] | None:
    """The rows that were shown, read again by this reader; None where one of them is not there for it. One query for each table."""
    found: list[FamilyRecord] = []
    for label, keys in named.items():
        model: Any = apps.get_model(label)
        rows = list(model.objects.seen_by(reading.viewer).filter(pk__in=keys))
        if len(rows) < len(keys):
            return None
        found += rows
    return found


def _still_reached(reading: Reading, text: str) -> bool:
    """Whether each number and address in the file would be sent out now: somebody may have said since that it is not safe to reach her there."""
    told = [one for one in map(json.loads, text.splitlines()) if any(name in one for name in REACHED_BY)]
    by_kind: dict[str, dict[str, Json]] = defaultdict(dict)
    for one in told:
        by_kind[one["resourceType"]][one["id"]] = one
    for kind, then in by_kind.items():
        ids: list[UUID] = [key for id_ in then if (key := an_id(id_)) is not None]
        now = {one.id: one.resource for one in load(reading, kind=KINDS[kind], ids=ids)}
        if any(name in one and one[name] != now.get(id_, {}).get(name) for id_, one in then.items() for name in REACHED_BY):
            return False
    return True
