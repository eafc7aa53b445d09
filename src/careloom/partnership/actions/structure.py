"""Beginning a collaborative, its partners and its bodies. Each action is one transaction; a refusal is a value; a form sent twice is one row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer, require
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Reach, Sector, Stream, Tier
from careloom.partnership.actions.keeping import listed, made, put, row_of, today, values_of, wrong
from careloom.partnership.facts import BodyFacts, CollaborativeFacts, PartnerFacts
from careloom.partnership.models import Body, Collaborative, Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn
from careloom.partnership.words import KINDS


@transaction.atomic
def begin(*, by: Viewer, at: datetime, facts: CollaborativeFacts, request_key: str) -> Done | Refused:
    """Begin a collaborative, coordinated by the agency of `by` (R-001). Refused codes: NOT_ALLOWED, NAME, NAME_TAKEN, REACH, PLACES, LATER_DAY."""
    require(by)
    if not by.can("PARTNERSHIP") or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn("names")
    if earlier := Collaborative.objects.filter(agency_id=by.holder_id, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    name, places = said(facts.name, most=120), listed(facts.places)
    codes = wrong(
        {
            "NAME": not name,
            "NAME_TAKEN": bool(name) and Collaborative.objects.filter(name__iexact=name, ends_on=None).exists(),
            "REACH": facts.reach not in set(Reach),
            "PLACES": not places and facts.reach != Reach.STATE,
            "LATER_DAY": facts.starts_on > today(at),
        }
    )
    if codes:
        return Refused(codes=codes)
    row = Collaborative.objects.create(
        agency_id=by.holder_id, name=name, reach=facts.reach, places=places, new=facts.new, starts_on=facts.starts_on, **made(by, at, request_key)
    )
    record(by=by, at=at, action="partnership.begun", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def put_partner(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: PartnerFacts, request_key: str = "", partner_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Add a partner, or change one as it stood at `version`. A partner may change what it says about itself (R-010, R-017).

    Refused codes: NOT_ALLOWED, NAME, NAME_TAKEN, SECTORS, KINDS, STREAMS, AGENCY, AGENCY_TAKEN, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Partner, standing, partner_id)
    if partner_id is not None and row is None:
        return Refused(codes=("NOT_ALLOWED",))
    if not (standing.speaks_for(row.pk) if row else standing.runs):
        return Refused(codes=("NOT_ALLOWED",))
    others = Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).exclude(pk=partner_id)
    name = said(facts.name, most=120)
    codes = wrong(
        {
            "NAME": not name,
            "NAME_TAKEN": bool(name) and others.filter(name__iexact=name).exclude(request_key=request_key or "-").exists(),
            "SECTORS": not facts.sectors or not set(facts.sectors) <= set(Sector),
            "KINDS": not set(facts.kinds) <= set(KINDS),
            "STREAMS": not set(facts.streams) <= set(Stream),
            "AGENCY": facts.agency_id is not None and not Agency.objects.filter(pk=facts.agency_id, active=True).exists(),
            "AGENCY_TAKEN": facts.agency_id is not None and others.filter(agency_id=facts.agency_id).exclude(request_key=request_key or "-").exists(),
            "LATER_DAY": facts.joined_on > today(at),
        }
    )
    values = {**values_of(facts), "name": name, "brings": facts.brings.strip()[:2000]}
    if row is not None and not standing.runs:
        # Who speaks for a partner does not say which agency it is or since when it takes part.
        values = {key: value for key, value in values.items() if key not in ("agency_id", "joined_on")}
    return put(Partner, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_body(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: BodyFacts, request_key: str = "", body_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Add a body of a tier, or change one as it stood at `version` (R-001, R-002, R-022).

    An oversight committee says what convenes it and to whom it reports. Refused codes: NOT_ALLOWED, NAME, NAME_TAKEN, TIER, LEAD, CONVENED_BY,
    REPORTS_TO, SECTORS, QUORUM, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Body, standing, body_id)
    if (body_id is not None and row is None) or not (standing.leads(row.pk) if row else standing.runs):
        return Refused(codes=("NOT_ALLOWED",))
    name, oversees = said(facts.name, most=120), facts.tier == Tier.OVERSIGHT
    others = Body.objects.filter(collaborative_id=collaborative_id, ends_on=None).exclude(pk=body_id).exclude(request_key=request_key or "-")
    codes = wrong(
        {
            "NAME": not name,
            "NAME_TAKEN": bool(name) and others.filter(name__iexact=name).exists(),
            "TIER": facts.tier not in set(Tier) or (row is not None and row.tier != facts.tier),
            "LEAD": (facts.lead_id is None and oversees) or (facts.lead_id is not None and row_of(Partner, standing, facts.lead_id) is None),
            "CONVENED_BY": oversees and not facts.convened_by.strip(),
            "REPORTS_TO": oversees and not facts.reports_to.strip(),
            "SECTORS": not set(facts.not_needed) <= set(Sector) - {Sector.FAMILIES},
            "QUORUM": not 0 <= facts.quorum <= 200,
            "LATER_DAY": facts.starts_on > today(at),
        }
    )
    values = {
        **values_of(facts), "name": name, "focus": said(facts.focus, most=300), "convened_by": said(facts.convened_by, most=200),
        "reports_to": said(facts.reports_to, most=120),
    }  # fmt: skip
    return put(Body, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)
