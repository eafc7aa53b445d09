"""The fourteen sections of a plan: everything they draw from the rows that hold it already. Source: plan-content.md 2.1; R-142."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.presenters.words import agency_name
from careloom.consents.queries import SeesRow, who_sees_what
from careloom.health.models import Birth, Condition, Exposure, Medication, NewbornSigns, Pregnancy
from careloom.health.queries import births_of, conditions_of, exposures_of, medicines_of, pregnancies_of, signs_of
from careloom.infra.access import PrincipalKind, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.messages.contact import Ways, ways_for
from careloom.messages.models import Appointment
from careloom.messages.queries import appointments_of
from careloom.people.models import FamilyMember, PersonRecord
from careloom.people.queries import family_of, with_infants
from careloom.plans.actions.keeping import PART2_SEGMENT
from careloom.plans.models import PlanOfSafeCare, PlanRow
from careloom.plans.queries import PlanParts, get_plan, plan_parts
from careloom.plans.queries.sections import SectionRows, section_rows
from careloom.plans.template_body import SectionNow, sections_of

DV = "dv."
Row = TypeVar("Row", bound=FamilyRecord)


@dataclass(frozen=True, kw_only=True)
class SectionsPage:
    """A plan with all that its sections show to this viewer."""

    viewer: Viewer
    plan: PlanOfSafeCare
    parts: PlanParts
    own: SectionRows
    sections: tuple[SectionNow, ...]
    people: tuple[PersonRecord, ...]
    family: tuple[FamilyMember, ...]
    pregnancy: Pregnancy | None
    births: tuple[Birth, ...]
    signs: tuple[NewbornSigns, ...]
    exposures: tuple[Exposure, ...]
    medicines: tuple[Medication, ...]
    conditions: tuple[Condition, ...]
    appointments: tuple[Appointment, ...]
    sees: tuple[SeesRow, ...]
    agencies: dict[UUID, Agency]
    ways: Ways
    at: datetime
    zone: ZoneInfo
    shown: tuple[FamilyRecord, ...]
    """Every row of the page, as it was accounted for."""

    @property
    def knows_of_treatment(self) -> bool:
        """Whether the reader sees a row that shows treatment: only then is a program named (42 CFR 2.13(c))."""
        return any(row.category == PART2_SEGMENT for row in (*self.parts.rows(), *self.own.rows()))

    def by_whom(self, row: PlanRow) -> str:
        """Who holds a row, by the name that this reader may read; empty for the mother's own rows."""
        return "" if row.provenance == "self_reported" else self.agency(row.holder_id)

    def agency(self, agency_id: UUID) -> str:
        """An agency by the name that this reader may read."""
        agency = self.agencies.get(agency_id)
        if agency is not None and agency.is_part2_program and agency.pk != self.viewer.holder_id and not self.knows_of_treatment:
            return agency_name(None if agency is None else _unnamed(agency), own_id=self.viewer.holder_id)
        return agency_name(agency, own_id=self.viewer.holder_id)

    def mothers(self) -> list[PersonRecord]:
        """The mother's records that the reader sees."""
        return [p for p in self.people if p.identity_id == self.plan.identity_id]

    def infants(self) -> list[PersonRecord]:
        """Each infant of the plan once."""
        here = {row.identity_id for row in self.parts.infants}
        found = {p.identity_id: p for p in self.people if p.identity_id != self.plan.identity_id and (p.identity_id in here or not here)}
        return list(found.values())


def sections_page(*, viewer: Viewer, plan_id: UUID, at: datetime, zone: ZoneInfo, place: str = "plans:sections") -> SectionsPage:
    """The sections of a plan in a constant number of queries; every row that it shows is accounted for. Raises NotVisible."""
    plan = get_plan(viewer=viewer, plan_id=plan_id)
    parts = plan_parts(viewer=viewer, plan_id=plan_id, plan=plan)
    own = section_rows(viewer=viewer, plan_id=plan_id)
    people = with_infants(viewer=viewer, identity_ids=[plan.identity_id])
    ids = [plan.identity_id, *dict.fromkeys(row.identity_id for row in parts.infants)]
    family = family_of(viewer=viewer, identity_id=plan.identity_id)
    pregnancies = pregnancies_of(viewer=viewer, identity_id=plan.identity_id)
    births = births_of(viewer=viewer, mother_ids=[plan.identity_id])
    signs = signs_of(viewer=viewer, infant_ids=ids[1:])
    exposures = exposures_of(viewer=viewer, mother_id=plan.identity_id)
    medicines, conditions = medicines_of(viewer=viewer, identity_ids=ids), conditions_of(viewer=viewer, identity_ids=ids)
    appointments = appointments_of(viewer=viewer, identity_ids=ids, since=at, most=50)
    sees = who_sees_what(viewer=viewer, identity_ids=ids, at=at)
    holders = {row.holder_id for row in (*parts.rows(), *own.rows())} | {row.agency_id for row in own.owners} | {row.recipient_id for row in sees}
    ways = ways_for(viewer=viewer, identity_id=plan.identity_id)
    clinical = [*pregnancies, *births, *signs, *exposures, *medicines, *conditions]
    if viewer.kind is PrincipalKind.PERSON:
        # What tells of violence at home stays off a copy that somebody else may find (ux 7.2).
        family = [row for row in family if not row.category.startswith(DV)]
        parts = replace(
            parts, team=_plain(parts.team), team_before=_plain(parts.team_before), strengths=_plain(parts.strengths),
            goals=tuple(goal for goal in parts.goals if not goal.row.category.startswith(DV)),
            needs=tuple(need for need in parts.needs if not need.row.category.startswith(DV)), her_views=_plain(parts.her_views),
        )  # fmt: skip
    shown: list[FamilyRecord] = [*parts.rows(), *own.rows(), *people, *family, *clinical, *appointments, *ways.rows]
    account(viewer=viewer, place=place, rows=shown, at=at)
    return SectionsPage(
        viewer=viewer, plan=plan, parts=parts, own=own, sections=sections_of(plan), people=tuple(people), family=tuple(family),
        pregnancy=next((row for row in pregnancies if row.pk == plan.pregnancy_id), next(iter(pregnancies), None)), births=tuple(births),
        signs=tuple(signs), exposures=tuple(exposures), medicines=tuple(medicines), conditions=tuple(conditions),
        appointments=tuple(appointments), sees=tuple(sees), agencies=agencies_by_id(ids=holders), ways=ways, at=at, zone=zone,
        shown=tuple(shown),
    )  # fmt: skip


def _plain(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not row.category.startswith(DV))


def _unnamed(agency: Agency) -> Agency:
    """The program without the name that it uses outside: a reader who may not know of treatment reads “The care team”."""
    return Agency(pk=agency.pk, name=agency.name, kind=agency.kind, is_part2_program=True, outward_name="")
