"""Better measures: proposed by a member, tested on four points, decided by a committee. Source: R-084; decision 0013."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.aims.actions.goals import NOT_ALLOWED
from careloom.aims.facts import ProposalFacts, QualityFacts, RulingFacts
from careloom.aims.models import Proposal, Quality, Ruling
from careloom.aims.queries.proposals import judgements
from careloom.aims.words import BECOMES, GOALS, KINDS, RESULTS, WHOM
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs.indicators import indicators
from careloom.kernel.indicators.quality import Facet, Judged, Verdict, verdict
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Body
from careloom.partnership.rights import works
from careloom.partnership.standing import name_of, standing_of
from careloom.partnership.turns import take_turn

OPEN = ("PROPOSED", "PUT_OFF")


@transaction.atomic
def propose(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: ProposalFacts, request_key: str, proposal_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:  # fmt: skip
    """Propose a measure, or change it while no committee has accepted or declined it.

    Refused codes: NOT_ALLOWED, RULED, NAME, QUESTION, COUNTED, AMONG, SOURCE, KIND, GOAL, INDICATOR, WHY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row: Proposal | None = row_of(Proposal, standing, proposal_id)
    if not works(standing) or (proposal_id is not None and row is None):
        return NOT_ALLOWED
    values = {
        **values_of(facts), "name": said(facts.name, most=120), "question": said(facts.question, most=300), "counted": said(facts.counted, most=400),
        "among": said(facts.among, most=400), "source": said(facts.source, most=200), "why": said(facts.why, most=1000),
    }  # fmt: skip
    if row is None:
        values["proposed_by"] = name_of(viewer=by, collaborative_id=collaborative_id)
    codes = wrong(
        {
            "RULED": row is not None and row.state not in OPEN,
            "NAME": not values["name"],
            "QUESTION": not values["question"],
            "COUNTED": not values["counted"],
            "AMONG": not values["among"],
            "SOURCE": not values["source"],
            "KIND": facts.kind not in KINDS or facts.whom not in WHOM,
            "GOAL": facts.goal not in GOALS,
            "INDICATOR": bool(facts.instead_of) and facts.instead_of not in indicators(),
            "WHY": not values["why"],
        }
    )
    return put(Proposal, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def judge(*, by: Viewer, at: datetime, proposal_id: UUID, facts: QualityFacts, request_key: str) -> Done | Refused | Stale:
    """Judge one point of a proposal, with what shows it; judged again it is a new row, and the earlier one stays.

    Refused codes: NOT_ALLOWED, RULED, FACET, JUDGED, EVIDENCE. Raises NotVisible.
    """
    row = Proposal.objects.filter(pk=proposal_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else proposal_id)
    take_turn(standing.collaborative.pk)
    row = row_of(Proposal, standing, proposal_id)
    if row is None or not works(standing):
        return NOT_ALLOWED
    values = {
        **values_of(facts), "evidence": said(facts.evidence, most=1000), "proposal_id": row.pk, "on": today(at),
        "judged_by": name_of(viewer=by, collaborative_id=row.collaborative_id),
    }  # fmt: skip
    codes = wrong(
        {
            "RULED": row.state not in OPEN,
            "FACET": facts.facet not in set(Facet),
            "JUDGED": facts.judged not in set(Judged),
            "EVIDENCE": not values["evidence"],
        }
    )
    return put(Quality, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def rule(*, by: Viewer, at: datetime, proposal_id: UUID, facts: RulingFacts, request_key: str) -> Done | Refused | Stale:
    """Write down what a committee decided about a proposal, and what becomes of it.

    Nothing is accepted that is not judged on all four points, or that is not valid or not available. Noted where the writer holds no office in the
    body. Refused codes: NOT_ALLOWED, RULED, BODY, RESULT, BECOMES, QUALITY, WHY, LATER_DAY. Raises NotVisible.
    """
    row = Proposal.objects.filter(pk=proposal_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else proposal_id)
    take_turn(standing.collaborative.pk)
    row = row_of(Proposal, standing, proposal_id)
    if row is None or not (standing.runs or standing.officer_of):
        return NOT_ALLOWED
    row.refresh_from_db()
    if earlier := Ruling.objects.filter(collaborative_id=row.collaborative_id, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    body, why = row_of(Body, standing, facts.body_id), said(facts.why, most=1000)
    found, adopts = verdict(judgements(row)), facts.result == "ADOPTED"
    codes = wrong(
        {
            "RULED": row.state not in OPEN,
            "BODY": body is None or not standing.leads(body.pk),
            "RESULT": facts.result not in RESULTS,
            "BECOMES": (facts.becomes not in BECOMES) if adopts else bool(facts.becomes),
            "QUALITY": adopts and found in (Verdict.OPEN, Verdict.UNFIT),
            "WHY": not why,
            "LATER_DAY": facts.decided_on > today(at),
        }
    )
    values = {**values_of(facts), "why": why, "proposal_id": row.pk, "verdict": found.value}
    done = put(Ruling, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        row.state, row.row_version = facts.result, row.row_version + 1
        row.save(update_fields=["state", "row_version"])
        note(standing, body_id=facts.body_id, about_id=done.row_id, words=row.name, by=by, at=at, key=request_key)
    return done
