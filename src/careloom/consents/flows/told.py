"""Everything that the flows of some identities follow from, read once in the scope of System.GRANTS.

INVARIANT: what is told of one identity does not depend on who else is asked about, so that a family alone and all families together
have the same grants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents import papers
from careloom.consents.agreements import terms_of
from careloom.consents.flows.memory import Memory
from careloom.consents.models import Consent, CourtOrder, DataClause, EmergencyOpening, Restriction
from careloom.consents.register import DATA_SHARING, Schedules
from careloom.consents.rows import ConsentRow, Held, PersonRow, SegmentRow, consent_rows, person_rows, segment_rows
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonPrincipal, PersonRecord

#: Under row security a test of lists finds no index; this function, which answers the role that makes grants only, does (migration 0009).
ABOUT = "SELECT what, id FROM consents_about(%s::uuid[])"
CONSENT, ORDER, PERSON = "C", "O", "P"
CHILDREN = frozenset({"INFANT", "CHILD"})


@dataclass(frozen=True, kw_only=True)
class Told:
    """The papers, the records and the people of some identities at one instant."""

    at: datetime
    today: date
    segments: Sequence[Held] = ()
    consents: Sequence[ConsentRow] = ()
    orders: Sequence[CourtOrder] = ()
    clauses: Sequence[DataClause] = ()
    restrictions: Sequence[Restriction] = ()
    emergencies: Sequence[EmergencyOpening] = ()
    people: Sequence[PersonRow] = ()
    agencies: dict[UUID, Agency] = field(default_factory=dict)
    # The agencies that keep a plan of hers, by the principal of the mother.
    keepers: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    # Whose records these are, where no form of hers says so.
    subjects: dict[UUID, disclosure.Subject] = field(default_factory=dict)
    schedules: Schedules = field(default_factory=lambda: Schedules(clauses=(), today=date.min))
    memory: Memory = field(default_factory=Memory)

    def actor_of(self, recipient_id: UUID, *, identity_id: UUID) -> disclosure.Actor | None:
        """An agency by its kind; a supporter whom this mother named is a member of her family; anybody else gets nothing."""
        agency = self._actors.get(recipient_id)
        if agency is not None:
            return agency
        named = any(person.pk == recipient_id and person.kind == "SUPPORTER" for person in self.people_of.get(identity_id, ()))
        return disclosure.Actor.FAMILY_MEMBER if named else None

    @cached_property
    def _actors(self) -> dict[UUID, disclosure.Actor]:
        return {pk: disclosure.Actor(AgencyKind(agency.kind).org_type) for pk, agency in self.agencies.items()}

    @cached_property
    def people_of(self) -> dict[UUID, list[PersonRow]]:
        """Who may open records of each identity."""
        found: dict[UUID, list[PersonRow]] = defaultdict(list)
        for person in self.people:
            for identity_id in dict.fromkeys(person.subject_ids):
                found[identity_id].append(person)
        return found

    @cached_property
    def herself(self) -> dict[UUID, frozenset[UUID]]:
        """The principals of each mother who reads of herself, by her identity."""
        found: dict[UUID, frozenset[UUID]] = {}
        for person in self.people:
            if person.kind == "SELF":
                found[person.identity_id] = found.get(person.identity_id, frozenset()) | {person.pk}
        return found

    @cached_property
    def segments_of(self) -> dict[UUID, list[Held]]:
        """What anybody has of each identity."""
        found: dict[UUID, list[Held]] = defaultdict(list)
        for segment in self.segments:
            found[segment.identity_id].append(segment)
        return found

    @cached_property
    def segments_of_holder(self) -> dict[UUID, list[Held]]:
        """What each holder has."""
        found: dict[UUID, list[Held]] = defaultdict(list)
        for segment in self.segments:
            found[segment.holder_id].append(segment)
        return found

    @cached_property
    def _sources(self) -> dict[tuple[UUID, str | None, str], disclosure.Source]:
        return {}

    def source_of(self, segment: Held, *, name: str | None = None) -> disclosure.Source:
        """Who holds a segment and how it came there, as the kernel reads it; `name` is what the question calls the holder."""
        key = (segment.holder_id, name, segment.provenance)
        found = self._sources.get(key)
        if found is None:
            known = papers.kernel_source(segment, agency=self.agencies.get(segment.holder_id))
            found = self._sources[key] = replace(known, holder=name) if name else known
        return found

    def place_of(self, holder_id: UUID) -> str | None:
        """The pack of a holder's place, whose stricter law narrows what its papers open; None for a person."""
        holder = self.agencies.get(holder_id)
        return holder.pack if holder is not None else None

    @cached_property
    def _agreed(self) -> dict[tuple[UUID, UUID], list[DataClause]]:
        found: dict[tuple[UUID, UUID], list[DataClause]] = defaultdict(list)
        for clause in self.clauses:
            if clause.kind != DATA_SHARING and clause.ended_at is None:
                found[clause.discloser_id, clause.recipient_id].append(clause)
        return found

    def agreements_between(self, holder_id: UUID, recipient_id: UUID) -> Sequence[DataClause]:
        """The clauses of agreements (not of schedules) between two agencies that have not been ended; the kernel asks for their days."""
        return self._agreed.get((holder_id, recipient_id), ()) if self._agreed else ()

    def is_bound(self, segment: Held) -> bool:
        """Whether anything but a form may have a say on this segment: a restriction of hers, an agreement or schedule of its holder, its place."""
        return segment.identity_id in self._restricted or segment.holder_id in self._bound

    @cached_property
    def _bound(self) -> frozenset[UUID]:
        return frozenset(clause.discloser_id for clause in self.clauses) | self.schedules.wanting

    @cached_property
    def _restricted(self) -> dict[UUID, list[Restriction]]:
        found: dict[UUID, list[Restriction]] = defaultdict(list)
        for row in self.restrictions:
            found[row.identity_id].append(row)
        return found

    def limits(self, segment: Held, *, recipient_id: UUID, name: str | None = None) -> tuple[disclosure.Restriction, ...]:
        """The restrictions that its holder keeps to for this segment and this recipient, as the kernel reads them (42 CFR 2.26).

        `name` is what the question calls the recipient, when that is not its id.
        """
        rows = self._restricted.get(segment.identity_id)
        if not rows:
            return ()
        agency = self.agencies.get(recipient_id)
        return tuple(
            disclosure.Restriction(to=name or str(recipient_id), agreed=row.agreed, paid_in_full=row.paid_in_full)
            for row in rows
            if row.holder_id == segment.holder_id
            and (not row.categories or segment.category in row.categories)
            and (row.to_agency_id == recipient_id or (agency is not None and row.to_kind == agency.kind))
        )


def gather(ids: Iterable[UUID], *, at: datetime, memory: Memory | None = None) -> Told:
    """Read what the flows of these identities follow from. A family without any paper or person of her own costs five short queries."""
    ids = list(ids)
    today, memory = local_day(at=at, zone=settings.TIME_ZONE), memory or Memory()
    about = _about(ids)
    consents = consent_rows(_live_forms(about[CONSENT])) if about[CONSENT] else []
    orders = list(CourtOrder.objects.filter(pk__any_of=about[ORDER], ended_at=None).exclude(expires_on__lt=today)) if about[ORDER] else []
    emergencies = list(EmergencyOpening.objects.filter(identity_id__any_of=ids, closes_at__gt=at, closed_at=None))
    segments = segment_rows(Segment.objects.filter(identity_id__any_of=ids))
    people = _people(about[PERSON], signers={form.identity_id for form in consents})
    clauses = _clauses({segment.holder_id for segment in segments})
    if not (consents or orders or emergencies or people or clauses):
        return Told(at=at, today=today, memory=memory)
    keepers = _keepers(segments, people=people)
    named = {s.holder_id for s in segments} | {c.recipient_id for c in clauses} | {e.holder_id for e in emergencies}
    named = named.union(*(paper.recipient_ids for paper in (*consents, *orders)), *keepers.values())
    agencies = agencies_by_id(ids=named)
    return Told(
        at=at, today=today, segments=segments, consents=consents, orders=orders, clauses=clauses, emergencies=emergencies, people=people,
        restrictions=list(Restriction.objects.filter(identity_id__any_of=ids, ended_at=None)),
        agencies=agencies, keepers={her: frozenset(k for k in found if k in agencies) for her, found in keepers.items()},
        subjects=_subjects(ids) if clauses or emergencies else {}, schedules=_schedules(clauses, agencies=agencies, today=today), memory=memory,
    )  # fmt: skip


def _about(ids: list[UUID]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {CONSENT: [], ORDER: [], PERSON: []}
    with connection.cursor() as cursor:
        cursor.execute(ABOUT, [ids])
        for what, pk in cursor.fetchall():
            found[what].append(pk)
    return found


def _live_forms(ids: list[UUID]) -> QuerySet[Consent]:
    return Consent.objects.filter(pk__any_of=ids, signed_at__isnull=False, revoked_at=None, superseded_by=None)


def _people(ids: list[UUID], *, signers: set[UUID | None]) -> list[PersonRow]:
    """Whose doors open on these records, and who signed a form about them in her own pages."""
    if not ids and not signers:
        return []
    return person_rows(PersonPrincipal.objects.filter(Q(pk__any_of=ids) | Q(identity_id__any_of=list(signers)), ended_at=None))


def _schedules(clauses: list[DataClause], *, agencies: dict[UUID, Agency], today: date) -> Schedules:
    wanting = frozenset(pk for pk, agency in agencies.items() if terms_of(agency.pack).schedule_required)
    return Schedules(clauses=tuple(clauses), today=today, wanting=wanting, agencies=frozenset(agencies))


_SUBJECTS = {"INFANT": disclosure.Subject.INFANT, "CHILD": disclosure.Subject.SIBLING, "ADULT": disclosure.Subject.CAREGIVER}


def _subjects(ids: list[UUID]) -> dict[UUID, disclosure.Subject]:
    """Who each identity is in the family, by what any holder recorded; a child wins over an adult, a mother over nobody."""
    with acting_as(system(System.MATCHING)):
        known = PersonRecord.objects.filter(identity_id__any_of=ids).values_list("identity_id", "role").distinct()
        found = {identity: _SUBJECTS[role] for identity, role in sorted(known, key=lambda row: (row[1] in CHILDREN, row[1])) if role in _SUBJECTS}
    return {identity: found.get(identity, disclosure.Subject.MOTHER) for identity in ids}


def _clauses(holders: set[UUID]) -> list[DataClause]:
    """Also those that ended: where a data-sharing schedule once stood, what it no longer lists does not flow."""
    return list(DataClause.objects.filter(discloser_id__in=holders).exclude(~Q(kind=DATA_SHARING), ended_at__isnull=False))


def _keepers(segments: list[SegmentRow], *, people: list[PersonRow]) -> dict[UUID, frozenset[UUID]]:
    """Which agencies keep a plan of each mother who says something herself, in one query.

    To have written in a plan is not enough: that agency reads her words by her consent, while it lasts.
    """
    speak = {s.holder_id for s in segments}
    hers = {person.pk: person.identity_id for person in people if person.kind == "SELF" and person.pk in speak}
    if not hers:
        return {}
    with acting_as(system(System.MATCHING)):
        plans = apps.get_model("plans", "PlanOfSafeCare").objects.filter(identity_id__any_of=list(hers.values()))
        kept = set(plans.values_list("identity_id", "holder_id"))
    found: dict[UUID, frozenset[UUID]] = {}
    for identity_id, holder_id in kept:
        found[identity_id] = found.get(identity_id, frozenset()) | {holder_id}
    return {pk: found.get(identity_id, frozenset()) for pk, identity_id in hers.items()}
