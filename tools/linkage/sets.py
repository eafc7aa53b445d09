"""Linkage sets with truth, from the shared data: Febrl 4 as it is, and mothers with their infants derived from the pseudopeople sample.

Each record comes as `Told`, as the product would hold it, with who it is. docs/how-to/identity.md says how the second set is made and why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from careloom.people.matching.model import nicknames
from careloom.people.matching.traits import Told, Traits, traits_of

Row = tuple[Told, Told | None, str]  # a record, its mother's where it is an infant's, who it is

PAIRS = """
SELECT c.simulant_id, c.household_id, c.first_name, c.last_name, c.date_of_birth, c.sex, c.relationship_to_reference_person AS relation,
  c.street_number, c.street_name, try_cast(c.age AS int) AS age,
  s.first_name AS s_first, s.last_name AS s_last, s.date_of_birth AS s_born, s.sex AS s_sex,
  w.street_number AS w_number, w.street_name AS w_street
FROM '{census}' c
LEFT JOIN (SELECT * FROM '{ssa}' WHERE event_type IS DISTINCT FROM 'death' QUALIFY row_number() OVER (PARTITION BY simulant_id ORDER BY ssn) = 1) s
  USING (simulant_id)
LEFT JOIN '{wic}' w USING (simulant_id)
ORDER BY c.simulant_id"""


@dataclass(frozen=True, kw_only=True)
class Half:
    """One half of a set: records as they are compared, who each is, and how many pairs of records are one person."""

    rows: tuple[Traits, ...]
    who: dict[str, str]

    @property
    def true_pairs(self) -> set[tuple[str, str]]:
        """Every pair of keys that is one person, the smaller first."""
        together: dict[str, list[str]] = {}
        for key, person in self.who.items():
            together.setdefault(person, []).append(key)
        return {tuple(sorted((a, b))) for keys in together.values() for i, a in enumerate(keys) for b in keys[i + 1 :]}  # type: ignore[misc]


def febrl4(folder: Path) -> list[Row]:
    """Febrl 4: 5,000 people twice, the second time with errors. The social security number is left out: the product keeps none."""
    rows: list[Row] = []
    for name in ("dataset4a.csv", "dataset4b.csv"):
        with (folder / name).open(newline="") as file:
            for line in csv.DictReader(file, skipinitialspace=True):
                said = {key: (value or "").strip() for key, value in line.items()}
                address = f"{said['street_number']} {said['address_1']}, {said['suburb']} {said['state']} {said['postcode']}"
                told = Told(
                    key=said["rec_id"], role="ADULT", given_name=said["given_name"], family_name=said["surname"],
                    birth_date=said["date_of_birth"], address=address.strip(),
                )  # fmt: skip
                rows.append((told, None, said["rec_id"].split("-")[1]))
    return rows


def mothers_and_infants(folder: Path) -> list[Row]:
    """Mothers and their children under 18 as a clinic and as a hospital would hold them: see docs/how-to/identity.md."""
    names = {n: str(folder / f"{f}.parquet") for n, f in (("census", "decennial_census"), ("ssa", "social_security"), ("wic", "wic"))}
    query = duckdb.connect().execute(PAIRS.format(**names))
    columns = [c[0] for c in query.description]
    people = [dict(zip(columns, row, strict=True)) for row in query.fetchall()]
    homes: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        homes.setdefault(person["household_id"], []).append(person)
    rows: list[Row] = []
    for home in homes.values():
        mother = next((p for p in home if p["sex"] == "Female" and p["relation"] in HEADS), None)
        children = [p for p in home if p["relation"] == "Biological child" and p["age"] is not None and p["age"] < 18]
        if mother is None or not children or sum(p["relation"] in HEADS and p["sex"] == "Female" for p in home) != 1:
            continue
        clinic, hospital = _clinic(mother, "MOTHER"), _hospital(mother, "MOTHER")
        rows += [(told, None, mother["simulant_id"]) for told in (clinic, hospital) if told]
        for child in children:
            rows.append((_clinic(child, "INFANT"), clinic, child["simulant_id"]))
            born = _hospital(child, "INFANT", mother=mother, twins=sorted(c["simulant_id"] for c in children if _same_birth(c, child)))
            if born:
                rows.append((born, hospital, child["simulant_id"]))
    return rows


HEADS = frozenset({"Reference person", "Opposite-sex spouse", "Opposite-sex unmarried partner"})


def half(rows: Iterable[Row], *, held: bool) -> Half:
    """The training half or the held half: by who the mother or the person is, so that a family is on one side only."""
    chosen = [row for row in rows if (_number(row[0].key.split("|")[0] if "|" in row[0].key else row[2]) % 2 == 1) == held]
    roots = nicknames()
    return Half(
        rows=tuple(traits_of(told, mother=mother, roots=roots) for told, mother, _ in chosen), who={told.key: person for told, _, person in chosen}
    )


def f1(found: set[tuple[str, str]], true: set[tuple[str, str]]) -> tuple[float, float, float]:
    """F1, precision and recall of pairs."""
    right = len(found & true)
    precision, recall = right / max(len(found), 1), right / max(len(true), 1)
    return (2 * precision * recall / (precision + recall) if right else 0.0), precision, recall


def _clinic(person: dict[str, Any], role: str) -> Told:
    month, day, year = ([*(person["date_of_birth"] or "").split("/"), "", ""])[:3]
    return Told(
        key=f"{person['household_id']}|{person['simulant_id']}|clinic", role=role, given_name=person["first_name"] or "",
        family_name=person["last_name"] or "", birth_date=f"{year}{month}{day}", sex=person["sex"] or "",
        address=_address(person["street_number"], person["street_name"]),
    )  # fmt: skip


def _hospital(person: dict[str, Any], role: str, *, mother: dict[str, Any] | None = None, twins: list[str] | None = None) -> Told | None:
    """The registration at birth (for a child) or of the mother, with the ward's name for a child who has none yet and her mother's family name."""
    if person["s_born"] is None and person["s_last"] is None:
        return None
    given, family = person["s_first"] or "", person["s_last"] or ""
    if role == "INFANT":
        chance = _number("ward" + person["simulant_id"]) % 10
        girl = (person["s_sex"] or "").startswith("F")
        order = f" {'ABCD'[twins.index(person['simulant_id'])]}" if twins and len(twins) > 1 else ""
        family = (mother or {}).get("s_last") or family
        if chance < 6:
            given = f"Baby {'Girl' if girl else 'Boy'}{order}"
        elif chance < 8:
            given = f"{'BG' if girl else 'BB'}{order}"
    return Told(
        key=f"{person['household_id']}|{person['simulant_id']}|hospital", role=role, given_name=given, family_name=family,
        birth_date=person["s_born"] or "", sex=person["s_sex"] or "", address=_address(person["w_number"], person["w_street"]),
    )  # fmt: skip


def _same_birth(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one is other or (one["s_born"] is not None and one["s_born"] == other["s_born"])


def _address(number: str | None, street: str | None) -> str:
    """One line. The sample's postal code is 00000 for everybody, which tells nothing and is left out."""
    return f"{number or ''} {street or ''}".strip()


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big")
