"""`read_bundle`: bytes in, facts out, or the whole bundle refused with the path of what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from careloom.exchange.fhir.bindings import PAST_DATES
from careloom.exchange.fhir.clinical import read_conditions, read_encounters, read_medications
from careloom.exchange.fhir.context import Context, span
from careloom.exchange.fhir.entries import Entries, dicts
from careloom.exchange.fhir.exposures import read_exposures
from careloom.exchange.fhir.facts import BundleFacts, Counts, Role, Subject
from careloom.exchange.fhir.loading import load_bundle
from careloom.exchange.fhir.observations import read_observations
from careloom.exchange.fhir.pregnancies import read_pregnancies
from careloom.exchange.fhir.problems import BundleRefused, Problem, refuse
from careloom.exchange.fhir.rules import rule_problems
from careloom.exchange.fhir.structure import check_structure
from careloom.exchange.fhir.subjects import looks_like, person_problems, read_subject

USED = frozenset(
    {
        *("Patient", "Condition", "MedicationRequest", "MedicationStatement", "Medication", "Encounter"),
        *("Observation", "Procedure", "Organization", "Practitioner"),
    }
)


def read_bundle(
    *,
    data: bytes,
    name: str,
    role: Role | None = None,
    as_of: date | None = None,
    source_system: str = "",
    part2_programs: Iterable[str] = (),
) -> BundleFacts:
    """Read a FHIR R4 bundle whole, or raise `BundleRefused` with every problem found.

    `role` says whose file it is and overrides what age and content suggest (kept in `Subject.looks_like`).
    `as_of` is today: with it, what is told as past must not lie in the future. `source_system` names the
    sender (default: `meta.source`, else the organization of the bundle). `part2_programs` are names or ids of
    organizations that are 42 CFR Part 2 programs. Twins may come as two bundles or as one.
    """
    bundle = load_bundle(data)
    entries = Entries(bundle)
    try:
        problems = rule_problems(bundle=bundle, entries=entries, as_of=as_of)
    except RecursionError:
        raise refuse("Bundle", "The JSON is nested too deeply to be FHIR.", "Export the bundle again.") from None
    found, unknown = check_structure(data=data)
    seen = {p.path for p in problems}
    problems += [p for p in found if p.path not in seen]
    if problems:
        raise BundleRefused(problems)
    last = _last_event(entries)
    persons = [*person_problems(entries, last_event_on=last, role=role), *_birth_date_problems(entries)]
    if persons:
        raise BundleRefused(persons)
    return _facts(bundle, entries, unknown, data, name, role, last, source_system, frozenset(part2_programs))


def _birth_date_problems(entries: Entries) -> list[Problem]:
    step = "Ask the sender for the whole date."
    return [
        Problem(path=f"{p.path}.birthDate", what="The birth date has no day.", next_step=step)
        for p in entries.of("Patient")
        if len(p.resource["birthDate"]) < len("2020-01-01")
    ]


def _last_event(entries: Entries) -> date | None:
    """The latest day on which the bundle says that something happened."""
    days = [
        moment.on
        for entry in entries.all
        if entry.kind != "Patient"
        for field in PAST_DATES.get(entry.kind, ())
        for moment in span(entry.resource, field)
        if moment is not None
    ]
    return max(days, default=None)


def _facts(
    bundle: dict[str, Any],
    entries: Entries,
    unknown: dict[str, int],
    data: bytes,
    name: str,
    role: Role | None,
    last: date | None,
    source_system: str,
    part2_programs: frozenset[str],
) -> BundleFacts:
    decided = {p.source_id: looks_like(resource=p.resource, entries=entries, last_event_on=last) for p in entries.of("Patient")}
    single = len(decided) == 1 or all(d is Role.INFANT for d in decided.values())
    roles = {i: role if role is not None and single else d for i, d in decided.items()}
    context = Context(
        bundle=bundle,
        entries=entries,
        source_system=source_system or _source_system(bundle, entries),
        roles=roles,
        part2_programs=part2_programs,
    )
    conditions, medications = read_conditions(context), read_medications(context)
    observations = read_observations(context)
    pregnancies = read_pregnancies(context, last_event_on=last)
    exposures = read_exposures(
        context,
        conditions=conditions,
        medications=medications,
        observations=observations,
        pregnancies=pregnancies,
    )
    return BundleFacts(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        bundle_type=bundle["type"],
        source_system=context.source_system,
        last_event_on=last,
        subjects=_subjects(context, decided),
        conditions=tuple(conditions),
        medications=tuple(medications),
        encounters=tuple(read_encounters(context)),
        pregnancies=tuple(pregnancies),
        observations=tuple(observations),
        exposures=tuple(exposures),
        counts=_counts(entries, unknown),
    )


def _subjects(context: Context, decided: dict[str, Role]) -> tuple[Subject, ...]:
    """The mother first, then infants in birth order."""
    subjects = [
        read_subject(
            p,
            role=context.roles[p.source_id],
            decided=decided[p.source_id],
            label=context.label(p, p.source_id),
            provenance=context.provenance(p),
        )
        for p in context.entries.of("Patient")
    ]
    order = {Role.MOTHER: 0, Role.OTHER: 1, Role.INFANT: 2}
    return tuple(sorted(subjects, key=lambda s: (order[s.role], s.birth_order or 0)))


def _source_system(bundle: dict[str, Any], entries: Entries) -> str:
    """Who sent it: `meta.source`, the system of the first patient's record number, else the organization."""
    source = (bundle.get("meta") or {}).get("source")
    if source:
        return str(source)
    held = [i for p in entries.of("Patient") for i in dicts(p.resource.get("identifier")) if i.get("system")]
    held.sort(key=lambda i: not any(c.get("code") == "MR" for c in dicts((i.get("type") or {}).get("coding"))))
    if held:
        return str(held[0]["system"])
    return next((str(o.resource.get("name", "")) for o in entries.of("Organization")), "")


def _counts(entries: Entries, unknown: dict[str, int]) -> Counts:
    used: dict[str, int] = {}
    unused: dict[str, int] = {}
    for entry in entries.all:
        if entry.kind not in unknown:
            part = used if entry.kind in USED else unused
            part[entry.kind] = part.get(entry.kind, 0) + 1
    return Counts(used=used, unused=unused, unknown=unknown)
