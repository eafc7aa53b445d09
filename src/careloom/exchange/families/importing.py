"""Imports a mother's and her infant's FHIR R4 bundles into the records of the importing agency.

Whole or not at all: both bundles are read and checked before the first row is written, and all rows are written in one transaction.
Source: issue 2, item 1; interop.md section 1; R-208.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.queries import part2_program_names
from careloom.exchange.families.rows import rows_of
from careloom.exchange.fhir import BundleFacts, BundleRefused, Problem, Role, check_pair, read_bundle
from careloom.exchange.fhir.facts import Subject
from careloom.health.actions import Put, put_facts
from careloom.health.models import Birth
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as, require
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it was given: its name (never stored) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did: whose records there are now, and how many rows were added, changed, the same; resources by type."""

    mother_id: UUID | None
    infant_ids: tuple[UUID, ...]
    birth_ids: tuple[UUID, ...]
    put: Put
    used: dict[str, int] = field(default_factory=dict)
    unused: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    warnings: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why nothing was imported: each problem with its file, the path in it, what is wrong and what to do."""

    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True, kw_only=True)
class Read:
    """Bundles that were read and fit together, not yet written: what a dry run shows."""

    mother: BundleFacts | None
    infants: tuple[BundleFacts, ...]
    warnings: tuple[tuple[str, Problem], ...] = ()

    @property
    def all(self) -> tuple[BundleFacts, ...]:
        """Every bundle, the mother's first."""
        return ((self.mother,) if self.mother else ()) + self.infants


def read_files(*, mother: File | None, infants: tuple[File, ...], part2_programs: tuple[str, ...] = ()) -> Read | Refused:
    """Read and check the files without writing anything. A swapped, doubled or broken file is refused with its path."""
    read: list[BundleFacts] = []
    problems: list[tuple[str, Problem]] = []
    wanted = [(mother, Role.MOTHER)] if mother else []
    today = clock.today()

    def one(wanted: tuple[File, Role]) -> BundleFacts | list[tuple[str, Problem]]:
        file, role = wanted
        try:
            return read_bundle(data=file.data, name=file.name, role=role, as_of=today, part2_programs=part2_programs)
        except BundleRefused as refusal:
            return [(file.name, problem) for problem in refusal.problems]

    # Each file waits for a check in a process of its own, so two are read at a time.
    with ThreadPoolExecutor(max_workers=2) as readers:
        for found in readers.map(one, [*wanted, *((f, Role.INFANT) for f in infants)]):
            if isinstance(found, BundleFacts):
                read.append(found)
            else:
                problems += found
    if problems:
        return Refused(problems=tuple(problems))
    hers = read[0] if mother else None
    babies = tuple(read[1:] if mother else read)
    noted = tuple((baby.name, found) for baby in babies for found in check_pair(mother=hers, infant=baby)) if hers else ()
    if any(found.blocks for _, found in noted):
        return Refused(problems=noted)
    return Read(mother=hers, infants=babies, warnings=noted)


def import_family(
    *, by: Viewer, at: datetime, mother: File | None, infants: tuple[File, ...] = (), part2_programs: tuple[str, ...] = ()
) -> Imported | Refused:
    """Import a mother's bundle and her infants' bundles as records of the agency of `by`. Importing them again changes nothing.

    What names a Part 2 program on Careloom as its source, or one of `part2_programs`, keeps that law (42 CFR 2.12(d)(2)).
    """
    declared = tuple(sorted({*part2_programs, *part2_program_names()}))
    read = read_files(mother=mother, infants=infants, part2_programs=declared)
    return read if isinstance(read, Refused) else write(by=by, at=at, read=read)


@transaction.atomic
def write(*, by: Viewer, at: datetime, read: Read) -> Imported:
    """Write what was read, in one transaction, onto the caseload of the worker who imports.

    It looks for earlier imports in the whole agency, because a colleague may have brought the same file in.
    """
    require(by)
    agency = replace(by, whole_agency=True)
    with acting_as(agency):
        return _write(agency, at=at, read=read)


def _write(by: Viewer, *, at: datetime, read: Read) -> Imported:
    mother = _person(by, at, read.mother, Role.MOTHER, mother_id=None) if read.mother else None
    mother_id = mother.identity_id if mother else None
    babies = [person for facts in read.infants for person in _infants(by, at, facts, mother_id=mother_id)]
    identities = {p.source_id: p.identity_id for p in [*([mother] if mother else []), *babies]}
    put = Put()
    for facts in read.all:
        for rows in rows_of(facts, holder_id=by.holder_id, identities=identities, mother_id=mother_id, at=at):
            put += put_facts(by=by, rows=rows)
    everyone = [i for i in [mother_id, *(b.identity_id for b in babies)] if i]
    if by.worker_id:
        assign(by=by, worker_id=by.worker_id, identity_ids=everyone, at=at)
    births = Birth.objects.filter(identity_id__in=[b.identity_id for b in babies], holder_id=by.holder_id).order_by("order")
    record(by=by, at=at, action="exchange.bundles_imported", identity_id=mother_id, detail={"files": len(read.all), "added": put.added})
    return Imported(
        mother_id=mother_id,
        infant_ids=tuple(b.identity_id for b in babies),
        birth_ids=tuple(b.pk for b in births),
        put=put,
        used=_sum(read, "used"),
        unused=_sum(read, "unused"),
        unknown=_sum(read, "unknown"),
        warnings=read.warnings,
    )


def _infants(by: Viewer, at: datetime, facts: BundleFacts, *, mother_id: UUID | None) -> list[PersonRecord]:
    return [_put(by, at, facts, subject, mother_id=mother_id) for subject in facts.subjects if subject.role is Role.INFANT]


def _person(by: Viewer, at: datetime, facts: BundleFacts, role: Role, *, mother_id: UUID | None) -> PersonRecord:
    subject = facts.subject(role)
    if subject is None:
        raise ValueError(f"A bundle that was read as {role.value} has no such person.")
    return _put(by, at, facts, subject, mother_id=mother_id)


def _put(by: Viewer, at: datetime, facts: BundleFacts, subject: Subject, *, mother_id: UUID | None) -> PersonRecord:
    return put_person(
        by=by,
        at=at,
        facts=_facts_of(subject, mother_id=mother_id),
        category=subject.label.category,
        source_system=facts.source_system[:120],
        source_id=subject.source_id,
    )


def _facts_of(subject: Subject, *, mother_id: UUID | None) -> PersonFacts:
    official = next((n for n in subject.names if n.use == "official"), subject.names[0] if subject.names else None)
    home = subject.addresses[0] if subject.addresses else None
    phone = next((c.value for c in subject.contacts if c.system == "phone"), "")
    language = next((code[:2] for code in subject.languages), "en")
    return PersonFacts(
        role=subject.role.value,
        given_name=" ".join(official.given)[:80] if official else "",
        family_name=(official.family if official else "")[:120],
        birth_date=subject.birth_date,
        sex=subject.sex,
        race_ethnicity=[*subject.race, *subject.ethnicity],
        language=language if language in {"en", "es"} else "en",
        wants_interpreter=bool(subject.interpreter_needed),
        phone=phone[:20],
        address=", ".join([*home.lines, home.city, home.state, home.postal_code])[:160] if home else "",
        county=home.district[:40] if home else "",
        died_on=subject.deceased_on,
        mother_identity_id=mother_id if subject.role is Role.INFANT else None,
        record_number=_record_number(subject)[:64],
    )


def _record_number(subject: Subject) -> str:
    """The number of the sender's own chart (HL7 v2-0203 MR); where no kind is told, the only identifier that there is."""
    marked = [one.value for one in subject.identifiers if one.kind == "MR"]
    untold = [one.value for one in subject.identifiers if not one.kind]
    return marked[0] if marked else untold[0] if len(untold) == len(subject.identifiers) == 1 else ""


def _sum(read: Read, part: str) -> dict[str, int]:
    total: Counter[str] = Counter()
    for facts in read.all:
        total.update(getattr(facts.counts, part))
    return dict(sorted(total.items()))
