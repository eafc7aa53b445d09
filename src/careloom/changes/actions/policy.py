"""Proposals to oversight, strategies for systems change, practices and markers, and what each puts into practice.

Source: R-007, R-008, R-012, R-064, R-081.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long, moved
from careloom.changes.facts import PracticeFacts, ProposalFacts, StrategyFacts
from careloom.changes.models import Guidance, KnownStrategy, Pilot, Practice, Proposal, ProposalStep, Rests, Statute, Strategy
from careloom.changes.rights import found, leads_any, leads_tier, note_for_tier
from careloom.changes.words import DOES, PROPOSALS, STAGES
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.changes import PROPOSAL_STEPS, ChangeKind, Mark, may_rest
from careloom.partnership.actions.keeping import made, put, row_of, today, values_of, wrong
from careloom.partnership.models import Body, Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

MODELS: dict[ChangeKind, Any] = {
    ChangeKind.LAW: Statute, ChangeKind.POLICY: Proposal, ChangeKind.PROTOCOL: Guidance, ChangeKind.PILOT: Pilot, ChangeKind.PRACTICE: Practice,
}  # fmt: skip
MARKS = frozenset(Mark)


@transaction.atomic
def put_proposal(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: ProposalFacts, request_key: str = "", proposal_id: UUID | None = None,
    version: int = 0, barrier_id: UUID | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    """Draft a proposal, or change it while it is a draft or was returned. Officers of the body that drafts it.

    Refused codes: NOT_ALLOWED, TITLE, KIND, BODY, NOW, NEW, WHY, MARKS, STATE. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Proposal, standing, proposal_id)
    body = row_of(Body, standing, facts.body_id)
    if (proposal_id and row is None) or not leads_any(standing) or (body is not None and not standing.leads(body.pk)):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "KIND": facts.kind not in PROPOSALS, "BODY": body is None, "NOW": not facts.now.strip(),
            "NEW": not facts.new.strip(), "WHY": not facts.why.strip(), "MARKS": not set(facts.marks) <= MARKS,
            "STATE": row is not None and row.state not in ("DRAFT", "RETURNED"),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "title": said(facts.title, most=120), "now": long(facts.now), "new": long(facts.new), "why": long(facts.why),
    }  # fmt: skip
    values |= {"barrier_id": barrier_id} if row is None else {}
    return put(Proposal, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def move_proposal(
    *, by: Viewer, at: datetime, proposal_id: UUID, to: str, version: int, words: str = "", effective_on: date | None = None
) -> Done | Refused | Stale:
    """Take a proposal one step on: its body proposes it and puts it in effect, oversight approves, returns or declines it.

    Refused codes: NOT_ALLOWED, STATE, ANSWER (a decision says why), EFFECTIVE. Raises NotVisible.
    """
    row, standing = found(Proposal, by=by, pk=proposal_id)
    decides = to in ("APPROVED", "RETURNED", "DECLINED")
    if not (leads_tier(standing, Tier.OVERSIGHT) if decides else standing.leads(row.body_id)):
        return Refused(codes=("NOT_ALLOWED",))
    late = to == "IN_EFFECT" and (effective_on is None or effective_on > today(at) or (row.decided_on is not None and effective_on < row.decided_on))
    codes = wrong({"STATE": to not in PROPOSAL_STEPS.get(row.state, ()), "ANSWER": decides and not words.strip(), "EFFECTIVE": late})
    values: dict[str, Any] = {"state": to}
    if to == "PROPOSED":
        values |= {"proposed_on": today(at)}
    if decides:
        values |= {"answer": long(words), "decided_on": today(at)}
    if to == "IN_EFFECT":
        values |= {"effective_on": effective_on}
    done = moved(row, codes=codes, values=values, version=version, by=by, at=at, action=f"proposal_{to.lower()}")
    if isinstance(done, Done) and not row.steps.filter(request_key=f"{version}").exists():
        step = ProposalStep.objects.create(
            collaborative_id=row.collaborative_id, proposal=row, to=to, on=effective_on if to == "IN_EFFECT" else today(at), words=long(words),
            **made(by, at, f"{version}"),
        )  # fmt: skip
        if decides:
            note_for_tier(standing, Tier.OVERSIGHT, about_id=step.pk, words=row.title, by=by, at=at, key=f"{step.pk}")
    return done


@transaction.atomic
def put_strategy(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: StrategyFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Write down a strategy for systems change, or how far it came. Officers of the core team and of oversight (R-007, R-064).

    Refused codes: NOT_ALLOWED, TITLE, WHAT, DOES, TIER, OWNER, STAGE, OUTCOMES, MARKS, KNOWN, RESULT, EVALUATED. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Strategy, standing, row_id)
    if (row_id and row is None) or not leads_tier(standing, Tier.CORE, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    ends, outcomes = facts.stage == "EVALUATED", [said(text, most=120) for text in facts.outcomes if text.strip()][:12]
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "WHAT": not facts.what.strip(), "DOES": facts.does not in DOES, "TIER": facts.tier not in set(Tier),
            "OWNER": row_of(Partner, standing, facts.owner_id) is None, "STAGE": facts.stage not in STAGES, "OUTCOMES": not outcomes,
            "MARKS": not set(facts.marks) <= MARKS,
            "KNOWN": facts.known_id is not None and row_of(KnownStrategy, standing, facts.known_id) is None,
            "RESULT": ends and not facts.result.strip(),
            "EVALUATED": (ends and facts.evaluated_on is None) or (facts.evaluated_on is not None and facts.evaluated_on > today(at)),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "title": said(facts.title, most=120), "what": long(facts.what), "result": long(facts.result), "outcomes": outcomes,
    }  # fmt: skip
    return put(Strategy, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_practice(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: PracticeFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Write down a practice, or a marker of effective practice. Officers of any body; a marker is adopted only with what families said (R-081).

    Refused codes: NOT_ALLOWED, TITLE, WHAT, MARKS, LATER_DAY, FAMILY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Practice, standing, row_id)
    if (row_id and row is None) or not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    day = today(at)
    asked = facts.family_how.strip() and facts.family_said.strip() and facts.family_on is not None and facts.family_on <= (facts.adopted_on or day)
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "WHAT": not facts.what.strip(), "MARKS": not set(facts.marks) <= MARKS,
            "LATER_DAY": facts.adopted_on is not None and facts.adopted_on > day,
            "FAMILY": facts.marker and facts.adopted_on is not None and not asked,
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "title": said(facts.title, most=120), "what": long(facts.what), "place": said(facts.place, most=120),
        "family_how": said(facts.family_how, most=300), "family_said": long(facts.family_said),
    }  # fmt: skip
    return put(Practice, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def rest(
    *, by: Viewer, at: datetime, collaborative_id: UUID, lower: tuple[ChangeKind, UUID], uppers: tuple[tuple[ChangeKind, UUID], ...], request_key: str
) -> Done | Refused | Stale:
    """Say what something puts into practice: exactly `uppers` from now on (R-012). Officers of any body.

    Refused codes: NOT_ALLOWED, UPPER. Raises NotVisible for a `lower` that is not of this collaborative.
    """
    row, standing = found(MODELS[lower[0]], by=by, pk=lower[1])
    if row.collaborative_id != collaborative_id or not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    wanted = dict.fromkeys(uppers)
    there = all(may_rest(lower[0], kind) and row_of(MODELS[kind], standing, pk) is not None for kind, pk in wanted)
    if not there:
        return Refused(codes=("UPPER",))
    now = {(ChangeKind(one.upper_kind), one.upper_id): one for one in Rests.objects.filter(lower_id=row.pk, ends_on=None)}
    for pair, one in now.items():
        if pair not in wanted:
            moved(one, codes=(), values={"ends_on": today(at)}, version=one.row_version, by=by, at=at, action="rests_ended")
    for kind, pk in wanted:
        if (kind, pk) not in now:
            values = {"lower_kind": lower[0].value, "lower_id": row.pk, "upper_kind": kind.value, "upper_id": pk}
            Rests.objects.create(collaborative_id=collaborative_id, **values, **made(by, at, request_key))
    return Done(row_id=row.pk)
