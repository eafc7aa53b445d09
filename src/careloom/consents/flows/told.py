"""Everything that the flows of some identities follow from, read once in the scope of System.GRANTS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.agreements import terms_of
from careloom.consents.models import Consent, CourtOrder, DataClause, EmergencyOpening, Restriction
from careloom.consents.register import DATA_SHARING, Schedules
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonPrincipal, PersonRecord


@dataclass(frozen=True, kw_only=True)
class Told:
    """The papers, the records and the people of some identities at one instant."""

    at: datetime
    today: date
    segments: list[Segment] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    orders: list[CourtOrder] = field(default_factory=list)
    clauses: list[DataClause] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    emergencies: list[EmergencyOpening] = field(default_factory=list)
    people: list[PersonPrincipal] = field(default_factory=list)
    agencies: dict[UUID, Agency] = field(default_factory=dict)
    # The agencies that keep a plan of hers, by the principal of the mother.
    keepers: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    # Whose records these are, where no form of hers says so.
    subjects: dict[UUID, disclosure.Subject] = field(default_factory=dict)
    schedules: Schedules = field(default_factory=lambda: Schedules(clauses=(), today=date.min))

    def actor_of(self, recipient_id: UUID) -> disclosure.Actor | None:
        """An agency by its kind; a supporter whom she named is a member of her family; anybody else gets nothing."""
        agency = self.agencies.get(recipient_id)
        if agency is not None:
            return disclosure.Actor(AgencyKind(agency.kind).org_type)
        named = any(person.pk == recipient_id and person.kind == "SUPPORTER" for person in self.people)
        return disclosure.Actor.FAMILY_MEMBER if named else None

    def agreements_between(self, holder_id: UUID, recipient_id: UUID) -> list[DataClause]:
        """The clauses of agreements (not of schedules) between two agencies that have not been ended; the kernel asks for their days."""
        pair = (holder_id, recipient_id)
        return [c for c in self.clauses if (c.discloser_id, c.recipient_id) == pair and c.kind != DATA_SHARING and c.ended_at is None]

    def limits(self, segment: Segment, *, recipient_id: UUID) -> tuple[disclosure.Restriction, ...]:
        """The restrictions that its holder keeps to for this segment and this recipient, as the kernel reads them (42 CFR 2.26)."""
        agency = self.agencies.get(recipient_id)
        return tuple(
            disclosure.Restriction(to=str(recipient_id), agreed=row.agreed, paid_in_full=row.paid_in_full)
            for row in self.restrictions
            if row.holder_id == segment.holder_id
            and row.identity_id == segment.identity_id
            and (not row.categories or segment.category in row.categories)
            and (row.to_agency_id == recipient_id or (agency is not None and row.to_kind == agency.kind))
        )


def gather(ids: Iterable[UUID], *, at: datetime) -> Told:
    """Read what the flows of these identities follow from. A family without any paper or person of her own costs seven short queries."""
    ids = list(ids)
    today = local_day(at=at, zone=settings.TIME_ZONE)
    consents = list(Consent.objects.filter(subject_ids__overlap=ids, signed_at__isnull=False, revoked_at=None, superseded_by=None))
    orders = list(CourtOrder.objects.filter(subject_ids__overlap=ids, ended_at=None).exclude(expires_on__lt=today))
    emergencies = list(EmergencyOpening.objects.filter(identity_id__in=ids, closes_at__gt=at, closed_at=None))
    people = list(PersonPrincipal.objects.filter(subject_ids__overlap=ids, ended_at=None))
    segments = list(Segment.objects.filter(identity_id__in=ids))
    clauses = _clauses({segment.holder_id for segment in segments})
    if not (consents or orders or emergencies or people or clauses):
        return Told(at=at, today=today)
    named = {s.holder_id for s in segments} | {c.recipient_id for c in clauses} | {e.holder_id for e in emergencies}
    named |= {r for paper in (*consents, *orders) for r in paper.recipient_ids}
    agencies = agencies_by_id(ids=named)
    return Told(
        at=at, today=today, segments=segments, consents=consents, orders=orders, clauses=clauses, emergencies=emergencies, people=people,
        restrictions=list(Restriction.objects.filter(identity_id__in=ids, ended_at=None)),
        agencies=agencies, keepers=_keepers(segments, people=people, agencies=agencies),
        subjects=_subjects(ids) if clauses or emergencies else {}, schedules=_schedules(clauses, agencies=agencies, today=today),
    )  # fmt: skip


def _schedules(clauses: list[DataClause], *, agencies: dict[UUID, Agency], today: date) -> Schedules:
    wanting = frozenset(pk for pk, agency in agencies.items() if terms_of(agency.pack).schedule_required)
    return Schedules(clauses=tuple(clauses), today=today, wanting=wanting, agencies=frozenset(agencies))


_SUBJECTS = {"INFANT": disclosure.Subject.INFANT, "CHILD": disclosure.Subject.SIBLING, "ADULT": disclosure.Subject.CAREGIVER}


def _subjects(ids: list[UUID]) -> dict[UUID, disclosure.Subject]:
    """Who each identity is in the family, by what any holder recorded; a child wins over an adult, a mother over nobody."""
    with acting_as(system(System.MATCHING)):
        known = PersonRecord.objects.filter(identity_id__in=ids).values_list("identity_id", "role").distinct()
        found = {identity: _SUBJECTS[role] for identity, role in sorted(known, key=lambda row: row[1] in {"INFANT", "CHILD"}) if role in _SUBJECTS}
    return {identity: found.get(identity, disclosure.Subject.MOTHER) for identity in ids}


def _clauses(holders: set[UUID]) -> list[DataClause]:
    """Also those that ended: where a data-sharing schedule once stood, what it no longer lists does not flow."""
    return list(DataClause.objects.filter(discloser_id__in=holders).exclude(~Q(kind=DATA_SHARING), ended_at__isnull=False))


def _keepers(segments: list[Segment], *, people: list[PersonPrincipal], agencies: dict[UUID, Agency]) -> dict[UUID, frozenset[UUID]]:
    writers = sorted({s.holder_id for s in segments if s.category == "posc.plan_core" and s.holder_id in agencies}, key=str)
    speak = {s.holder_id for s in segments}
    hers = [person for person in people if person.kind == "SELF" and person.pk in speak]
    return {p.pk: frozenset(w for w in writers if _keeps_plan(w, identity_id=p.identity_id)) for p in hers}


def _keeps_plan(agency_id: UUID, *, identity_id: UUID) -> bool:
    """Whether an agency keeps a plan of hers. To have written in one is not enough: that agency reads her words by her consent, while it lasts."""
    plans = apps.get_model("plans", "PlanOfSafeCare")
    with acting_as(system(System.JOB, holder_id=agency_id)):
        return plans.objects.filter(holder_id=agency_id, identity_id=identity_id).exists()
