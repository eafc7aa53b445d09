"""The family page: everything that the reader's grants allow about one family, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies.models import Agency, Membership
from careloom.agencies.queries import agencies_by_id
from careloom.consents.pages.people import people_of
from careloom.consents.queries import SeesRow, consents_naming, who_sees_what
from careloom.desk.presenters import names
from careloom.desk.presenters.duties import About
from careloom.health.models import Medication, Pregnancy
from careloom.health.queries import pregnancies_of, treatment_medicines
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.clocks import CareClock
from careloom.kernel.plan import Change
from careloom.messages.contact import Ways, ways_for
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of, with_infants
from careloom.permanency.models import Removal
from careloom.permanency.queries import in_care
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare, PlanVersion
from careloom.plans.queries import PlanFlag, PlanParts, changes_since, flags_of, plan_parts, plans_of
from careloom.work.models import Obligation
from careloom.work.queries import of_family

BASE = ("REVIEW", "AGREED", "STARTED", "BIRTH", "REOPENED")


@dataclass(frozen=True, kw_only=True)
class FamilyHead:
    """Who this page is about: what each tab of a family shows at its top."""

    family_id: UUID
    label: str
    mother: PersonRecord | None
    infants: tuple[PersonRecord, ...]
    plan: PlanOfSafeCare | None
    day: date
    zone: ZoneInfo
    may_write: bool
    leads: bool
    parent_id: UUID | None = None  # for an infant whose mother the reader sees too: the family stands on her page

    @property
    def identity_ids(self) -> list[UUID]:
        """The mother and her infants, as far as they are shown."""
        return [self.family_id, *(infant.identity_id for infant in self.infants)]

    @property
    def is_open(self) -> bool:
        """Whether there is an open plan to write in."""
        return self.plan is not None and self.plan.status in OPEN_STATES


@dataclass(frozen=True, kw_only=True)
class FamilyPage:
    """The plan of a family with all around it. `parts` is None where there is no plan that the reader sees."""

    head: FamilyHead
    parts: PlanParts | None
    duties: tuple[Obligation, ...]
    about: dict[UUID, About]
    contact: Ways
    since: PlanVersion | None
    changes: tuple[Change, ...]
    flags: tuple[PlanFlag, ...]
    pregnancy: Pregnancy | None
    medicine: Medication | None
    sees: tuple[SeesRow, ...]
    agencies: dict[UUID, Agency]
    own_people: dict[UUID, str]
    at: datetime
    viewer: Viewer
    in_care: tuple[tuple[Removal, CareClock], ...] = ()


def family_head(*, viewer: Viewer, membership: Membership, identity_id: UUID, at: datetime) -> tuple[FamilyHead, list[PersonRecord]]:
    """Who the family is and its newest plan, with the records that say so. Two queries.

    Raises NotVisible when the reader sees no record of this person: hidden and absent are one answer, after the same two queries.
    """
    people = with_infants(viewer=viewer, identity_ids=[identity_id])
    plans = plans_of(viewer=viewer, identity_ids=[identity_id])
    chosen = names.chosen(people)
    if identity_id not in chosen and not plans:
        raise NotVisible
    plan = next((row for row in plans if row.status in OPEN_STATES), plans[0] if plans else None)
    zone = ZoneInfo(membership.agency.zone)
    me = chosen.get(identity_id)
    is_infant = me is not None and me.role == "INFANT"
    parent_id = me.mother_identity_id if me is not None and is_infant else None
    parent = names_of(viewer=viewer, identity_ids=[parent_id]) if parent_id else {}
    infants = sorted(
        (p for p in chosen.values() if is_infant or p.identity_id != identity_id), key=lambda p: (p.birth_date or date.max, p.given_name)
    )
    head = FamilyHead(
        family_id=identity_id, label=names.labels(people).get(identity_id, ""), mother=None if is_infant else me, infants=tuple(infants),
        plan=plan, day=at.astimezone(zone).date(), zone=zone, may_write=viewer.can("PLAN_WRITE"),
        leads=plan is not None and viewer.holder_id in {plan.lead_agency_id, plan.holder_id, *plan.co_lead_ids},
        parent_id=parent_id if parent_id in parent else None,
    )  # fmt: skip
    return head, people


def family_page(*, viewer: Viewer, membership: Membership, identity_id: UUID, at: datetime) -> FamilyPage:
    """The page of a family; at most 25 queries, the same for one need and for twenty. Accounts for every row that it shows."""
    head, people = family_head(viewer=viewer, membership=membership, identity_id=identity_id, at=at)
    parts = plan_parts(viewer=viewer, plan_id=head.plan.pk, plan=head.plan, brief=True) if head.plan else None
    if parts is not None:
        # An infant of a plan is in it; one of another pregnancy is not on this page.
        here = {row.identity_id for row in parts.infants}
        head = replace(head, infants=tuple(infant for infant in head.infants if infant.identity_id in here or not here))
    duties = of_family(viewer=viewer, family_id=identity_id, at=at)
    contact = ways_for(viewer=viewer, identity_id=identity_id)
    since = _since(parts)
    changes = changes_since(viewer=viewer, plan_id=parts.plan.pk, version=since.number, parts=parts) if parts and since else ()
    pregnancy = next(iter(pregnancies_of(viewer=viewer, identity_id=identity_id)), None)
    medicine = next((m for m in treatment_medicines(viewer=viewer, identity_id=identity_id) if m.starts_on and not m.ends_on), None)
    sees = who_sees_what(viewer=viewer, identity_ids=head.identity_ids, at=at)
    readers = {row.recipient_id for row in sees} - {viewer.holder_id}
    naming = consents_naming(viewer=viewer, identity_id=identity_id, readers=readers) if readers else []
    agency_ids = (
        {row.recipient_id for row in sees}
        | {pk for paper in naming for pk in paper.recipient_ids}
        | {m.agency_id for m in (parts.team if parts else ()) if m.agency_id}
    )
    agency_ids |= {row.holder_id for row in parts.rows()} if parts else set()
    rows: Iterable[FamilyRecord] = [
        *people, *(parts.rows() if parts else ()), *duties, *(row for row in (pregnancy, medicine) if row is not None), *contact.rows,
    ]  # fmt: skip
    agencies = agencies_by_id(ids=agency_ids)
    # Who works on cases sees the court's clock here too; everybody else reads it under "Case and custody", as far as a consent opens it.
    cares = in_care(viewer=viewer, identity_id=identity_id, on=head.day) if viewer.can("CASE_WRITE") else []
    account(viewer=viewer, place="desk:family", rows=[*rows, *naming, *(row for row, _clock in cares)], at=at)
    return FamilyPage(
        head=head, parts=parts, duties=tuple(duties), about=_about(parts), contact=contact, since=since, changes=changes,
        flags=flags_of(parts) if parts else (), pregnancy=pregnancy, medicine=medicine, sees=tuple(sees),
        agencies=agencies, own_people=people_of(naming, agencies=agencies), at=at, viewer=viewer, in_care=tuple(cares),
    )  # fmt: skip


def _since(parts: PlanParts | None) -> PlanVersion | None:
    """The version to compare with: the last review, else the last version that she agreed to."""
    if parts is None:
        return None
    reviews = [row for row in parts.versions if row.why == "REVIEW"]
    return next(iter(reviews or [row for row in parts.versions if row.why in BASE]), None)


def _about(parts: PlanParts | None) -> dict[UUID, About]:
    if parts is None:
        return {}
    titles = {need.id: need.row.title for need in parts.needs}
    return {row.pk: About(need=titles.get(row.need_id, ""), org=row.organization) for row in parts.referrals}
