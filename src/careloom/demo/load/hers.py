"""What the mother does herself: her door, her card at the hospital, her answers, her words beside the plan, and stopping to share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from careloom.consents.actions import revoke_consent
from careloom.demo.load.family import Family, Moment
from careloom.demo.steps import PortalUse
from careloom.infra.access import NotVisible
from careloom.kernel.referral import Help
from careloom.plans.actions import her_goal_change, her_view
from careloom.plans.referrals.actions import family_answer
from careloom.portal.actions import CardUsed, Invited, PinAnswer, invite, make_card, open_link, set_pin, use_card
from careloom.portal.door import her_of
from careloom.portal.models import PortalPerson

MOTHER_PIN = "318264"
HELP = {"YES": Help.YES, "NO": Help.NO, "PARTLY": Help.PARTLY}


def moments(family: Family) -> Iterator[Moment]:
    """Her door after the agreement, and each use of her page."""
    plan = family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    at = family.on(plan.agreed_on, 15, 10)
    if plan.kind == "AT_BIRTH":
        at = family.after_birth(at, hours=4)
    yield Moment(at=at, order=9, play=lambda at: let_in(family, at=at))
    for place, use in enumerate(family.story.portal):
        when = max(at + timedelta(minutes=place + 1), family.past(use.at))
        yield Moment(at=family.past(when), order=80 + place, play=lambda at, use=use: on_her_page(family, use, at=at))  # type: ignore[misc]


def let_in(family: Family, *, at: datetime) -> None:
    """The lead lets her in with a link in person, and she chooses her PIN."""
    her = family.story.mother
    with family.acting(family.lead_key) as by:
        done = invite(
            by=by, at=at, identity_id=family.her, language="es" if her.language == "es" else "en", request_key=family.key(family.story.key, "door"),
            phone=her.contact.phone, infant_ids=tuple(family.infants.values()), plan_id=family.plan_id, by_text=False,
        )  # fmt: skip
    if not isinstance(done, Invited):
        family.count(done)
        return
    person_id = open_link(token=done.path.rstrip("/").rsplit("/", 1)[-1], at=at)
    door = her_of(person_id=person_id) if person_id else None
    if door is None or set_pin(her=door, pin=MOTHER_PIN, at=at) is not PinAnswer.OPEN:
        family.refused["Portal.NOT_OPENED"] += 1
        return
    family.principal_id = door.principal.pk


def show_card(family: Family, *, worker: str, theirs: UUID, at: datetime) -> bool:
    """She shows her card to a worker, who uses it on her agency's own record. False when she has no page yet, or it did not open."""
    if family.principal_id is None:
        return False
    with family.herself() as by:
        person = PortalPerson.objects.filter(principal_id=family.principal_id).first()
        if person is None:
            return False
        card = make_card(by=by, at=at, person_id=person.pk, shares_program=False, shares_plan=True)
    with family.acting(worker) as by:
        return isinstance(use_card(by=by, at=at, identity_id=theirs, code=card.code), CardUsed)


def on_her_page(family: Family, use: PortalUse, *, at: datetime) -> None:
    """One thing she does on her own page."""
    if family.principal_id is None:
        return
    key = family.key(family.story.key, use.kind, f"{use.at:%Y%m%d%H%M}")
    try:
        with family.herself() as by:
            match use.kind:
                case "GOT_HELP" if use.about_key in family.referrals:
                    referral = family.referrals[use.about_key]
                    answer = family_answer(by=by, at=at, referral_id=referral, helped=HELP[use.answer or "PARTLY"], request_key=key, words=use.words)
                    family.count(answer)
                case "STOPPED_SHARING" if use.about_key in family.consents:
                    revoke_consent(by=by, at=at, consent_id=family.consents[use.about_key], how="PORTAL")
                case "CHANGED_GOAL":
                    _change_goal(family, use, by=by, at=at, key=key)
                case "DISAGREED" if family.needs:
                    beside = next(iter(family.needs.values()))
                    family.count(her_view(by=by, at=at, item_kind="NEED", item_id=beside, words=use.words, says="DISAGREE", request_key=key))
    except NotVisible:
        family.refused[f"Portal.{use.kind}.NOT_VISIBLE"] += 1


def _change_goal(family: Family, use: PortalUse, *, by: object, at: datetime, key: str) -> None:
    goal = next((g for g in family.story.goals if g.key == use.about_key), None)
    replaced = family.goals.get(goal.replaces or "") if goal else None
    if goal is not None and replaced is not None:
        family.count(her_goal_change(by=by, at=at, goal_id=replaced, words=goal.words, request_key=key))  # type: ignore[arg-type]
