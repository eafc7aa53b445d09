"""Step 5: referrals as a closed loop, live and by a one-time page. A referral never moves who leads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careloom.consents.actions import Signature, Signed, sign_consent
from careloom.demo.walkthrough.prenatal import PLAN, draft_for
from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import DANA, SANDRA, VERA, Walk
from careloom.infra import clock
from careloom.kernel.referral import Help, Kind, Outcome, Reason, State
from careloom.plans.models import PlanOfSafeCare, Referral
from careloom.plans.referrals import tasks
from careloom.plans.referrals.actions import answer_referral, family_answer, move_referral, send_draft, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved, NeedsConsent, Refused, Why
from careloom.plans.referrals.links import Tile, answer_link, find
from careloom.work.models import Obligation

TITLE = "Referrals: asked, answered, missed, waited for, and whether it helped"


def run(walk: Walk) -> None:
    """One live referral, one by a page, one that she does not want."""
    at = walk.day(3)
    with walk.acting(DANA, at=at):
        leads = PlanOfSafeCare.objects.values_list("lead_agency_id", "lead_worker_id", "holder_id").get(pk=walk.plan)
    _unwanted(walk, at=at)
    _live(walk, at=at)
    # A page lives some days of the database's own clock, so it is asked and answered now.
    _page(walk, at=clock.now())
    _nudge(walk, at=at)
    with walk.acting(DANA, at=at):
        after = PlanOfSafeCare.objects.values_list("lead_agency_id", "lead_worker_id", "holder_id").get(pk=walk.plan)
    walk.report.refused("a referral moved who keeps or leads the plan", leads == after)


def _unwanted(walk: Walk, *, at: datetime) -> None:
    ask = Ask(kind=Kind.LOGGED, organization="Parenting class")
    with walk.acting(DANA, at=at) as by:
        answer = send_referral(by=by, at=at, need_id=walk.needs["PARENTING_CLASS"], ask=ask, request_key="walk-r-no")
    walk.report.refused("a referral for what she said no to", isinstance(answer, Refused) and Why.SHE_SAID_NO in answer.reasons)


def _live(walk: Walk, *, at: datetime) -> None:
    ask = Ask(kind=Kind.LIVE, agency_id=walk.agency(SANDRA), method="WARM_HANDOFF", place="Pine")
    with walk.acting(DANA, at=at) as by:
        stopped = send_referral(by=by, at=at, need_id=walk.needs["EARLY_INTERVENTION"], ask=ask, request_key="walk-r-ei")
        walk.report.refused("sending it to an agency that she did not allow to know", isinstance(stopped, NeedsConsent))
        referral = stopped.referral.pk  # type: ignore[union-attr]
        draft = draft_for(walk, to=walk.agency(SANDRA), information=PLAN, purpose="care_coordination")
        signature = Signature(method="SCREEN", name=f"{walk.given} {walk.family}", explained_at=at)
        signed = sign_consent(by=by, at=at, draft=draft, signature=signature, request_key="walk-consent-ei")
        sent = send_draft(by=by, at=at, referral_id=referral, request_key="walk-r-ei-send")
        walk.report.need("with her consent it is sent to early intervention", isinstance(signed, Signed) and isinstance(sent, Moved))
    walk.referrals["EARLY_INTERVENTION"] = referral
    with walk.acting(VERA, at=at) as by:
        answer = Answer(state=State.ACCEPTED)
        other = hidden(lambda: answer_referral(by=by, at=at, referral_id=referral, answer=answer, request_key="walk-x"))
        walk.report.refused("an agency that was not asked answers it", other)
    for place, (words, answer) in enumerate(_answers(at)):
        when = at + timedelta(days=place, hours=1)
        with walk.acting(SANDRA, at=min(when, walk.day(30))) as by:
            said: Any = answer_referral(by=by, at=when, referral_id=referral, answer=answer, request_key=f"walk-ei-{place}")
        walk.report.allowed(f"early intervention says: {words}", isinstance(said, Moved) and said.referral.state == answer.state)
    with walk.acting(SANDRA, at=at) as by:
        jump = answer_referral(by=by, at=at, referral_id=referral, answer=Answer(state=State.ACCEPTED), request_key="walk-ei-again")
        walk.report.refused("a step that does not follow (accepted after completed)", isinstance(jump, Refused))
    _did_it_help(walk, at=at + timedelta(days=7))


def _answers(at: datetime) -> tuple[tuple[str, Answer], ...]:
    visit = at + timedelta(days=4)
    return (
        ("accepted", Answer(state=State.ACCEPTED)),
        ("a first visit is set", Answer(state=State.SCHEDULED, scheduled_for=visit)),
        ("nobody came", Answer(state=State.NO_SHOW)),
        ("a place on the waiting list", Answer(state=State.WAITLISTED, waitlist_place=2)),
        ("a second visit is set", Answer(state=State.SCHEDULED, scheduled_for=visit + timedelta(days=2))),
        ("they came", Answer(state=State.ATTENDED)),
        ("enrolled", Answer(state=State.COMPLETED, outcome=Outcome.ENROLLED)),
    )


def _did_it_help(walk: Walk, *, at: datetime) -> None:
    referral = walk.referrals["EARLY_INTERVENTION"]
    with walk.herself(at=at) as her:
        no = family_answer(by=her, at=at, referral_id=referral, helped=Help.NO, request_key="walk-help-no", words="Nadie llamó.")
    walk.report.allowed("she says that it did not help: it opens again", isinstance(no, Moved) and no.referral.state == State.REOPENED)
    with walk.acting(DANA, at=at):
        owed = Obligation.objects.filter(about_id=referral, kind="REFERRAL_HELP_NO", met_at=None, worker_id=walk.worker(DANA)).exists()
        walk.report.allowed("and the coordinator owes her a call", owed)
    with walk.herself(at=at) as her:
        yes = family_answer(by=her, at=at, referral_id=referral, helped=Help.YES, request_key="walk-help-yes", words="Ya vinieron.")
    walk.report.allowed("later she says yes, and the loop is closed", isinstance(yes, Moved) and yes.referral.closed_at is not None)


@transaction.atomic
def _page(walk: Walk, *, at: datetime) -> None:
    ask = Ask(kind=Kind.LINK, organization="Harbor House", place="Harbor")
    with walk.acting(DANA, at=at) as by:
        sent = send_referral(by=by, at=at, need_id=walk.needs["HOUSING"], ask=ask, request_key="walk-r-home")
    token = sent.token if isinstance(sent, Moved) else ""
    walk.report.need("housing without an account is asked by a one-time page", bool(token))
    walk.referrals["HOUSING"] = sent.referral.pk  # type: ignore[union-attr]
    walk.report.refused("a made-up address of such a page", find(token="made-up", at=at) is None)
    page = find(token=token, at=at)
    shows = page is not None and page.need_code == "HOUSING" and walk.family not in f"{page.organization}{page.place}{page.asked_by}"
    walk.report.allowed("the page shows a need, a place and who asks, and no person", shows)
    with walk.acting(DANA, at=at):
        answered = page is not None and answer_link(link=page, at=at, tile=Tile.YES)
    walk.report.allowed("Harbor House says yes on the page", answered)
    walk.report.refused("the same page answered twice", page is not None and not answer_link(link=page, at=at, tile=Tile.NOT_NOW))
    walk.report.refused("the page once its time is over", page is not None and find(token=token, at=page.expires_at) is None)
    with walk.acting(DANA, at=at) as by:
        missed = move_referral(
            by=by,
            at=at,
            referral_id=walk.referrals["HOUSING"],
            answer=Answer(state=State.CANCELLED, reason=Reason.DID_NOT_HELP),
            request_key="walk-stop",
        )
        walk.report.refused("stopping a referral without a reason that fits", isinstance(missed, Refused))


def _nudge(walk: Walk, *, at: datetime) -> None:
    ask = Ask(kind=Kind.LIVE, agency_id=walk.agency(SANDRA), place="Pine")
    with walk.acting(DANA, at=at) as by:
        sent = send_referral(by=by, at=at, need_id=walk.needs["HOUSING"], ask=ask, request_key="walk-r-quiet")
    late = at + timedelta(days=30)
    tasks.run(at=late)
    with walk.acting(DANA, at=at):
        rerouted = Obligation.objects.filter(about_id=sent.referral.pk, kind="REFERRAL_REROUTE").exists()  # type: ignore[union-attr]
        state = Referral.objects.get(pk=sent.referral.pk).state  # type: ignore[union-attr]
    walk.report.allowed("a service that stays quiet is followed by another suggestion, and the referral waits", rerouted and state == State.REQUESTED)
