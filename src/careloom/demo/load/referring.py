"""Referrals step by step: asked by the lead, answered by the agency that was asked or by its one-time page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from careloom.demo.load import records
from careloom.demo.load.family import SOURCE, Family, Moment
from careloom.demo.load.sharing import with_consent
from careloom.demo.steps import ReferralEvent, ReferralStory
from careloom.infra.access import NotVisible
from careloom.infra.access.caseload import assign
from careloom.infra.packs import current_pack
from careloom.kernel.referral import Kind, Outcome, Reason, State
from careloom.people.actions import put_person
from careloom.plans.models import Referral
from careloom.plans.referrals.actions import answer_referral, move_referral, send_draft, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved
from careloom.plans.referrals.links import Tile, answer_link, find

REASONS = {
    "NO_OPENING": Reason.FULL, "NOT_ELIGIBLE": Reason.INELIGIBLE, "INSURANCE": Reason.INELIGIBLE, "TOO_FAR": Reason.WRONG_SERVICE,
    "NO_LANGUAGE": Reason.WRONG_SERVICE,
}  # fmt: skip
TILES = {"ACCEPTED": Tile.YES, "WAITLISTED": Tile.WAIT, "DECLINED": Tile.NOT_NOW}


def moments(family: Family) -> Iterator[Moment]:
    """Each step of each referral, the first after her need was named and her release signed."""
    story = family.story
    if story.plan is None or story.plan.agreed_on is None:
        return
    named = {need.key: need for need in story.needs}
    for row in story.referrals:
        need = named[row.need_key]
        earliest = family.on(max(need.named_on, story.plan.agreed_on), 15)
        if need.person_key != story.mother.key or story.plan.kind == "AT_BIRTH":
            earliest = family.after_birth(earliest, hours=3)
        for place, event in enumerate(_as_kept(row)):
            earliest = max(earliest + timedelta(minutes=1) if place else earliest, family.past(event.at))
            yield Moment(at=family.past(earliest), order=50 + place, play=lambda at, row=row, event=event: take(family, row, event, at=at))  # type: ignore[misc]


def _as_kept(row: ReferralStory) -> tuple[ReferralEvent, ...]:
    """The steps as a referral keeps them: with the enrollment the loop is done, and what the service does later is its own record."""
    place = next((n for n, event in enumerate(row.events) if event.status == "ENROLLED"), len(row.events))
    return row.events[: place + 1]


def take(family: Family, row: ReferralStory, event: ReferralEvent, *, at: datetime) -> None:
    """One step of a referral."""
    if event.status == "REQUESTED":
        _send(family, row, at=at)
    elif row.key not in family.referrals:
        family.refused["Referral.NEVER_SENT"] += 1
    elif event.status == "CANCELLED":
        _ours(family, row, Answer(state=State.CANCELLED, reason=Reason.REROUTED), at=at)
    elif event.status == "REOPENED":
        _open_again(family, row, at=at)
    else:
        _theirs(family, row, event, at=at)


def _send(family: Family, row: ReferralStory, *, at: datetime) -> None:
    if row.need_key not in family.needs:
        return
    agency = family.ground.agencies[row.to_agency_key]
    link = row.answered_by_link
    ask = Ask(
        kind=Kind.LINK if link else Kind.LIVE,
        agency_id=None if link else agency.pk,
        organization=agency.name_outside if link else "",
        place=family.story.mother.county,
        method="WARM_HANDOFF" if not link else "ONE_TIME_PAGE",
        funding="MEDICAID" if family.story.mother.plan_id else "",
    )
    key = family.key(row.key)
    with family.acting(row.sent_by) as by:
        answer = send_referral(by=by, at=at, need_id=family.needs[row.need_key], ask=ask, request_key=key)

    def again() -> object:
        with family.acting(row.sent_by) as by:
            return send_draft(by=by, at=at, referral_id=answer.referral.pk, request_key=f"send:{key}")

    if not isinstance(answer, Moved):
        missing = getattr(answer, "missing", None)
        if missing is not None:
            # She is asked for exactly what is missing, and the draft goes out.
            from careloom.demo.load.sharing import sign_missing

            sign_missing(family, missing=missing, at=at, key=family.key(row.key, "release"))
            answer = again()
    if family.count(answer):
        family.referrals[row.key] = answer.referral.pk  # type: ignore[union-attr]
        if answer.token:  # type: ignore[union-attr]
            family.tokens[row.key] = answer.token  # type: ignore[union-attr]


def _theirs(family: Family, row: ReferralStory, event: ReferralEvent, *, at: datetime) -> None:
    if row.answered_by_link and row.key in family.tokens and event.status in TILES:
        page = find(token=family.tokens.pop(row.key), at=at)
        if page is not None and answer_link(link=page, at=at, tile=TILES[event.status]):
            return
    with family.office(row.from_agency_key):
        if Referral.objects.filter(pk=family.referrals[row.key], state=State.COMPLETED).exists():
            # She said herself that it helped, or that it is over, before the service did.
            return
    answer = _answer(event, at=at)
    if answer is None:
        return
    worker = row.sent_by if row.answered_by_link else family.hand(row.to_agency_key)

    # Nobody was reached: on each of the days that the pack asks for, the last of them today.
    tries = current_pack().following.referral_tries if answer.state is State.FAILED else 1

    def say() -> object:
        try:
            with family.acting(worker) as by:
                for days in reversed(range(tries)):
                    when, key = at - timedelta(days=days), family.key(row.key, event.status, f"{event.at - timedelta(days=days):%Y%m%d%H%M}")
                    done = answer_referral(by=by, at=when, referral_id=family.referrals[row.key], answer=answer, request_key=key)
                return done
        except NotVisible:
            # Her release ended since: the agency sees nothing any more, so its step is not played.
            family.refused["Referral.RELEASE_ENDED"] += 1
            return None

    done = with_consent(family, at=at, ask=say, key=family.key(row.key, "answer"))
    if done is not None and family.count(done) and event.status == "ACCEPTED" and not row.answered_by_link:
        _register(family, row, worker=worker, at=at)


def _answer(event: ReferralEvent, *, at: datetime) -> Answer | None:
    match event.status:
        case "ENROLLED":
            return Answer(state=State.COMPLETED, outcome=Outcome.ENROLLED)
        case "COMPLETED":
            return Answer(state=State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED)
        case "DECLINED":
            return Answer(state=State.DECLINED, reason=REASONS.get(event.reason or "", Reason.NOT_NOW_AGENCY))
        case "FAILED":
            return Answer(state=State.FAILED, reason=Reason.NO_CONTACT)
        case "SCHEDULED":
            return Answer(state=State.SCHEDULED, scheduled_for=event.scheduled_for or at + timedelta(days=7))
        case _:
            return Answer(state=State(event.status))


def _register(family: Family, row: ReferralStory, *, worker: str, at: datetime) -> None:
    """The agency that said yes writes down whom it works with from now on, in a record of its own."""
    with family.office(row.to_agency_key) as by:
        sent = Referral.objects.filter(pk=family.referrals[row.key]).first()
    with family.acting(worker) as by:
        infant = next((b for b in family.story.infants if sent is not None and family.infants.get(b.key) == sent.identity_id), None)
        facts = records.infant_facts(family, infant) if infant else records.mother_facts(family, row.to_agency_key)
        about = family.infants[infant.key] if infant else family.her
        key = infant.key if infant else family.story.mother.key
        put_person(by=by, at=at, facts=facts, category="posc.plan_core", identity_id=about, source_system=SOURCE, source_id=key)
        assign(by=by, worker_id=by.worker_id, identity_ids=[about], at=at)  # type: ignore[arg-type]
    if infant is None:
        family.known_at.add(row.to_agency_key)


def _ours(family: Family, row: ReferralStory, answer: Answer, *, at: datetime) -> None:
    with family.acting(row.sent_by) as by:
        key = family.key(row.key, answer.state.value)
        family.count(move_referral(by=by, at=at, referral_id=family.referrals[row.key], answer=answer, request_key=key))


def _open_again(family: Family, row: ReferralStory, *, at: datetime) -> None:
    """A place that fell through: she had been there, and the lead writes down that it is open again."""
    _ours(family, row, Answer(state=State.ATTENDED), at=at)
    _ours(family, row, Answer(state=State.REOPENED, reason=Reason.DID_NOT_HELP), at=at)
