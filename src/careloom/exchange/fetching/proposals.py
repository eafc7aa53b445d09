"""What came, as facts that a person looks at: made from the resources, cut to what her consent covers, kept sealed, and read back.

INVARIANT: what the form does not cover is dropped before anything is kept for reading; nothing here is part of anybody's record yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import serializers
from django.utils import formats
from django.utils.translation import gettext as _

from careloom.agencies.queries import part2_program_names
from careloom.exchange.families.importing import Refused, read_files
from careloom.exchange.families.rows import rows_of
from careloom.exchange.fetching import words
from careloom.exchange.fetching.covering import Cover
from careloom.exchange.models import Fetch, Source
from careloom.exchange.smart.gathering import Json, bundled
from careloom.health.labeling import put_labels
from careloom.health.models import Condition, Encounter, Exposure, Medication, Observation, Pregnancy
from careloom.infra.access import Viewer
from careloom.infra.keys import Keyring, decrypt_with, encrypt

Row = Condition | Encounter | Exposure | Medication | Observation | Pregnancy
MODELS: tuple[type[Row], ...] = (Condition, Medication, Exposure, Observation, Encounter, Pregnancy)
PART2 = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "42CFRPart2"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fact as a page shows it. `key` names it in a form; `known` says that the agency's own record has it already."""

    key: str
    label: str
    says: str
    day: str
    source: str
    known: bool


def seal(fetch: Fetch, data: Any) -> bytes:
    """Anything that JSON holds, sealed for this one asking under the data key of who asked."""
    return encrypt(key=_ring().agency_key(fetch.holder_id), plaintext=json.dumps(data).encode("utf-8", "surrogatepass"), associated=fetch.pk.bytes)


def unseal(fetch: Fetch) -> Any:
    """What `seal` sealed; nothing where nothing lies there. Raises `infra.keys.KeyProblem`."""
    return json.loads(_opened(fetch, bytes(fetch.sealed))) if fetch.sealed is not None else []


def facts_of(resources: list[Json], *, fetch: Fetch, source: Source, cover: Cover, at: datetime) -> list[Row] | None:
    """The facts that the consent covers, each under the law that it brings along; None where the record cannot be read as one.

    All that a Part 2 program gives is Part 2, whatever the sender's labels say (42 CFR 2.12(d)(2)).
    """
    if source.discloser.is_part2_program:
        resources = [_marked(one) for one in resources]
    person = str(resources[0]["id"])
    file = bundled(resources, iss=source.iss, name=f"Patient/{person}")
    read = read_files(mother=file, infants=(), part2_programs=tuple(part2_program_names()))
    if isinstance(read, Refused) or read.mother is None:
        return None
    made: list[Row] = []
    # Labeled as the partner holds them: that is what her form names. Who takes them over labels them again as its own.
    for rows in rows_of(read.mother, holder_id=source.discloser_id, identities={person: fetch.identity_id}, mother_id=None, at=at):
        put_labels(rows)
        made += [row for row in rows if row.category in cover.kinds]
    for row in made:
        row.holder_id = fetch.holder_id
        if row.category.startswith("part2."):
            row.provenance = cover.came_by
    return made


def packed(rows: Iterable[Row]) -> Any:
    """Facts as JSON keeps them."""
    return json.loads(serializers.serialize("json", list(rows)))


def unpacked(data: Any) -> list[Row]:
    """The facts that `packed` made, unsaved."""
    return [one.object for one in serializers.deserialize("json", json.dumps(data))]


def visible(rows: Iterable[Row], *, viewer: Viewer, cover: Cover) -> list[Row]:
    """Those that the consent covers at this moment and the viewer's role opens."""
    return [row for row in rows if row.category in cover.kinds and (viewer.categories is None or row.category in viewer.categories)]


def key_of(row: Row) -> str:
    """A fact's name in a form."""
    return f"{row._meta.model_name}|{row.source_type}|{row.source_id}"


def lines_of(rows: Iterable[Row], *, viewer: Viewer, identity_id: UUID) -> list[Line]:
    """The facts for a page, by kind and day, those first that are new to the agency's own record."""
    held = _held(viewer=viewer, identity_id=identity_id)
    lines = [
        (MODELS.index(type(row)), Line(
            key=key_of(row), label=str(words.FACTS[type(row).__name__]), says=_says(row), day=_day(row), source=f"{row.source_type}/{row.source_id}",
            known=bool({key_of(row), *_same(row)} & held),
        )) for row in rows
    ]  # fmt: skip
    return [line for _place, line in sorted(lines, key=lambda one: (one[1].known, one[0], one[1].says))]


def _held(*, viewer: Viewer, identity_id: UUID) -> set[str]:
    """What the agency's own record of her has, by where it came from and by code. One query a kind."""
    found: set[str] = set()
    for model in MODELS:
        for row in model.objects.seen_by(viewer).filter(identity_id=identity_id, holder_id=viewer.holder_id):
            found |= {key_of(row), *_same(row)}
    return found


def _same(row: Row) -> set[str]:
    """What makes a fact of another source the same: the kind, the code and the day."""
    code = getattr(row, "code", "") or getattr(row, "substance", "")
    return {f"{row._meta.model_name}|{code}|{_day(row)}"} if code else set()


def _says(row: Row) -> str:
    if isinstance(row, Observation):
        return " ".join(part for part in (f"{row.display}: {row.value}", row.unit) if part)
    if isinstance(row, Exposure):
        return row.detail or row.substance
    if isinstance(row, Pregnancy):
        return _("Pregnancy")
    if isinstance(row, Encounter):
        return ", ".join(part for part in (row.kind, row.place) if part)
    return row.display


def _day(row: Row) -> str:
    first = ("starts_on", "observed_at", "starts_at", "recorded_at")
    day = next((value for name in first if (value := getattr(row, name, None)) is not None), None)
    return formats.date_format(day) if day is not None else ""


def _marked(resource: Json) -> Json:
    meta = resource.get("meta") if isinstance(resource.get("meta"), dict) else {}
    labels = meta.get("security") if isinstance(meta.get("security"), list) else []
    return resource | {"meta": meta | {"security": [*labels, PART2]}}


def _opened(fetch: Fetch, sealed: bytes) -> bytes:
    return decrypt_with(keys=_ring().agency_keys(fetch.holder_id), ciphertext=sealed, associated=fetch.pk.bytes)


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME)
