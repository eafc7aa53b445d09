"""What partners commit, bring and carry, what their leaders signed, visits to them, and for whom they stand in work groups."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs import current_pack
from careloom.kernel.partnership import quarter_of
from careloom.meetings.facts import CommitmentFacts, ContributionFacts, LoadFacts, PriorityFacts, VisitFacts
from careloom.meetings.models import Commitment, Contribution, Load, Meeting, Priority, Represents, Visit
from careloom.meetings.words import PRIORITIES
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

MOST_HOURS, MOST_DOLLARS = 20_000, 100_000_000


@transaction.atomic
def commit(*, by: Viewer, at: datetime, partner_id: UUID, facts: CommitmentFacts, request_key: str) -> Done | Refused | Stale:
    """What a partner commits each quarter from today on, and why it still matters to it; said again it is a new row (R-054, R-057).

    Refused codes: NOT_ALLOWED, HOURS, FUNDS, MISSION. Raises NotVisible.
    """
    standing, ours = _partner(by, partner_id)
    if not ours:
        return Refused(codes=("NOT_ALLOWED",))
    values = {
        **values_of(facts), "in_kind": said(facts.in_kind, most=200), "mission": said(facts.mission, most=300), "partner_id": partner_id,
        "on": today(at),
    }  # fmt: skip
    codes = wrong({"HOURS": not 0 <= facts.hours <= MOST_HOURS, "FUNDS": not 0 <= facts.funds <= MOST_DOLLARS, "MISSION": not values["mission"]})
    return put(Commitment, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def report(*, by: Viewer, at: datetime, partner_id: UUID, facts: ContributionFacts, request_key: str, version: int = 0) -> Done | Refused | Stale:
    """What a partner brought in a quarter beside its hours in meetings (R-057).

    Refused codes: NOT_ALLOWED, QUARTER, HOURS, FUNDS. Raises NotVisible.
    """
    standing, ours = _partner(by, partner_id)
    if not ours:
        return Refused(codes=("NOT_ALLOWED",))
    row = Contribution.objects.filter(partner_id=partner_id, quarter=facts.quarter).first()
    codes = wrong(
        {
            "QUARTER": facts.quarter != quarter_of(facts.quarter) or facts.quarter > today(at),
            "HOURS": not 0 <= facts.hours <= MOST_HOURS,
            "FUNDS": not 0 <= facts.funds <= MOST_DOLLARS,
        }
    )
    values = {**values_of(facts), "in_kind": said(facts.in_kind, most=200), "partner_id": partner_id}
    return _put_period(Contribution, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_load(*, by: Viewer, at: datetime, partner_id: UUID, facts: LoadFacts, request_key: str, version: int = 0) -> Done | Refused | Stale:
    """What weighs on a partner this month (R-054). Refused codes: NOT_ALLOWED, NUMBERS, LATER_DAY. Raises NotVisible."""
    standing, ours = _partner(by, partner_id)
    if not ours:
        return Refused(codes=("NOT_ALLOWED",))
    month = facts.month.replace(day=1)
    row = Load.objects.filter(partner_id=partner_id, month=month).first()
    numbers = (facts.caseload, facts.turnover, facts.budget)
    inside = (facts.caseload or 0) <= 999 and 0 <= (facts.turnover or 0) <= 300 and -100 <= (facts.budget or 0) <= 300
    codes = wrong({"NUMBERS": not inside or (all(one is None for one in numbers) and not facts.words.strip()), "LATER_DAY": month > today(at)})
    values = {**values_of(facts), "month": month, "words": said(facts.words, most=300), "partner_id": partner_id}
    return _put_period(Load, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_priority(*, by: Viewer, at: datetime, partner_id: UUID, facts: PriorityFacts, request_key: str) -> Done | Refused | Stale:
    """Keep the evidence that a leader made this a priority of her agency (R-058).

    Refused codes: NOT_ALLOWED, KIND, WHAT, SIGNED_BY, WHERE, LATER_DAY, UNTIL. Raises NotVisible.
    """
    standing, ours = _partner(by, partner_id)
    if not ours:
        return Refused(codes=("NOT_ALLOWED",))
    what, signed, where = said(facts.what, most=200), said(facts.signed_by, most=120), said(facts.where, most=200)
    codes = wrong(
        {
            "KIND": facts.kind not in PRIORITIES,
            "WHAT": not what,
            "SIGNED_BY": not signed,
            "WHERE": not where,
            "LATER_DAY": facts.on > today(at),
            "UNTIL": facts.until is not None and facts.until <= facts.on,
        }
    )
    values = {**values_of(facts), "what": what, "signed_by": signed, "where": where, "partner_id": partner_id}
    return put(Priority, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def log_visit(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: VisitFacts, request_key: str) -> Done | Refused | Stale:
    """Keep a visit to one partner before a meeting: with whom, what was heard, what it asks (R-053).

    Who runs the collaborative writes it, and the officers of its bodies. Refused codes: NOT_ALLOWED, PARTNER, LATER_DAY, WHO, HEARD.
    Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not (standing.runs or standing.officer_of):
        return Refused(codes=("NOT_ALLOWED",))
    meeting = Meeting.objects.filter(pk=facts.meeting_id, collaborative_id=collaborative_id).first() if facts.meeting_id else None
    who, heard = said(facts.who, most=200), facts.heard.strip()[:4000]
    codes = wrong(
        {"PARTNER": row_of(Partner, standing, facts.partner_id) is None, "LATER_DAY": facts.on > today(at), "WHO": not who, "HEARD": not heard}
    )
    values = {**values_of(facts), "who": who, "heard": heard, "asks": said(facts.asks, most=300), "meeting_id": meeting.pk if meeting else None}
    return put(Visit, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_represents(
    *, by: Viewer, at: datetime, partner_id: UUID, parts: tuple[str, ...], request_key: str, version: int = 0
) -> Done | Refused | Stale:
    """For which parts of a work group's minimum a partner stands (R-188). Refused codes: NOT_ALLOWED, PARTS. Raises NotVisible."""
    standing, _ = _partner(by, partner_id)
    if not standing.runs and not standing.officer_of:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"represents:{partner_id}")
    row = Represents.objects.filter(partner_id=partner_id).first()
    codes = wrong({"PARTS": not set(parts) <= {said_of.code for said_of in current_pack().meetings.work_group_minimum}})
    values = {"partner_id": partner_id, "parts": list(parts)}
    return _put_period(Represents, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


def _put_period(model: type, row: object, *, version: int, **told: object) -> Done | Refused | Stale:
    """One row a period: sent twice it is there already, and a first form that meets a row of somebody else is stale."""
    if row is not None and row.request_key == told["request_key"]:  # type: ignore[attr-defined]
        return Done(row_id=row.pk)  # type: ignore[attr-defined]
    return put(model, row, version=version, **told)  # type: ignore[arg-type]


def _partner(by: Viewer, partner_id: UUID) -> tuple[Standing, bool]:
    """How she stands to the partner's collaborative, and whether she may speak for the partner. Raises NotVisible."""
    row = Partner.objects.filter(pk=partner_id, left_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else partner_id)
    return standing, row is not None and standing.speaks_for(partner_id)
